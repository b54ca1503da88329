import { useEffect } from 'react';
import { desktop } from './desktop.ts';

/** Reports to the shell that this version starts, once something is on the screen that a person can work with. */
export function useStarted(shown: boolean): void {
  useEffect(() => {
    if (shown) desktop?.app.started();
  }, [shown]);
}
