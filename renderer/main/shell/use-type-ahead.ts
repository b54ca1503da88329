import { useEffect, useState } from 'react';
import { keepTypedKeys } from '../../lib/scanner-keys.ts';

/**
 * The palette's text. People go on typing right after Ctrl+K: keys that arrive before its field has the focus (or
 * before its code is here) are kept for it instead of reaching the page behind.
 */
export function useTypeAhead(open: boolean): [string, (text: string) => void] {
  const [text, setText] = useState('');
  useEffect(() => {
    if (!open) return;
    function onKeyDown(event: KeyboardEvent) {
      const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      const inPalette =
        event.target instanceof HTMLInputElement && event.target.closest('[role="dialog"]') !== null;
      if (!typed || inPalette) return;
      event.preventDefault();
      event.stopPropagation();
      setText((before) => before + event.key);
    }
    document.addEventListener('keydown', onKeyDown, true);
    const letGo = keepTypedKeys();
    return () => {
      letGo();
      document.removeEventListener('keydown', onKeyDown, true);
    };
  }, [open]);
  return [text, setText];
}
