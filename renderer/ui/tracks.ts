import { useCallback, useState, type RefCallback } from 'react';

/** Pixels that these grid tracks need at least: the sum of their own minima. */
export function leastWidth(template: string): number {
  const minima = template.replaceAll(/minmax\((\d+)px[^)]*\)/g, '$1px').matchAll(/(\d+)px/g);
  return [...minima].reduce((sum, [, pixels]) => sum + Number(pixels), 0);
}

/** How many pixels wide an element is, null as long as it isn't laid out; put the ref on it. */
export function useWidth(): [RefCallback<HTMLElement>, number | null] {
  const [width, setWidth] = useState<number | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element || typeof ResizeObserver === 'undefined') return;
    const look = () => {
      if (element.clientWidth > 0) setWidth(element.clientWidth);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => {
      observer.disconnect();
    };
  }, []);
  return [ref, width];
}

/** Whether an element is narrower than this many pixels; put the ref on it. */
export function useNarrowerThan(pixels: number): [RefCallback<HTMLElement>, boolean] {
  const [narrow, setNarrow] = useState(false);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (!element || typeof ResizeObserver === 'undefined') return;
      const look = () => {
        // Not laid out yet, or hidden: that says nothing.
        if (element.clientWidth > 0) setNarrow(element.clientWidth < pixels);
      };
      const observer = new ResizeObserver(look);
      observer.observe(element);
      look();
      return () => {
        observer.disconnect();
      };
    },
    [pixels],
  );
  return [ref, narrow];
}
