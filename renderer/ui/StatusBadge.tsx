import type { ReactNode } from 'react';
import classes from './StatusBadge.module.css';

/** `good` is done, `progress` under way, `waiting` needs someone, `bad` is stopped or overdue, `neutral` says nothing. */
export type Tone = 'neutral' | 'progress' | 'waiting' | 'good' | 'bad';

/** A state as it is shown. */
export interface StateWords {
  label: string;
  tone: Tone;
}

/** A shape per tone, so that colour is never the only sign. */
const shapes: Readonly<Record<Tone, ReactNode>> = {
  neutral: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  progress: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  waiting: <path d="M6 1.2 10.8 6 6 10.8 1.2 6z" fill="currentColor" />,
  good: (
    <path
      d="m2.2 6.4 2.6 2.6 5-5.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  bad: (
    <path
      d="m2.8 2.8 6.4 6.4m0-6.4L2.8 9.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
    />
  ),
};

/** A state in a word, with a shape and a colour. `filled` for the one state of a page's own record. */
export function StatusBadge({
  tone,
  children,
  filled = false,
}: {
  tone: Tone;
  children: ReactNode;
  filled?: boolean;
}) {
  return (
    <span className={classes.badge} data-tone={tone} data-filled={filled || undefined}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  );
}
