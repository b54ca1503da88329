import { problemOf, refusedAt } from '../../../ground/problem.ts';
import { said } from '../../../ground/reasons/reasons.contract.ts';
import type { Said } from '../../../ground/reasons/reasons.contract.ts';
import type { LabelTemplate, Symbology } from '../label-templates.contract.ts';
import { graphemesOf, lettered, lineHeight } from './lettering.ts';
import type { Glyph, Weight } from './lettering.ts';
import { printing, symbolOf } from './symbols.ts';
import type { Symbol } from './symbols.ts';

/** What is said of a thing on its label. */
export interface LabelSubject {
  /** Where it stands in what was asked for: refusals name it. */
  path: string;
  title: string;
  code: string;
  detail: string;
  /** What a symbol of a kind holds, and how that is printed for people; a refusal where the thing has none. */
  symbols: Readonly<Record<Symbology, { data: string; text: string } | Said>>;
  /** In place of bars on a label that has nothing else: they don't say all that is to be scanned. */
  onlySymbol?: Symbology;
}

/** A line of text: its glyphs from `x`, on the base line `y`, millimetres from the upper left corner. */
export interface PlacedText {
  x: number;
  y: number;
  size: number;
  glyphs: readonly Glyph[];
}

export interface PlacedSymbol {
  x: number;
  y: number;
  /** The size of a module, and the height of the symbol, millimetres. */
  module: number;
  height: number;
  symbol: Symbol;
}

export interface Drawing {
  width: number;
  height: number;
  texts: PlacedText[];
  symbols: PlacedSymbol[];
  missing: string[];
}

type Element = LabelTemplate['elements'][number];
type TextElement = Extract<Element, { kind: 'text' }>;
type SymbolElement = Extract<Element, { kind: 'symbol' }>;

/** Letters may get smaller by this before a line is cut, or refused. */
const smallestShare = 0.6;

/**
 * Lays out one label.
 * @param dot millimetres of a printer's dot, which modules are whole numbers of; null where anything can be drawn
 * @throws INVALID naming the item when its code doesn't fit, or it has none of the kind that was asked for
 */
export function drawingOf(
  template: LabelTemplate,
  subject: LabelSubject,
  { symbology, dot }: { symbology?: Symbology | undefined; dot: number | null },
): Drawing {
  const drawing: Drawing = {
    width: template.width,
    height: template.height,
    texts: [],
    symbols: [],
    missing: [],
  };
  const symbolElements = template.elements.filter((one) => one.kind === 'symbol');
  const used = symbology === undefined ? symbolElements : symbolElements.slice(0, 1);
  let spelt = '';
  for (const element of used) {
    const kind = symbology ?? kindOf(element, subject, symbolElements.length === 1);
    const holds = subject.symbols[kind];
    if ('reason' in holds) throw refuse(subject, holds);
    spelt ||= holds.text;
    drawing.symbols.push(placed(element, symbolOf(kind, holds.data), subject, dot));
  }
  for (const element of template.elements) {
    if (element.kind === 'text') write(drawing, element, subject, spelt);
  }
  return drawing;
}

function kindOf(
  { symbology }: SymbolElement,
  { symbols, onlySymbol }: LabelSubject,
  isOnly: boolean,
): Symbology {
  if (symbology === 'linear' && isOnly && onlySymbol) return onlySymbol;
  if (symbology === 'linear') return 'reason' in symbols.ean13 ? 'code128' : 'ean13';
  if (symbology === 'matrix') return 'reason' in symbols.gs1_datamatrix ? 'qr' : 'gs1_datamatrix';
  return symbology;
}

function placed(box: SymbolElement, symbol: Symbol, subject: LabelSubject, dot: number | null): PlacedSymbol {
  const { isLinear, quiet, smallest, largest } = printing[symbol.symbology];
  const [left, right, above] = quiet;
  const across = symbol.columns + left + right;
  const room = isLinear
    ? box.width / across
    : Math.min(box.width / across, box.height / (symbol.rows + 2 * above));
  const whole = dot === null ? null : Math.floor(Math.min(room, largest) / dot + 1e-6);
  const module = dot === null || whole === null ? Math.min(room, largest) : whole * dot;
  if (module < smallest - 1e-9) {
    const least = dot === null ? smallest : Math.ceil(smallest / dot - 1e-6) * dot;
    throw refuse(
      subject,
      said('label.symbol_too_wide', {
        code: symbol.data.replaceAll('\u001d', ' '),
        name: subject.title,
        needed: (across * least).toFixed(1),
        room: (isLinear ? box.width : Math.min(box.width, box.height)).toFixed(1),
      }),
    );
  }
  const height = isLinear ? box.height : symbol.rows * module;
  const snapped = (at: number) => (dot === null ? at : Math.round(at / dot) * dot);
  return {
    symbol,
    module,
    height,
    x: snapped(box.x + (box.width - across * module) / 2 + left * module),
    y: snapped(box.y + (box.height - height) / 2),
  };
}

function write(drawing: Drawing, element: TextElement, subject: LabelSubject, spelt: string): void {
  const text = printable(element.field === 'symbol' ? spelt : subject[element.field]);
  if (text === '') return;
  const weight = element.bold ? 'bold' : 'regular';
  // A code is written whole, or not at all.
  const isCode = element.field === 'code' || element.field === 'symbol';
  const { size, lines } = isCode
    ? codeFitted(element, text, weight, subject)
    : wordsFitted(element, text, weight);
  lines.forEach((line, index) => {
    const { glyphs, width, missing } = lettered(line, weight);
    const free = element.width - (width * size) / 1000;
    const indent = element.align === 'left' ? 0 : element.align === 'center' ? free / 2 : free;
    const y = element.y + (index * lineHeight * size) / 1000 + size * 0.95;
    drawing.texts.push({ x: element.x + Math.max(0, indent), y, size, glyphs });
    drawing.missing.push(...missing);
  });
}

function codeFitted({ size, width }: TextElement, text: string, weight: Weight, subject: LabelSubject) {
  const wanted = (lettered(text, weight).width * size) / 1000;
  const shrunk = Math.min(1, width / wanted);
  if (shrunk < smallestShare) throw refuse(subject, said('label.text_too_wide', { code: text }));
  return { size: size * shrunk, lines: [text] };
}

function wordsFitted({ size, width, height }: TextElement, text: string, weight: Weight) {
  for (const share of [1, 0.85, 0.7, smallestShare]) {
    const most = Math.max(1, Math.floor((height * 1000) / (size * share * lineHeight) + 0.05));
    const lines = wrapped(text, weight, (width * 1000) / (size * share));
    if (lines.length <= most) return { size: size * share, lines };
    if (share === smallestShare)
      return { size: size * share, lines: cut(lines, most, weight, (width * 1000) / (size * share)) };
  }
  return { size, lines: [text] };
}

function wrapped(text: string, weight: Weight, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lettered(longer, weight).width <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const grapheme of graphemesOf(word)) {
      if (line !== '' && lettered(line + grapheme, weight).width > width) {
        lines.push(line);
        line = '';
      }
      line += grapheme;
    }
  }
  return [...lines, line];
}

function cut(lines: readonly string[], most: number, weight: Weight, width: number): string[] {
  const kept = lines.slice(0, most);
  const last = graphemesOf(kept.at(-1) ?? '');
  while (last.length > 0 && lettered(`${last.join('')}…`, weight).width > width) last.pop();
  return [...kept.slice(0, -1), `${last.join('').trimEnd()}…`];
}

/** As much of a text as any label has room for, on one line, without what can't be seen. */
function printable(text: string): string {
  return text
    .slice(0, 300)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Co}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu, '')
    .trim();
}

function refuse({ path }: LabelSubject, why: Said) {
  return problemOf('INVALID', why, { at: path, fields: [refusedAt(path, why)] });
}
