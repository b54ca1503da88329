import type { CellPlace } from '../../ui/use-line-clipboard.ts';
import type { OrderLineValues } from './order-lines.ts';
import { figureFields, figureOr, isFigure, quantityIn, type FigureField } from './pasted-lines.ts';

/**
 * A block of nothing but figures, laid over the lines from a cell on, as a spreadsheet does it: downwards, and to the
 * right over quantity, price and discount. Null when the block holds anything else, or is wider than what is left.
 */
export function filledDown(
  lines: readonly OrderLineValues[],
  cells: readonly string[][],
  at: CellPlace & { column: FigureField },
): { lines: OrderLineValues[]; rows: number } | null {
  const fields = figureFields.slice(figureFields.indexOf(at.column));
  const fits = cells.every((row) =>
    row.every((cell, index) => {
      const field = fields[index];
      return field !== undefined && (cell === '' || isFigure(cell, field));
    }),
  );
  if (!fits) return null;
  const next = lines.map((line, index) => {
    const row = cells[index - at.line];
    if (!row) return line;
    return fields.slice(0, row.length).reduce((changed, field, column) => {
      const figure = figureOr(row[column] ?? '', field);
      return { ...changed, [field]: field === 'quantity' ? quantityIn(figure, line.unit) : figure };
    }, line);
  });
  return { lines: next, rows: Math.max(0, Math.min(cells.length, lines.length - at.line)) };
}
