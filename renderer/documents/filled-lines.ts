import { plural } from '@lingui/core/macro';
import type { CellPlace } from '../ui/use-line-clipboard.ts';
import { figureOr, isFigure, quantityIn, type FigureField, type Figures } from './pasted-lines.ts';

export interface Filled<Line> {
  lines: Line[];
  /** How many lines got something, and how many rows of the block had no line. */
  rows: number;
  left: number;
}

/**
 * A block of nothing but figures, laid over the lines from a cell on, as a spreadsheet does it: downwards, and to the
 * right over the figures that are typed here. Null when the block holds anything else, is wider than what is left, or
 * the cell holds no figure.
 */
export function filledDown<Line extends Figures>(
  lines: readonly Line[],
  cells: readonly string[][],
  at: CellPlace,
  typed: { fields: readonly FigureField[]; unitOf: (line: Line) => string },
): Filled<Line> | null {
  const first = typed.fields.findIndex((field) => field === at.column);
  if (first < 0) return null;
  const fields = typed.fields.slice(first);
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
      return { ...changed, [field]: field === 'quantity' ? quantityIn(figure, typed.unitOf(line)) : figure };
    }, line);
  });
  const rows = Math.max(0, Math.min(cells.length, lines.length - at.line));
  return { lines: next, rows, left: cells.length - rows };
}

/** What was done, and what was left. */
export function filledWords({ rows, left }: Filled<unknown>): [string, string] {
  return [
    plural(rows, { one: 'Pasted into # line', other: 'Pasted into # lines' }),
    left === 0
      ? ''
      : plural(left, {
          one: '# row of the block had no line to go to.',
          other: '# rows of the block had no line to go to.',
        }),
  ];
}
