import { keptText } from '../../server/ground/text.contract.ts';
import { ungrouped } from '../ui/typed-decimal.ts';

/**
 * What Excel, LibreOffice and Sheets put on the clipboard as plain text: rows of cells between tabs, a cell with a tab,
 * a line break or a quote between quotes (doubled within). Empty rows at the end are left out.
 */
export function readCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = cellAt(text, at);
    row.push(cell);
    at = end + 1;
    if (text[end] === '\t' && at < text.length) continue;
    if (text[end] === '\t') row.push('');
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  while (rows.length > 0 && !isFilled(rows.at(-1) ?? [])) rows.pop();
  return rows;
}

/** Whether a row has any content. */
export function isFilled(row: readonly string[]): boolean {
  return row.some((cell) => cell !== '');
}

/** The cell that begins here, without its quotes, and where it ends. */
function cellAt(text: string, start: number): [string, number] {
  const quoted = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)/y;
  quoted.lastIndex = start;
  const found = quoted.exec(text);
  if (found) return [tidy((found[1] ?? '').replaceAll('""', '"')), quoted.lastIndex];
  const plain = /[^\t\r\n]*/y;
  plain.lastIndex = start;
  const cell = plain.exec(text)?.[0] ?? '';
  return [tidy(cell), plain.lastIndex];
}

/** One line, as the server keeps text: without invisible spaces and marks. */
function tidy(cell: string): string {
  return keptText(cell.replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, ' '));
}

/** Whether text is more than one cell: one alone is pasted into its field as any text is. */
export function isBlock(text: string): boolean {
  if (!/[\t\r\n]/.test(text)) return false;
  const cells = readCells(text);
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1;
}

/** A spreadsheet calculates what begins like this. */
const formula = /^[=+\-@\t\r]/;

/** A text as a cell that stays text: an apostrophe precedes what would be calculated. */
export function textCell(text: string): string {
  const safe = formula.test(text) || text.startsWith("'") ? `'${text}` : text;
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell that was made safe before. */
export function withoutApostrophe(cell: string): string {
  return /^'['=+\-@]/.test(cell) ? cell.slice(1) : cell;
}

/** A currency sign before the figure or behind it, and what a price is for: `₹ 12.50/-`, `Rs. 40 per kg`. */
const ofMoney = /^(?:(₹|rs\.?|inr)\s*)?(.*?)\s*(₹|rs\.?|inr)?\s*(?:\/-|(?:\/|per)\s*([a-z.]+))?$/iu;
const digits = '०१२३४५६७८९';

export interface Figure {
  /** A plain decimal without needless zeros. */
  value: string;
  /** What surrounds it: a currency's sign, a per cent, a unit (`kgs`, in capitals). */
  sign: 'money' | 'percent' | null;
  unit: string | null;
}

/**
 * A figure as a spreadsheet shows it (`₹ 1,04,177.55`, `Rs. 12/-`, `18%`, `5 nos`); null when it isn't a figure, or has
 * too many decimals: a comma is never taken for a decimal sign, nothing is rounded, no other currency is taken for
 * rupees. `isUnit` tells which words are units.
 */
export function readFigure(
  cell: string,
  places: number,
  isUnit: (word: string) => boolean = () => false,
): Figure | null {
  const text = cell.replaceAll(/[०-९]/g, (digit) => String(digits.indexOf(digit)));
  const [, before, plain = '', behind, per] = ofMoney.exec(text.trim()) ?? [];
  const [, amount = '', word = ''] = /^([\d.,]*)\s*(.*)$/u.exec(plain) ?? [];
  const unit = word === '' || word === '%' ? null : word.replace(/\.$/, '').toUpperCase();
  if (
    (unit !== null && !isUnit(unit)) ||
    (per !== undefined && !isUnit(per.replace(/\.$/, '').toUpperCase()))
  )
    return null;
  const isMoney = before !== undefined || behind !== undefined;
  if (isMoney && word !== '') return null;
  const figure = ungrouped(amount);
  if (figure === null || !/^(\d+\.?\d*|\.\d+)$/.test(figure)) return null;
  const [whole = '', fraction = ''] = figure.split('.');
  const units = whole.replace(/^0+(?=\d)/, '') || '0';
  const rest = fraction.replace(/0+$/, '');
  if (units.length > 12 || rest.length > places) return null;
  return {
    value: rest === '' ? units : `${units}.${rest}`,
    sign:
      isMoney || text.trim().endsWith('/-') || per !== undefined ? 'money' : word === '%' ? 'percent' : null,
    unit,
  };
}
