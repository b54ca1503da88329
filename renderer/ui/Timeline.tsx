import type { ReactNode } from 'react';
import { formatInstant } from './formats.ts';
import classes from './Timeline.module.css';

export interface TimelineEntry {
  id: string;
  at: string | null;
  what: ReactNode;
  who?: string | null;
  detail?: ReactNode;
}

/** What happened to a document, newest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className={classes.timeline}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <div className={classes.what}>{entry.what}</div>
          <div className={classes.meta}>
            {[entry.who, entry.at ? formatInstant(entry.at) : null].filter(Boolean).join(' · ')}
          </div>
          {entry.detail ? <div className={classes.detail}>{entry.detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}
