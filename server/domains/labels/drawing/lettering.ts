import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import * as hb from 'harfbuzzjs';
import { fontsFolder } from '../../../process/folders.ts';

/*
 * Letters as outlines, shaped by HarfBuzz: fontkit, which PDF libraries shape with, chooses wrong forms of the vowel signs in
 * हिंदी and कीर्ति (docs/decisions/0030). All distances are thousandths of the letters' size.
 */

export interface OutlineStep {
  type: string;
  values: number[];
}

export interface Glyph {
  /** The same for the same shape. */
  name: string;
  x: number;
  y: number;
}

export interface Lettering {
  glyphs: Glyph[];
  width: number;
  /** Characters that no font has. */
  missing: string[];
}

interface Face {
  font: hb.Font;
  has: ReadonlySet<number>;
}

/** The parts of one family, each with the letters of some scripts; the first that has a letter draws it. */
const parts = ['latin', 'latin-ext', 'devanagari'];
const weights = { regular: '400', bold: '600' };
export type Weight = keyof typeof weights;

const faces = new Map<Weight, Face[]>();
const outlines = new Map<string, OutlineStep[]>();

function facesOf(weight: Weight): Face[] {
  const known = faces.get(weight);
  if (known) return known;
  const opened = parts.map((part) => {
    const file = `ibm-plex-sans-devanagari-${part}-${weights[weight]}-normal.woff`;
    const face = new hb.Face(new hb.Blob(unpacked(readFileSync(path.join(fontsFolder, file)))), 0);
    return { font: new hb.Font(face), has: new Set(face.collectUnicodes()) };
  });
  faces.set(weight, opened);
  return opened;
}

/** Joiners shape their neighbours and are drawn by no font of their own. */
const joiner = /[\u200c\u200d]/gu;
const graphemes = new Intl.Segmenter('hi', { granularity: 'grapheme' });
export const graphemesOf = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Words come again and again: in what is measured and then drawn, and from label to label. */
const words = new Map<string, Lettering>();
const mostWords = 20_000;

/** One line of text, word by word. */
export function lettered(text: string, weight: Weight): Lettering {
  const line: Lettering = { glyphs: [], width: 0, missing: [] };
  for (const part of text.split(/( )/)) {
    if (part === '') continue;
    const { glyphs, width, missing } = wordLettered(part, weight);
    for (const glyph of glyphs) line.glyphs.push({ ...glyph, x: line.width + glyph.x });
    line.width += width;
    line.missing.push(...missing);
  }
  return line;
}

function wordLettered(word: string, weight: Weight): Lettering {
  const key = `${weight} ${word}`;
  const known = words.get(key);
  if (known) return known;
  const lettering: Lettering = { glyphs: [], width: 0, missing: [] };
  const all = facesOf(weight);
  let run = '';
  let runFace = 0;
  const flush = () => {
    if (run !== '') shape(lettering, all[runFace]?.font, run, `${weight}.${String(runFace)}`);
    run = '';
  };
  for (const grapheme of graphemesOf(word)) {
    const letters = [...grapheme.replaceAll(joiner, '')].map((letter) => letter.codePointAt(0) ?? 0);
    const face = all.findIndex(({ has }) => letters.every((letter) => has.has(letter)));
    if (face === -1) lettering.missing.push(grapheme);
    const drawn = Math.max(0, face);
    if (drawn !== runFace) flush();
    runFace = drawn;
    run += grapheme;
  }
  flush();
  if (words.size >= mostWords) words.clear();
  words.set(key, lettering);
  return lettering;
}

function shape(lettering: Lettering, font: hb.Font | undefined, text: string, name: string): void {
  if (!font) return;
  const buffer = new hb.Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  hb.shape(font, buffer);
  for (const { codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 } of buffer.getGlyphInfosAndPositions()) {
    const glyph = `${name}.${String(codepoint)}`;
    if (!outlines.has(glyph)) outlines.set(glyph, font.glyphToJson(codepoint));
    lettering.glyphs.push({ name: glyph, x: lettering.width + xOffset, y: yOffset });
    lettering.width += xAdvance;
  }
}

/** The outline of a glyph, upwards from its base line. */
export const outlineOf = (name: string): readonly OutlineStep[] => outlines.get(name) ?? [];

/** From one base line to the next. */
export const lineHeight = 1200;

/** A WOFF as the font that is packed in it (W3C, WOFF 1.0). */
function unpacked(woff: Buffer): Uint8Array<ArrayBuffer> {
  const count = woff.readUInt16BE(12);
  let at = 12 + count * 16;
  const head = Buffer.alloc(at);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  const chunks: Uint8Array[] = [head];
  for (let index = 0; index < count; index += 1) {
    const entry = 44 + index * 20;
    const [offset, packed, length, checksum] = [4, 8, 12, 16].map((field) =>
      woff.readUInt32BE(entry + field),
    ) as [number, number, number, number];
    const bytes = woff.subarray(offset, offset + packed);
    const table = packed < length ? inflateSync(bytes) : bytes;
    woff.copy(head, 12 + index * 16, entry, entry + 4);
    head.writeUInt32BE(checksum, 16 + index * 16);
    head.writeUInt32BE(at, 20 + index * 16);
    head.writeUInt32BE(length, 24 + index * 16);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    chunks.push(table, padding);
    at += length + padding.length;
  }
  return Buffer.concat(chunks);
}
