/* eslint-disable lingui/no-unlocalized-strings -- heads that are read again: the same in every language */
import { isBlank, type OrderLineValues } from './order-lines.ts';
import { textCell } from './spreadsheet-text.ts';

/** The heads and cells of a line on a copy; pasting it again gives the same line. */
export type CopiedLine = Pick<
  OrderLineValues,
  'sku' | 'quantity' | 'unit' | 'unitPrice' | 'discountPercent'
> & {
  name: string;
  note?: string;
};

/** Heads that every reading of a block knows. */
const columns: readonly [string, (line: CopiedLine) => string][] = [
  ['SKU', ({ sku }) => textCell(sku)],
  ['Product', ({ name }) => textCell(name)],
  ['Quantity', ({ quantity }) => quantity],
  ['Unit', ({ unit }) => unit],
  ['Price', ({ unitPrice }) => unitPrice],
  ['Discount %', ({ discountPercent }) => discountPercent],
  ['Note', ({ note = '' }) => textCell(note)],
];

/** Lines as a spreadsheet takes them: cells between tabs below their heads; columns that hold nothing are left out. */
export function spreadsheetOf(lines: readonly CopiedLine[]): string {
  const shown = columns.filter(([head, cell]) => head === 'SKU' || lines.some((line) => cell(line) !== ''));
  return [shown.map(([head]) => head), ...lines.map((line) => shown.map(([, cell]) => cell(line)))]
    .map((cells) => `${cells.join('\t')}\r\n`)
    .join('');
}

/** Lines being typed, for a copy; what was pasted and has no product yet goes as it came. */
export function copiedLines(lines: readonly OrderLineValues[]): CopiedLine[] {
  return lines
    .filter((line) => !isBlank(line))
    .map((line) => ({
      ...line,
      sku: line.sku === '' ? (line.pasted?.text ?? '') : line.sku,
      name: line.productLabel === '' ? (line.pasted?.name ?? '') : line.productLabel,
    }));
}
