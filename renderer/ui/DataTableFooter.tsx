import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatCount } from './formats.ts';
import classes from './DataTable.module.css';

interface DataTableFooterProps {
  shown: number;
  /** Columns that don't fit into the window. */
  folded: number;
  loading?: boolean | undefined;
  loadingMore?: boolean | undefined;
  hasMore?: boolean | undefined;
  problem?: { title: string; detail: string } | undefined;
  onRetry?: (() => void) | undefined;
  /** Rows marked for a copy. */
  marks: { count: number; copy: () => Promise<void>; clear: () => void };
  total?: { count: number; capped: boolean } | undefined;
  onCount?: (() => void) | undefined;
  inline?: boolean;
  uncounted?: boolean;
  choice: ReactNode;
}

/** Fewer rows of a record are counted at a glance. */
const countedFrom = 6;

/** How many rows there are, how many are chosen, which columns are shown. */
export function DataTableFooter(props: DataTableFooterProps) {
  const { shown, total, hasMore, marks } = props;
  if (
    props.inline &&
    marks.count === 0 &&
    !hasMore &&
    (props.uncounted || shown < countedFrom || props.loading) &&
    !(shown > 0 && props.problem)
  )
    return null;
  return (
    <div className={classes.footer}>
      <span aria-live="polite">
        {props.loading
          ? t`Loading…`
          : props.problem && shown === 0
            ? ''
            : countWords(shown, hasMore ?? false, total)}
        {props.loadingMore ? t` · loading more…` : ''}
      </span>
      {hasMore && !total && props.onCount ? (
        <button type="button" className={classes.quiet} onClick={props.onCount}>{t`Count all`}</button>
      ) : null}
      {marks.count > 0 ? (
        <>
          <strong>{plural(marks.count, { one: '# row marked', other: '# rows marked' })}</strong>
          <button
            type="button"
            className={classes.quiet}
            title="Ctrl+C"
            onClick={() => void marks.copy()}
          >{t`Copy`}</button>
          <button type="button" className={classes.quiet} onClick={marks.clear}>{t`Unmark`}</button>
        </>
      ) : null}
      {props.problem && shown > 0 ? (
        <span className={classes.footerProblem} role="alert">
          <Trans>
            {props.problem.title}. These rows are from before.{' '}
            <button type="button" className={classes.quiet} onClick={props.onRetry}>
              Try again
            </button>
          </Trans>
        </span>
      ) : null}
      {props.folded > 0 ? (
        <span>
          {plural(props.folded, {
            one: '# column doesn’t fit here',
            other: '# columns don’t fit here',
          })}
        </span>
      ) : null}
      <span className={classes.footerEnd}>{props.inline ? null : props.choice}</span>
    </div>
  );
}

function countWords(
  shown: number,
  hasMore: boolean,
  total: { count: number; capped: boolean } | undefined,
): string {
  if (total) return t`${formatCount(shown)} of ${formatCount(total.count)}${total.capped ? '+' : ''} rows`;
  if (hasMore) return t`First ${formatCount(shown)} rows`;
  return plural(shown, { one: '# row', other: '# rows' });
}
