import type { ReactNode } from 'react';
import { formatDay, formatInstant } from './moments.ts';
import classes from './Timeline.module.css';

export interface TimelineEntry {
  id: string;
  /** An instant, or a day of which no hour is known. */
  at: string | null;
  what: ReactNode;
  who?: string | null;
  detail?: ReactNode;
}

const whenWords = (at: string) => (at.includes('T') ? formatInstant(at) : formatDay(at));

/** What happened to a document, newest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className={classes.timeline}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <div className={classes.what}>{entry.what}</div>
          <div className={classes.meta}>
            {[entry.who, entry.at ? whenWords(entry.at) : null].filter(Boolean).join(' · ')}
          </div>
          {entry.detail ? <div className={classes.detail}>{entry.detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}
