import { useEffect } from 'react';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { adminPaths } from '../admin-paths.ts';
import { places } from './places.ts';

/** Milliseconds within which the second key must follow. */
const patience = 1200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** A dialogue has the keys for itself: nothing behind it may move. */
function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** `/` searches, `n` starts, `?` shows all keys, `g` and a letter go places. */
export function useFrameKeys(onHelp: () => void): void {
  const history = useAppHistory();
  useEffect(() => {
    let goneAt = -patience;
    const actions: Readonly<Record<string, () => boolean>> = {
      '/': () => focusOn('[data-list-search] input, input[data-list-search]'),
      n: () => {
        history.push(adminPaths.newTenant);
        return true;
      },
      '?': () => {
        onHelp();
        return true;
      },
    };
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
      const isSecond = event.timeStamp - goneAt < patience;
      goneAt = !isSecond && event.key === 'g' ? event.timeStamp : -patience;
      if (isSecond) {
        const place = places.find(({ key }) => key === event.key);
        if (place) history.push(place.to);
      } else if (actions[event.key]?.()) {
        event.preventDefault();
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [history, onHelp]);
}

function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}
