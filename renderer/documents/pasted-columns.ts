import { amount, type Amount } from '../../server/ground/decimals.contract.ts';
import { isFilled, readFigure, withoutApostrophe, type Figure } from './spreadsheet-text.ts';
import { isUnitWord } from './unit-words.ts';

/** What a column of a pasted block means for an order's line. */
export type BlockColumn = 'code' | 'name' | 'quantity' | 'unit' | 'unitPrice' | 'discountPercent' | 'note';

/** A row of a block, each cell as it was written; a column that the block doesn't have is left out. */
export type BlockRow = Partial<Record<BlockColumn, string>>;

export interface Block {
  rows: BlockRow[];
  /** Heads of columns that no line has room for, and that hold something. */
  ignored: string[];
}

/** How each column is headed, in the words of orders, price lists and stock lists; the first that fits counts. */
const heads: readonly [BlockColumn | null, RegExp][] = [
  [null, /\bgst\b|\btax|\bhsn\b|\bsac\b|\bmrp\b|amount|disc\w* ?\((₹|rs|inr)/],
  ['discountPercent', /disc|छूट/],
  ['quantity', /\bqty\b|quantity|\bordered\b|\bpieces\b|^pcs\.?$|^nos\.?$|मात्रा|संख्या/],
  [null, /total|value|^net$|राशि|^(#|s\.? ?no\.?|sr\.? ?no\.?|sl\.? ?no\.?|no\.?|line|row|क्रमांक)$/],
  ['unitPrice', /price|\brate\b|\bcost\b|दर|भाव|मूल्य/],
  ['code', /\bsku\b|\bcode\b|bar ?code|\bean\b|\bupc\b|gtin|(part|item|article|material) ?(no|number|#)|कोड/],
  ['unit', /^units?$|\buom\b|\buqc\b|इकाई/],
  ['note', /note|remark|comment|टिप्पणी/],
  ['name', /product|item|name|description|particulars|material|article|goods|नाम|वस्तु|सामान|विवरण|उत्पाद/],
];
const longestHead = 40;
/** A head may stand below a title and a date. */
const headWithin = 10;

const figureIn = (cell: string): Figure | null =>
  // A code may begin with a nought, and what is longer than any quantity is a barcode.
  /^0\d/.test(cell) || /^\d{8,}$/.test(cell) ? null : readFigure(cell, 12, isUnitWord);
/** A code has a digit and no spaces. */
const isCode = (cell: string) => /^[\x21-\x7e]*\d[\x21-\x7e]*$/.test(cell) && figureIn(cell) === null;
const isTotal = (cell: string) =>
  /^(grand|sub|net|page|order)?[\s-]*totals?(\s*[:(].*)?$|^(महा|कुल)\s?योग$/i.test(cell);

/**
 * A block's rows by the meaning of their cells: by its head row if it has one, else by the content. Empty rows, rows of
 * totals and a head that is repeated are left out.
 */
export function readBlock(cells: readonly string[][]): Block {
  const headAt = cells.slice(0, headWithin).findIndex(isHead);
  const head = headAt < 0 ? null : (cells[headAt] ?? []);
  const below =
    head === null ? cells : cells.slice(headAt + 1).filter((row) => row.join('\t') !== head.join('\t'));
  const rows = below.filter((row) => isFilled(row) && !row.some(isTotal));
  const columns = head === null ? columnsByContent(rows) : columnsByHead(head);
  const read = rows.map((row) => rowBy(columns, row));
  // A figure alone below the last product is a sum.
  while (read.length > 1 && !isNamed(read.at(-1)) && read.some(isNamed)) read.pop();
  return {
    rows: read,
    ignored: (head ?? []).filter(
      (words, at) => words !== '' && columns[at] === null && rows.some((row) => (row[at] ?? '') !== ''),
    ),
  };
}

function isNamed(row: BlockRow | undefined): boolean {
  return (row?.code ?? '') !== '' || (row?.name ?? '') !== '';
}

function rowBy(columns: readonly (BlockColumn | null)[], row: readonly string[]): BlockRow {
  const read: BlockRow = {};
  columns.forEach((column, at) => {
    // A second column of codes says what the first leaves open: most products have no barcode.
    if (column && (read[column] ?? '') === '') read[column] = withoutApostrophe(row[at] ?? '');
  });
  return read;
}

/** Undefined for words that are no head. */
function meaning(head: string): BlockColumn | null | undefined {
  if (head === '' || head.length > longestHead) return undefined;
  return heads.find(([, known]) => known.test(head.toLowerCase()))?.[0];
}

function isHead(row: readonly string[]): boolean {
  const filled = row.filter((cell) => cell !== '');
  const known = filled.filter((cell) => meaning(cell) !== undefined && !isTotal(cell));
  const tells = filled.some((cell) =>
    ['code', 'name', 'quantity', 'unitPrice'].includes(meaning(cell) ?? ''),
  );
  return (
    tells && known.length >= Math.min(2, filled.length) && !filled.some((cell) => figureIn(cell) !== null)
  );
}

function columnsByHead(head: readonly string[]): (BlockColumn | null)[] {
  const meant = head.map((words) => meaning(words) ?? null);
  return meant.map((column, at) =>
    column === null || (column !== 'code' && meant.indexOf(column) !== at) ? null : column,
  );
}

function columnsByContent(rows: readonly (readonly string[])[]): (BlockColumn | null)[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const filled = Array.from({ length: width }, (_, column) =>
    rows.map((row) => row[column] ?? '').filter((cell) => cell !== ''),
  );
  const share = (column: number, is: (cell: string) => boolean) => {
    const cells = filled[column] ?? [];
    return cells.length === 0 ? 0 : cells.filter(is).length / cells.length;
  };
  const mostly = (column: number, is: (cell: string) => boolean) => share(column, is) > 0.5;
  const found: (BlockColumn | null)[] = filled.map(() => null);
  const all = filled.map((_, column) => column).filter((column) => (filled[column] ?? []).length > 0);

  let figures = all.filter((column) => mostly(column, (cell) => figureIn(cell) !== null));
  const words = all.filter((column) => !figures.includes(column));
  const unit = words.find((column) => words.length > 1 && mostly(column, isUnitWord));
  if (unit !== undefined) found[unit] = 'unit';
  const texts = words.filter((column) => column !== unit);
  const code = texts.find((column) => mostly(column, isCode));
  if (code !== undefined) found[code] = 'code';
  const name = texts.find((column) => column !== code);
  if (name !== undefined) found[name] = 'name';

  const first = Math.min(...texts);
  figures = figures.filter((column) => column > first || !isNumbering(filled[column] ?? []));
  if (code === undefined) {
    // Codes of nothing but a few digits stand before everything else, and none is there twice.
    const digits = figures.find(
      (column) => column < first && isCodes(filled[column] ?? [], name !== undefined),
    );
    if (digits !== undefined) found[digits] = 'code';
    figures = figures.filter((column) => column !== digits);
  }
  for (const [column, meant] of meantByFigures(figures, filled, rows)) found[column] = meant;
  return found;
}

/** 1, 2, 3 …: the rows' own numbers. One row alone isn't numbered. */
function isNumbering(cells: readonly string[]): boolean {
  return cells.length > 1 && cells.every((cell, at) => cell.replace(/[.)]$/, '') === String(at + 1));
}

function isCodes(cells: readonly string[], besideNames: boolean): boolean {
  const whole = cells.every((cell) => /^\d+$/.test(cell));
  return (
    whole &&
    (!besideNames || (cells.every((cell) => cell.length > 2) && new Set(cells).size === cells.length))
  );
}

/**
 * Which figures are quantity, price and discount: by the signs and units at them, else in this order; a column of two
 * decimals is the price beside one of whole numbers. Any other column is none of them.
 */
function meantByFigures(
  figures: readonly number[],
  filled: readonly (readonly string[])[],
  rows: readonly (readonly string[])[],
): Map<number, BlockColumn> {
  const meant = new Map<number, BlockColumn>();
  const open: BlockColumn[] = ['quantity', 'unitPrice', 'discountPercent'];
  const give = (column: number | undefined, to: BlockColumn) => {
    if (column === undefined || !open.includes(to)) return;
    meant.set(column, to);
    open.splice(open.indexOf(to), 1);
  };
  const has = (column: number, sign: (figure: Figure) => boolean) =>
    (filled[column] ?? []).some((cell) => {
      const figure = figureIn(cell);
      return figure !== null && sign(figure);
    });
  give(
    figures.find((column) => has(column, ({ sign }) => sign === 'percent')),
    'discountPercent',
  );
  give(
    figures.find((column) => has(column, ({ sign }) => sign === 'money')),
    'unitPrice',
  );
  give(
    figures.find((column) => has(column, ({ unit, sign }) => unit !== null && sign === null)),
    'quantity',
  );
  const plain = figures.filter((column) => !meant.has(column) && !has(column, ({ sign }) => sign !== null));
  const isExact = (column: number) => (filled[column] ?? []).every((cell) => /\.\d\d$/.test(cell));
  const isWhole = (column: number) => (filled[column] ?? []).every((cell) => !cell.includes('.'));
  const [one, other] = plain;
  if (one !== undefined && other !== undefined && open.includes('quantity') && isExact(one) && isWhole(other))
    give(one, 'unitPrice');
  for (const column of plain.filter((at) => !meant.has(at))) {
    const next = open[0];
    if (next === undefined) break;
    if (next === 'discountPercent' && !(filled[column] ?? []).every(isPercent)) continue;
    if (next !== 'quantity' && isProduct(column, meant, rows)) continue;
    give(column, next);
  }
  return meant;
}

function isPercent(cell: string): boolean {
  const value = valueIn(cell);
  return value === null || value.lessThanOrEqualTo(100);
}

function valueIn(cell: string): Amount | null {
  const figure = figureIn(cell);
  return figure ? amount(figure.value) : null;
}

/** Quantity times price, to the rupee, in every row: the amount of the line, whatever was rounded. */
function isProduct(
  column: number,
  meant: ReadonlyMap<number, BlockColumn>,
  rows: readonly (readonly string[])[],
): boolean {
  const at = (wanted: BlockColumn) => [...meant].find(([, one]) => one === wanted)?.[0];
  const [quantity, price] = [at('quantity'), at('unitPrice')];
  if (quantity === undefined || price === undefined) return false;
  const told = rows.flatMap((row) => {
    const [count, each, whole] = [quantity, price, column].map((from) => valueIn(row[from] ?? ''));
    return count && each && whole ? [count.times(each).minus(whole)] : [];
  });
  return told.length > 0 && told.every((difference) => difference.abs().lessThan(1));
}
