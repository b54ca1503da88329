import type { ReactNode } from 'react';
import classes from './tenants.module.css';

/** An action: what it means, with its button beside it. */
export function ActionRow({ about, children }: { about: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.action}>
      <p>{about}</p>
      {children}
    </div>
  );
}
