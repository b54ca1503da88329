import bwipjs from 'bwip-js/node';
import QRCode from 'qrcode';
import type { Symbology } from '../label-templates.contract.ts';

/** A symbol in modules, without its quiet zone. */
export interface Symbol {
  symbology: Symbology;
  /** What it holds; elements of a GS1 code follow its first FNC1. */
  data: string;
  columns: number;
  rows: number;
  /** Dark runs: of one row each, or of the whole height of a linear symbol. */
  dark: readonly { x: number; y: number; width: number }[];
}

/** The light modules beside a symbol, and the sizes of a module that scanners read and that look well, millimetres. */
interface Printing {
  isLinear: boolean;
  quiet: readonly [left: number, right: number, aboveAndBelow: number];
  smallest: number;
  largest: number;
}

/**
 * ISO/IEC 15417, 15420, 18004 and 16022 on quiet zones. The smallest modules: GS1 General Specifications, section 5.12.3,
 * for EAN-13 and DataMatrix; below 0.19 mm common scanners don't read Code 128.
 */
export const printing: Readonly<Record<Symbology, Printing>> = {
  code128: { isLinear: true, quiet: [10, 10, 0], smallest: 0.19, largest: 0.6 },
  ean13: { isLinear: true, quiet: [11, 7, 0], smallest: 0.249, largest: 0.66 },
  qr: { isLinear: false, quiet: [4, 4, 4], smallest: 0.25, largest: 1.2 },
  gs1_datamatrix: { isLinear: false, quiet: [2, 2, 2], smallest: 0.25, largest: 1.2 },
};

const made = new Map<string, Symbol>();
/** Each label is drawn several times over: for its copies, and sheet by sheet. */
const mostKept = 1_000;

/** The symbol of some data. EAN-13 is given its thirteen digits, GS1 DataMatrix an element string with ASCII 29. */
export function symbolOf(symbology: Symbology, data: string): Symbol {
  const key = `${symbology} ${data}`;
  const known = made.get(key);
  if (known) return known;
  const symbol = { symbology, data, ...encoded(symbology, data) };
  if (made.size >= mostKept) made.clear();
  made.set(key, symbol);
  return symbol;
}

interface Matrix {
  pixs: number[];
  pixx: number;
  pixy: number;
}

function encoded(symbology: Symbology, data: string): Pick<Symbol, 'columns' | 'rows' | 'dark'> {
  switch (symbology) {
    case 'code128':
      return ofBars(barsOf('code128', data));
    case 'ean13':
      return ofBars(barsOf('ean13', data));
    case 'qr':
      return ofMatrix(qrCode(data));
    case 'gs1_datamatrix':
      return ofMatrix(
        matrixOf('datamatrix', `^FNC1${data.replaceAll('\u001d', '^FNC1')}`, { parsefnc: true }),
      );
  }
}

const barsOf = (bcid: string, text: string) =>
  (bwipjs.raw({ bcid, text }) as unknown as [{ sbs: number[] }])[0].sbs;
const matrixOf = (bcid: string, text: string, options: object) =>
  (bwipjs.raw({ bcid, text, ...options }) as unknown as [Matrix])[0];

/** Ten times as fast as the other library's. */
function qrCode(data: string): Matrix {
  const { size, data: pixels } = QRCode.create(data, { errorCorrectionLevel: 'M' }).modules;
  return { pixs: [...pixels], pixx: size, pixy: size };
}

/** Bars and spaces in turn. */
function ofBars(widths: readonly number[]) {
  const dark: { x: number; y: number; width: number }[] = [];
  let x = 0;
  widths.forEach((width, index) => {
    if (index % 2 === 0) dark.push({ x, y: 0, width });
    x += width;
  });
  return { columns: x, rows: 1, dark };
}

function ofMatrix({ pixs, pixx, pixy }: Matrix) {
  const dark: { x: number; y: number; width: number }[] = [];
  for (let y = 0; y < pixy; y += 1) {
    for (let x = 0; x < pixx; x += 1) {
      if (pixs[y * pixx + x] !== 1) continue;
      const start = x;
      while (x + 1 < pixx && pixs[y * pixx + x + 1] === 1) x += 1;
      dark.push({ x: start, y, width: x + 1 - start });
    }
  }
  return { columns: pixx, rows: pixy, dark };
}
