import { useEffect, type RefObject } from 'react';

/** Notices stand above a bar of buttons at the foot of the window: nobody presses by guessing where the button is. */
export function useNoticesAbove(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!bar.current || typeof ResizeObserver === 'undefined') return;
    const { style: root } = document.documentElement;
    const page = bar.current.closest<HTMLElement>('[data-page-scroll]');
    const observer = new ResizeObserver(([entry]) => {
      const height = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0);
      root.setProperty('--qm-form-bar', `${String(height)}px`);
      // Nor does the bar cover what takes the focus.
      if (page) page.style.scrollPaddingBottom = `${String(height + 12)}px`;
    });
    observer.observe(bar.current);
    return () => {
      observer.disconnect();
      page?.style.removeProperty('scroll-padding-bottom');
      root.removeProperty('--qm-form-bar');
    };
  }, [bar]);
}
