import { plural, t } from '@lingui/core/macro';
import { isSameCode } from '../../server/domains/products/products.contract.ts';
import type { CellPlace, LineClipboard } from '../ui/use-line-clipboard.ts';
import { notifyRefusal } from '../lib/notify.tsx';
import { spreadsheetOf } from './copied-lines.ts';
import { filledDown, filledWords } from './filled-lines.ts';
import { readBlock, type BlockRow } from './pasted-columns.ts';
import { figureOr, quantityIn, type FigureField, type Figures } from './pasted-lines.ts';
import { isBlock, readCells } from './spreadsheet-text.ts';
import { useBlockSteps } from './use-block-steps.ts';

interface GivenProduct {
  sku: string;
  name: string;
  unit: string;
  barcodes?: readonly string[];
}

function isCalled(product: GivenProduct | undefined, { code = '', name = '' }: BlockRow): boolean {
  if (!product) return false;
  if (code === '') return product.name.toLowerCase() === name.toLowerCase();
  return [product.sku, ...(product.barcodes ?? [])].some((own) => isSameCode(own, code));
}

/** As many as a notice has room for. */
const named = 5;

/**
 * Blocks of a spreadsheet where the lines are given (receiving, shipping, revising): figures go to the lines of their
 * products, or down from the cell with the cursor; what belongs to none of these lines is reported and ignored.
 */
export function useGivenClipboard<Line extends Figures>({
  now,
  put,
  lineId,
  productOf,
  fields,
}: {
  now: () => readonly Line[];
  put: (lines: Line[]) => void;
  lineId: (line: Line) => string;
  productOf: (line: Line) => GivenProduct | undefined;
  /** The figures that are typed here, in their order. */
  fields: readonly FigureField[];
}): LineClipboard<Line> {
  const steps = useBlockSteps({ now, put, lineId });
  const unitOf = (line: Line) => productOf(line)?.unit ?? '';

  function paste(text: string, at: CellPlace | null): boolean {
    if (!isBlock(text)) return false;
    const cells = readCells(text);
    const lines = now();
    const filled = at ? filledDown(lines, cells, at, { fields, unitOf }) : null;
    if (at && filled) {
      steps.bring(filled.lines, at.line, ...filledWords(filled));
      return true;
    }
    const block = readBlock(cells);
    const next = [...lines];
    const taken = new Set<number>();
    const strangers: string[] = [];
    for (const row of block.rows) {
      // A product on several lines gets its rows in their order.
      const index = next.findIndex((line, place) => !taken.has(place) && isCalled(productOf(line), row));
      const line = next[index];
      if (!line) {
        strangers.push(row.code ?? row.name ?? '');
        continue;
      }
      taken.add(index);
      const figures = fields.flatMap((field) =>
        row[field] === undefined
          ? []
          : [[field, quantityIn(figureOr(row[field], field), unitOf(line))] as const],
      );
      next[index] = { ...line, ...Object.fromEntries(figures) };
    }
    const list = strangers.slice(0, named).join(', ');
    const more = Math.max(0, strangers.length - named);
    const left =
      strangers.length === 0
        ? ''
        : more > 0
          ? t`None of these lines: ${list}, and ${more} more.`
          : t`None of these lines: ${list}.`;
    if (taken.size === 0) {
      notifyRefusal({ title: t`Nothing was pasted`, detail: left });
      return true;
    }
    steps.bring(
      next,
      Math.min(...taken),
      plural(taken.size, { one: 'Pasted into # line', other: 'Pasted into # lines' }),
      left,
    );
    return true;
  }

  return {
    paste,
    undo: steps.undo,
    textOf: (lines) =>
      spreadsheetOf(
        lines.map((line) => ({
          sku: productOf(line)?.sku ?? '',
          name: productOf(line)?.name ?? '',
          unit: unitOf(line),
          quantity: line.quantity ?? '',
          unitPrice: line.unitPrice ?? '',
          discountPercent: line.discountPercent ?? '',
        })),
      ),
  };
}
