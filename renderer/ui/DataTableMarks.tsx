import { t } from '@lingui/core/macro';
import { Checkbox } from '@mantine/core';
import classes from './DataTable.module.css';

/** The grid track of the boxes. */
export const markTrack = '32px';

/** Marks every row, or none; `of` rows can be marked at once, 0: too many of them. */
export function MarkAll({
  marked,
  of,
  onAll,
  onNone,
}: {
  marked: number;
  of: number;
  onAll: () => void;
  onNone: () => void;
}) {
  return (
    <span role="columnheader" className={classes.mark} data-mark>
      {of > 0 ? (
        <Checkbox
          size="xs"
          aria-label={t`Mark all rows`}
          checked={marked === of}
          indeterminate={marked > 0 && marked < of}
          onChange={marked === of ? onNone : onAll}
        />
      ) : null}
    </span>
  );
}

/** The box of one row. By the keyboard it is Space on the row: the table is one stop for Tab. */
export function MarkRow({ marked, onToggle }: { marked: boolean; onToggle: () => void }) {
  return (
    <span role="gridcell" className={classes.mark} data-mark>
      <Checkbox size="xs" tabIndex={-1} aria-label={t`Mark the row`} checked={marked} onChange={onToggle} />
    </span>
  );
}
