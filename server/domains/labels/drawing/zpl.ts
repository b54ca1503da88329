import type { LabelRun } from './pdf.ts';
import type { PlacedSymbol, PlacedText } from './layout.ts';
import { rasterOf } from './raster.ts';
import type { Raster } from './raster.ts';

/*
 * Labels in ZPL II. Symbols are the printer's own (^BC, ^BE, ^BQ, ^BX), in whole dots; text is a picture (^GF), so that it
 * looks as in the preview on every printer, in Hindi too.
 */

/** Dots per millimetre of the two print heads: 203 dpi has 8, 300 dpi 11.8. */
const dotsPerMm = { 203: 8, 300: 300 / 25.4 } as const;
export type Dpi = keyof typeof dotsPerMm;

/** Millimetres of a dot. */
export const dotOf = (dpi: Dpi) => 1 / dotsPerMm[dpi];

/** The commands for one label and its copies. */
export function zplOf({ drawing, copies }: LabelRun, dpi: Dpi): string {
  const dots = (mm: number) => String(Math.round(mm * dotsPerMm[dpi]));
  const at = (x: number, y: number) => `^FO${dots(x)},${dots(y)}`;
  return [
    `^XA^CI28^LH0,0^PW${dots(drawing.width)}^LL${dots(drawing.height)}`,
    ...drawing.symbols.map((placed) => `${at(placed.x, placed.y)}${symbolCommand(placed, dots)}^FS`),
    ...drawing.texts.flatMap((text) => pictureOf(text, dpi)),
    `^PQ${String(copies)},0,1,Y^XZ`,
    '',
  ].join('\n');
}

function symbolCommand({ symbol, module, height }: PlacedSymbol, dots: (mm: number) => string): string {
  const { data } = symbol;
  switch (symbol.symbology) {
    case 'code128':
      return `^BY${dots(module)}^BCN,${dots(height)},N,N,N,N^FH\\^FD${code128Data(data)}`;
    case 'ean13':
      // The printer adds the check digit itself.
      return `^BY${dots(module)}^BEN,${dots(height)},N,N^FD${data.slice(0, 12)}`;
    case 'qr':
      return `^BQN,2,${dots(module)},M,7^FH\\^FDMA,${escaped(data)}`;
    case 'gs1_datamatrix':
      // _1 is FNC1.
      return `^BXN,${dots(module)},200,0,0,6,_,1^FH\\^FD_1${escaped(data.replaceAll('_', '__')).replaceAll('\\1D', '_1')}`;
  }
}

/** Everything but letters, digits and a few signs as the hexadecimal of its bytes, behind `\` (^FH). */
function escaped(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9 ./+:_-]/.test(character)
        ? character
        : `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Starts in subset B (`>:`), and goes to C (`>5`) for four digits and more, and back (`>6`). `>` itself is `>0`. */
function code128Data(data: string): string {
  const parts = data.split(/(\d{4,})/).filter((part) => part !== '');
  let subset: 'B' | 'C' | null = null;
  return parts
    .flatMap((part) => {
      if (!/^\d{4,}$/.test(part)) return [{ in: 'B' as const, text: escaped(part).replaceAll('\\3E', '>0') }];
      const even = part.slice(0, part.length - (part.length % 2));
      return [
        { in: 'C' as const, text: even },
        ...(even === part ? [] : [{ in: 'B' as const, text: part.slice(-1) }]),
      ];
    })
    .map(({ in: wanted, text }) => {
      const begin =
        subset === null
          ? wanted === 'C'
            ? '>;'
            : '>:'
          : subset === wanted
            ? ''
            : wanted === 'C'
              ? '>5'
              : '>6';
      subset = wanted;
      return begin + text;
    })
    .join('');
}

function pictureOf(text: PlacedText, dpi: Dpi): string[] {
  const raster = rasterOf(text, dotsPerMm[dpi]);
  if (!raster) return [];
  const bytes = String(raster.bytesPerRow * raster.height);
  const { left, top, bytesPerRow } = raster;
  return [
    `^FO${String(left)},${String(top)}^GFA,${bytes},${bytes},${String(bytesPerRow)},${packed(raster)}^FS`,
  ];
}

/** ZPL's shorthand for hexadecimal: letters count repeats, `,` ends a row in white, `:` is the row above again. */
function packed({ rows, bytesPerRow }: Raster): string {
  let above = '';
  return rows
    .map((row) => {
      const hex = row.toString('hex').toUpperCase();
      const same = hex === above;
      above = hex;
      if (same) return ':';
      const dark = hex.replace(/0+$/, '');
      const short = dark.replaceAll(/(.)\1{2,}/g, (run, digit: string) => `${repeats(run.length)}${digit}`);
      return dark.length === bytesPerRow * 2 ? short : `${short},`;
    })
    .join('');
}

/** `G` to `Y` are 1 to 19, `g` to `z` twenties from 20 to 400. */
function repeats(count: number): string {
  if (count > 400) return `z${repeats(count - 400)}`;
  const twenties = Math.floor(count / 20);
  const ones = count % 20;
  return (
    (twenties > 0 ? String.fromCharCode(102 + twenties) : '') +
    (ones > 0 ? String.fromCharCode(70 + ones) : '')
  );
}
