import { useEffect } from 'react';

/** Forms of a screen that Ctrl+S saves; in a dialog it is the form with something to fill in. */
export const savedByKey = { 'data-saved-by-key': true } as const;

function formToSave(): HTMLFormElement | null {
  const dialogs = document.querySelectorAll('[role="dialog"][aria-modal="true"]');
  const dialog = dialogs.item(dialogs.length - 1) as Element | null;
  if (!dialog) return document.querySelector<HTMLFormElement>('form[data-saved-by-key]');
  // A question has no form to save: a habit must not confirm what can't be undone.
  return dialog.querySelector<HTMLFormElement>('form:has(input, textarea)');
}

/** Ctrl+S saves the form that is in front, a dialog's before the screen's; the browser's own Save never opens. */
export function useSaveKey(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== 's' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      formToSave()?.requestSubmit();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
