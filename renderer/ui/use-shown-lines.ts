import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';
import { usePageRows, usePrinting } from './use-page-rows.ts';

/** Up to here all lines are drawn: the browser finds text in them, and nothing is measured. */
const plainLines = 60;
/** Pixels: a line without an error below it. */
const lineHeight = 35;

export interface ShownLines {
  /** `top` is in pixels from the first line; null where lines simply follow each other. */
  rows: readonly { index: number; top: number | null }[];
  /** Pixels of all lines together; undefined where they simply follow each other. */
  height: number | undefined;
  measure: (row: HTMLElement | null) => void;
  /** Scrolls to a line, so that it is drawn. */
  bring: (index: number) => void;
}

/**
 * Which lines of a grid are drawn: all of a short one; of a long one those in sight, some around them, and those that
 * must be `kept` with their neighbours (the one with the focus, so that it isn't lost by scrolling).
 */
export function useShownLines({
  body,
  count,
  keyOf,
  kept,
}: {
  body: RefObject<HTMLElement | null>;
  count: number;
  keyOf: (index: number) => string | number;
  kept: readonly (number | null)[];
}): ShownLines {
  // A grid that has once grown long stays as it is: the line being typed must not be drawn again when there is one
  // less.
  const [long, setLong] = useState(count > plainLines);
  if (!long && count > plainLines) setLong(true);
  const page = usePageRows(body, long);
  // Before the first paint it isn't known what scrolls: thousands of lines would be drawn for nothing.
  const [placed, setPlaced] = useState(false);
  useLayoutEffect(() => {
    setPlaced(true);
  }, []);
  const printing = usePrinting();
  const windowed = long && page.scroller !== null && !printing;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by the compiler
  const virtualizer = useVirtualizer({
    count,
    enabled: windowed,
    getScrollElement: () => page.scroller ?? null,
    scrollMargin: page.margin,
    scrollPaddingStart: lineHeight,
    scrollPaddingEnd: 3 * lineHeight,
    estimateSize: () => lineHeight,
    getItemKey: keyOf,
    overscan: 12,
    rangeExtractor: (range) => {
      const shown = new Set(defaultRangeExtractor(range));
      for (const line of kept) {
        if (line === null) continue;
        for (const index of [line - 1, line, line + 1]) if (index >= 0 && index < count) shown.add(index);
      }
      return [...shown].sort((one, other) => one - other);
    },
  });
  const { measureElement, scrollToIndex } = virtualizer;
  const measure = useCallback(
    (row: HTMLElement | null) => {
      measureElement(row);
    },
    [measureElement],
  );
  if (!windowed) {
    return {
      rows: Array.from({ length: placed ? count : Math.min(count, plainLines) }, (_, index) => ({
        index,
        top: null,
      })),
      height: undefined,
      measure,
      bring: () => undefined,
    };
  }
  return {
    rows: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start - page.margin })),
    height: virtualizer.getTotalSize(),
    measure,
    bring: (index) => {
      scrollToIndex(index);
    },
  };
}
