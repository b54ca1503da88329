import type { CSSProperties } from 'react';
import classes from './DataTable.module.css';
import { EmptyState, ProblemState, type EmptyWords } from './States.tsx';

/** Rows that are still loading. */
export function RowsToCome({ style, columns }: { style: CSSProperties; columns: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} className={classes.skeleton} style={style}>
          {Array.from({ length: columns }, (_column, column) => (
            <span key={column} style={{ width: `${String(40 + ((row * 7 + column * 23) % 45))}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** What stands in the place of rows when there are none. */
export function NoRows({
  problem,
  onRetry,
  empty,
}: {
  problem?: { title: string; detail: string } | undefined;
  onRetry?: (() => void) | undefined;
  empty: EmptyWords;
}) {
  return (
    // A grid holds rows, and nothing else.
    <div role="row">
      <div role="gridcell">
        {problem ? <ProblemState {...problem} onRetry={onRetry} /> : <EmptyState {...empty} />}
      </div>
    </div>
  );
}
