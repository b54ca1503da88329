import { useEffect } from 'react';

/** Milliseconds that a screen, a dialog or a menu has to place the focus itself. */
const patience = 120;
/** How many earlier places of the focus are remembered: Tab walks through a dialog, and its opener is further back. */
const longest = 200;

function canTake(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    !element.matches(':disabled') &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

const topDialog = () =>
  [...document.querySelectorAll<HTMLElement>('[role="dialog"][aria-modal="true"]')].at(-1);

/**
 * The focus is never lost to the page. Its element may vanish (a button whose command was done, a dialog, the sign-in)
 * or be disabled while it works: then the focus returns to its previous place in the same dialog or on the same
 * screen, else to the dialog, else to the title of the screen. A click on empty space drops it on purpose.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let came: HTMLElement[] = [];
    let screen = location.pathname;
    let letGo = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function onFocus({ target }: FocusEvent) {
      letGo = false;
      if (!(target instanceof HTMLElement)) return;
      if (screen !== location.pathname) came = [];
      screen = location.pathname;
      came = [...came.filter((one) => one !== target && one.isConnected), target].slice(-longest);
    }
    const onPress = () => {
      letGo = true;
    };
    const onKey = () => {
      letGo = false;
    };

    function restore() {
      timer = undefined;
      if (document.activeElement !== document.body || letGo) return;
      const last = came.at(-1);
      // A button that works on its command comes back by itself; before the first focus there is nowhere to go back to.
      if (!last || (last.isConnected && last.matches(':disabled'))) return;
      const dialog = topDialog();
      const here = dialog ?? document.querySelector<HTMLElement>('main');
      const before =
        screen === location.pathname
          ? came.findLast((one) => here?.contains(one) && canTake(one))
          : undefined;
      const title =
        dialog ??
        document.querySelector<HTMLElement>('[data-page-title]') ??
        here?.querySelector<HTMLElement>('input, button');
      (before ?? title)?.focus({ preventScroll: before === undefined });
    }

    const observer = new MutationObserver(() => {
      if (document.activeElement === document.body && came.length > 0)
        timer ??= setTimeout(restore, patience);
    });
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled', 'data-loading'],
    });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress, { capture: true });
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPress, { capture: true });
      document.removeEventListener('keydown', onKey, { capture: true });
    };
  }, []);
}
