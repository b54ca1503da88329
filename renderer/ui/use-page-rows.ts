import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** Where the rows of a table stand in the page that scrolls them. */
export interface PageRows {
  /** The page's own scroller; null outside of a page, undefined before it was looked for. */
  scroller: HTMLElement | null | undefined;
  /** Pixels between the page's top and the first row. */
  margin: number;
}

/**
 * Finds the scroller of the page that a table is a part of, and keeps the distance up to date while the page changes
 * above it.
 */
export function usePageRows(rows: RefObject<HTMLElement | null>, inline: boolean): PageRows {
  const [place, setPlace] = useState<PageRows>({ scroller: inline ? undefined : null, margin: 0 });
  useLayoutEffect(() => {
    const element = rows.current;
    if (!inline) return;
    const scroller = element?.closest<HTMLElement>('[data-page-scroll]') ?? null;
    const look = () => {
      if (!element || !scroller) {
        setPlace((before) => (before.scroller === null ? before : { scroller: null, margin: 0 }));
        return;
      }
      const margin = Math.round(
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      );
      setPlace((before) =>
        before.scroller === scroller && before.margin === margin ? before : { scroller, margin },
      );
    };
    look();
    if (!scroller) return;
    const observer = new ResizeObserver(look);
    for (const part of scroller.children) observer.observe(part);
    return () => {
      observer.disconnect();
    };
  }, [rows, inline]);
  return place;
}

/** True while the page is being printed: paper has no scrollbar, so every row must be there. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const set = (value: boolean) => () => {
      flushSync(() => {
        setPrinting(value);
      });
    };
    const [before, after] = [set(true), set(false)];
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}
