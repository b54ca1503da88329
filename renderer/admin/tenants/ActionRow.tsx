import type { ReactNode } from 'react';
import classes from './tenants.module.css';

/** Something that can be done: what it means, and beside it the button. */
export function ActionRow({ about, children }: { about: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.action}>
      <p>{about}</p>
      {children}
    </div>
  );
}
