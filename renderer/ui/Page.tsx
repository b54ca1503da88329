import type { ReactNode } from 'react';
import classes from './Page.module.css';

/**
 * The frame of a screen. `fill`: the header stands, the content takes the rest and scrolls by itself (lists);
 * otherwise the whole page scrolls (records and forms).
 */
export function Page({
  header,
  children,
  fill = false,
}: {
  header: ReactNode;
  children: ReactNode;
  fill?: boolean;
}) {
  return (
    <div className={fill ? classes.fill : classes.scroll} data-page-scroll={fill ? undefined : true}>
      {header}
      <div className={fill ? classes.fillBody : classes.body}>{children}</div>
    </div>
  );
}

/** Two columns on wide screens: the record, and beside it what is quieter. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>{main}</div>
      <aside className={classes.stack}>{side}</aside>
    </div>
  );
}

/** Parts stacked one below the other. */
export function Stacked({ children }: { children: ReactNode }) {
  return <div className={classes.stack}>{children}</div>;
}

/** A titled part of a page, divided by a hairline instead of a box. */
export function Section({
  title,
  actions,
  children,
  flush = false,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  /** The content is a table and takes the full width. */
  flush?: boolean;
}) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {actions}
      </div>
      <div className={flush ? classes.flush : undefined}>{children}</div>
    </section>
  );
}
