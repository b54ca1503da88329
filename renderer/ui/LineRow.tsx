import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { memo, type CSSProperties, type ReactNode } from 'react';
import { cellColumns, LineCell, type CellColumn, type LineColumn } from './LineCell.tsx';
import classes from './LineGrid.module.css';

/** What a row asks its grid to do; stable for the life of the grid. */
export interface LineActions<Line> {
  set: (id: string, next: Line | ((now: Line) => Line)) => void;
  remove: (index: number, column: string) => void;
  /** Marks or unmarks the line for a copy; with `through` all lines from the last one marked. */
  mark: (index: number, through: boolean) => void;
}

interface LineRowProps<Line> {
  id: string;
  line: Line;
  index: number;
  columns: readonly LineColumn<Line>[];
  /** By cell, in the order of the columns. */
  errors: readonly ReactNode[];
  tracks: CSSProperties;
  /** Pixels from the first row, of many; null where rows simply follow each other. */
  top: number | null;
  measure: (row: HTMLElement | null) => void;
  removable: boolean;
  /** The grid has a column for the removal. */
  hasRemoval: boolean;
  disabled: boolean;
  /** Undefined where lines can't be marked. */
  marked: boolean | undefined;
  actions: LineActions<Line>;
}

function Row<Line>(props: LineRowProps<Line>) {
  const { id, line, index, columns, errors, tracks, top, disabled, marked, actions } = props;
  const cells = cellColumns(columns);
  const cellOf = (column: CellColumn<Line>) => (
    <LineCell
      key={column.id}
      column={column}
      line={line}
      index={index}
      error={errors[cells.indexOf(column)]}
      disabled={disabled}
      set={(next) => {
        actions.set(id, next);
      }}
    />
  );
  return (
    <div
      ref={top === null ? undefined : props.measure}
      data-index={index}
      className={classes.line}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={marked}
      data-marked={marked || undefined}
      data-placed={top === null ? undefined : true}
      style={top === null ? tracks : { ...tracks, top }}
    >
      <span
        role="cell"
        className={classes.number}
        title={marked === undefined ? undefined : t`Press to mark the line for a copy (Shift+Space)`}
        onClick={(event) => {
          actions.mark(index, event.shiftKey);
        }}
      >
        {index + 1}
      </span>
      {columns.map((column) =>
        column.below ? (
          <span key={column.id} role="presentation" className={classes.pair}>
            {cellOf(column)}
            {cellOf(column.below)}
          </span>
        ) : (
          cellOf(column)
        ),
      )}
      {props.hasRemoval ? (
        <span role="cell">
          {props.removable ? (
            <ActionIcon
              aria-label={t`Remove line ${String(index + 1)}`}
              title={t`Remove (Ctrl+Delete)`}
              tabIndex={-1}
              onClick={() => {
                actions.remove(index, columns[0]?.id ?? '');
              }}
            >
              <IconTrash size={15} />
            </ActionIcon>
          ) : null}
        </span>
      ) : null}
    </div>
  );
}

function isSame<Line>(one: LineRowProps<Line>, other: LineRowProps<Line>): boolean {
  const { errors, ...rest } = one;
  return (
    Object.entries(rest).every(([name, value]) => Object.is(value, other[name as keyof typeof rest])) &&
    errors.length === other.errors.length &&
    errors.every((error, at) => Object.is(error, other.errors[at]))
  );
}

/** One line of a grid; drawn again only when it, its place or its errors change. */
export const LineRow = memo(Row, isSame) as typeof Row;
