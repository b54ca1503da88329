import type { ReactNode } from 'react';
import classes from './FigureStrip.module.css';

/** A few figures side by side, each under its name, divided by hairlines. */
export function FigureStrip({
  figures,
}: {
  figures: readonly { label: string; value: ReactNode; note?: ReactNode }[];
}) {
  return (
    <dl className={classes.strip}>
      {figures.map((figure) => (
        <div key={figure.label} className={classes.figure}>
          <dt>{figure.label}</dt>
          <dd>
            {figure.value}
            {figure.note ? <span className={classes.note}>{figure.note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
