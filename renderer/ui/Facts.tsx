import type { ReactNode } from 'react';
import classes from './Facts.module.css';
import { nothing } from './formats.ts';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Figures are right of their label in one column, aligned at the end. */
  figure?: boolean;
  /** Takes the whole width. */
  wide?: boolean;
}

/** What is known of a record, label beside value, in as many columns as fit. Empty values are a dash. */
export function Facts({
  items,
  columns = 2,
}: {
  items: readonly (Fact | false | null)[];
  columns?: 1 | 2 | 3;
}) {
  return (
    <dl className={classes.facts} data-columns={columns}>
      {items.map((item) =>
        item ? (
          <div key={item.label} className={classes.fact} data-wide={item.wide || undefined}>
            <dt>{item.label}</dt>
            <dd data-figure={item.figure || undefined}>
              {item.value === null || item.value === undefined || item.value === '' ? nothing : item.value}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
