import type { ReactNode } from 'react';
import classes from './TotalsPanel.module.css';

/** Sums of a document, figures under figures; `strong` for the one that is paid. */
export function TotalsPanel({
  rows,
}: {
  rows: readonly ({ label: ReactNode; value: ReactNode; strong?: boolean } | false | null)[];
}) {
  return (
    <dl className={classes.totals}>
      {rows.map((row, index) =>
        row ? (
          <div key={index} data-strong={row.strong || undefined}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
