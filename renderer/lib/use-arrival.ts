import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/**
 * On arrival at a screen the focus goes to its title, so that a screen reader says where one is and Tab starts there;
 * a screen with a field to begin with has taken the focus already.
 */
export function useArrival(): void {
  // Resolved: the screen before is gone, so that its title can't take the focus with it.
  const path: string | undefined = useRouterState({
    select: (state: { resolvedLocation?: { pathname: string } }) => state.resolvedLocation?.pathname,
  });
  const last = useRef(path);
  useEffect(() => {
    const before = last.current;
    last.current = path;
    // The first screen after the sign-in is not an arrival.
    if (before === undefined || before === path) return;
    let tries = 0;
    const timer = setInterval(() => {
      const main = document.getElementById('main');
      const title = main?.querySelector<HTMLElement>('[data-page-title]');
      tries += 1;
      if (main && document.activeElement !== main && main.contains(document.activeElement))
        clearInterval(timer);
      else if (title) {
        title.focus({ preventScroll: true });
        clearInterval(timer);
      } else if (tries > 40) clearInterval(timer);
    }, 50);
    return () => {
      clearInterval(timer);
    };
  }, [path]);
}
