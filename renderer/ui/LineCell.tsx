import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import classes from './LineGrid.module.css';
import { LineInput, type CellMark } from './LineInput.tsx';

/** The new line, or a function of the line as it is by then: for answers that come later. */
export type SetLine<Line> = (next: Line | ((now: Line) => Line)) => void;

/** What is typed or shown in a cell. */
export interface CellColumn<Line> {
  id: string;
  header: string;
  /** The head is heard, not seen: a column of buttons, or of units beside their figures. */
  headHidden?: boolean;
  align?: 'start' | 'end';
  /** Typed right in the grid. Decimals stay text all the way: `places` limits what can be typed. */
  input?: {
    kind: 'decimal' | 'reference';
    places?: number;
    value: (line: Line) => string;
    set: (line: Line, value: string) => Line;
    disabled?: (line: Line) => boolean;
    /** Lines without such a field at all. */
    absent?: (line: Line) => boolean;
    placeholder?: string;
  };
  /** Anything else: a computed figure, or a RecordSelect (spread `mark` on its `inputProps`). */
  cell?: (line: Line, index: number, mark: CellMark, set: SetLine<Line>) => ReactNode;
}

export interface LineColumn<Line> extends CellColumn<Line> {
  /** Grid track, as in CSS. */
  width: string;
  /** A second field under the first, where one line has more of them than tracks fit beside each other. */
  below?: CellColumn<Line>;
}

/** The cells of a line in the order Tab goes through them. */
export function cellColumns<Line>(columns: readonly LineColumn<Line>[]): CellColumn<Line>[] {
  return columns.flatMap((column) => (column.below ? [column, column.below] : [column]));
}

/** One cell of a line: an input right in the grid, or what the column makes of the line. */
export function LineCell<Line>({
  column,
  line,
  index,
  error,
  disabled,
  set,
}: {
  column: CellColumn<Line>;
  line: Line;
  index: number;
  error: ReactNode;
  disabled: boolean;
  set: SetLine<Line>;
}) {
  const { input } = column;
  const mark: CellMark = { 'data-line': index, 'data-column': column.id };
  if (input?.absent?.(line)) return <span role="cell" className={classes.shown} />;
  return (
    <span
      role="cell"
      className={input ? classes.typed : classes.shown}
      data-end={column.align === 'end' || undefined}
      data-label={column.headHidden ? '' : column.header}
    >
      {input ? (
        <LineInput
          mark={mark}
          label={t`${column.header}, line ${String(index + 1)}`}
          value={input.value(line)}
          decimalPlaces={input.kind === 'decimal' ? (input.places ?? 3) : null}
          end={column.align === 'end'}
          disabled={disabled || (input.disabled?.(line) ?? false)}
          placeholder={input.placeholder}
          error={error}
          onChange={(value) => {
            set((now) => input.set(now, value));
          }}
        />
      ) : (
        <>
          {column.cell?.(line, index, mark, set)}
          {error ? <span className={classes.error}>{error}</span> : null}
        </>
      )}
    </span>
  );
}
