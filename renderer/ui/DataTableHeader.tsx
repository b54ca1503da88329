import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TableSort } from './table-types.ts';
import classes from './DataTable.module.css';

/** A column's head; a click sorts, a second one reverses the order. */
export function HeaderCell({
  text,
  end,
  sortBy,
  sort,
  onSort,
}: {
  text: ReactNode;
  end: boolean;
  sortBy: string | undefined;
  sort: TableSort | undefined;
  onSort: ((sort: TableSort) => void) | undefined;
}) {
  const direction = sortBy !== undefined && sort?.by === sortBy ? sort.direction : undefined;
  const order = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none';
  if (sortBy === undefined) {
    return (
      <span role="columnheader" className={classes.headCell} data-end={end || undefined}>
        {text}
      </span>
    );
  }
  return (
    <span role="columnheader" aria-sort={order} className={classes.headCell} data-end={end || undefined}>
      <button
        type="button"
        className={classes.sorter}
        data-sorted={direction ? true : undefined}
        onClick={() => onSort?.({ by: sortBy, direction: direction === 'asc' ? 'desc' : 'asc' })}
      >
        {text}
        {direction === 'asc' ? <IconArrowUp size={13} aria-hidden="true" /> : null}
        {direction === 'desc' ? <IconArrowDown size={13} aria-hidden="true" /> : null}
      </button>
    </span>
  );
}
