import { useRef, type ReactNode } from 'react';
import { useNoticesAbove } from '../../ui/use-notices-above.ts';
import classes from './ToDecide.module.css';

/** The buttons below what is decided. */
export function DecisionFoot({ children }: { children: ReactNode }) {
  const bar = useRef<HTMLElement>(null);
  useNoticesAbove(bar);
  return (
    <footer ref={bar} className={classes.foot}>
      {children}
    </footer>
  );
}
