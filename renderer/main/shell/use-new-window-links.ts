import { useEffect } from 'react';
import { desktop } from '../../lib/desktop.ts';

/** On the desktop, Ctrl+click and the middle button on a link open a window of the app. Browsers do it by themselves. */
export function useNewWindowLinks(): void {
  useEffect(() => {
    const bridge = desktop;
    if (!bridge) return;
    function open(event: MouseEvent) {
      const wanted =
        event.button === 1 || (event.button === 0 && (event.ctrlKey || event.metaKey || event.shiftKey));
      if (!wanted || !(event.target instanceof Element)) return;
      const link = event.target.closest<HTMLAnchorElement>('a[href]');
      if (!link || link.origin !== window.location.origin) return;
      event.preventDefault();
      void bridge?.windows.openInNewWindow(`${link.pathname}${link.search}`);
    }
    document.addEventListener('click', open, true);
    document.addEventListener('auxclick', open, true);
    return () => {
      document.removeEventListener('click', open, true);
      document.removeEventListener('auxclick', open, true);
    };
  }, []);
}
