import { useEffect } from 'react';
import { adminPaths } from '../admin-paths.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

const destinations: Readonly<Record<string, string>> = {
  o: adminPaths.tenants,
  m: adminPaths.migrations,
  s: adminPaths.sessions,
  a: adminPaths.audit,
};

/** Milliseconds within which the second key must follow. */
const patience = 1200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** `/` searches, `g` and a letter go places: o organisations, m migrations, s sessions, a audit trail. */
export function useFrameKeys(): void {
  const history = useAppHistory();
  useEffect(() => {
    let goneAt = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>(
          '[data-list-search] input, input[data-list-search]',
        );
        if (!search) return;
        event.preventDefault();
        search.focus();
      } else if (event.key === 'g') {
        goneAt = event.timeStamp;
      } else if (event.timeStamp - goneAt < patience) {
        goneAt = 0;
        const destination = destinations[event.key];
        if (destination !== undefined) history.push(destination);
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [history]);
}
