import { useEffect, useRef, useState } from 'react';
import { useNavigation } from './use-navigation.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

/** Milliseconds in which the second key of `g p` is waited for. */
const patience = 1500;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input:not([type="checkbox"]), textarea, select') !== null)
  );
}

/** Follows the screen's own link for a key, or goes to its button, where it has one. */
function press(link: string, event: KeyboardEvent) {
  const found = document.querySelector<HTMLElement>(link);
  if (!found) return;
  event.preventDefault();
  if (found.hasAttribute('data-key-focuses')) found.focus();
  else found.click();
}

/** Ctrl+K finds, `?` shows the keys, `g` and a letter goes somewhere, `/` searches the list, `n` starts a new record, `j` opens the next one to decide, and a command of the screen has the letter it shows. */
export function useShellKeys({ openPalette, openHelp }: { openPalette: () => void; openHelp: () => void }): {
  waitingForJump: boolean;
} {
  const history = useAppHistory();
  const groups = useNavigation();
  const [waitingForJump, setWaiting] = useState(false);
  const handlers = useRef({ openPalette, openHelp });
  useEffect(() => {
    handlers.current = { openPalette, openHelp };
  });

  useEffect(() => {
    let waiting = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function stopWaiting() {
      waiting = false;
      clearTimeout(timer);
      setWaiting(false);
    }

    function onKeyDown(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        handlers.current.openPalette();
        return;
      }
      const dialogOpen = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (dialogOpen || isTyping(event.target)) return;
      if (waiting) {
        const item = groups
          .flatMap((group) => group.items)
          .find((one) => one.jump === event.key.toLowerCase());
        stopWaiting();
        if (item) {
          event.preventDefault();
          history.push(item.path);
          return;
        }
      }
      if (event.key === '?') {
        event.preventDefault();
        handlers.current.openHelp();
      } else if (event.key === 'g') {
        waiting = true;
        setWaiting(true);
        timer = setTimeout(stopWaiting, patience);
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-list-search]');
        if (search) {
          event.preventDefault();
          search.focus();
          search.select();
        }
      } else if (event.key === 'n') {
        press('[data-new-record]', event);
      } else if (event.key === 'j') {
        press('[data-next-decision]', event);
      } else if (/^[a-z]$/.test(event.key)) {
        press(`[data-key="${event.key}"]`, event);
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      clearTimeout(timer);
    };
  }, [history, groups]);

  return { waitingForJump };
}
