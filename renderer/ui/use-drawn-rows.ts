import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';
import { usePageRows, usePrinting } from './use-page-rows.ts';

/** Pixels; the same as `--qm-row`. Rows never wrap, so nothing has to be measured. */
const rowHeight = 32;
/** Pixels of a card before it is measured. */
const cardHeight = 128;

/**
 * Which of many rows are drawn: those in sight and a few around them. All of them where `whole` says so, and on paper. More
 * are fetched by `more` before the last one is reached.
 */
export function useDrawnRows({
  count,
  scroller,
  body,
  inline,
  cards,
  whole,
  more: { hasMore, loadingMore, onMore, problem },
}: {
  count: number;
  scroller: RefObject<HTMLDivElement | null>;
  body: RefObject<HTMLDivElement | null>;
  inline: boolean;
  cards: boolean;
  whole: boolean;
  more: {
    hasMore?: boolean | undefined;
    loadingMore?: boolean | undefined;
    onMore?: (() => void) | undefined;
    problem?: object | undefined;
  };
}) {
  const page = usePageRows(body, inline);
  const printing = usePrinting();
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count,
    // A table of a record is as high as all of its rows: taken for the scroller it would draw every one of them.
    getScrollElement: () => (page.scroller === undefined ? null : (page.scroller ?? scroller.current)),
    scrollMargin: page.margin,
    // The head stays above the rows.
    scrollPaddingStart: inline ? rowHeight : 0,
    estimateSize: () => (cards ? cardHeight : rowHeight),
    overscan: whole || printing ? count : 12,
    // jsdom and the first paint know no size; a screenful is drawn then.
    initialRect: { width: 1024, height: 640 },
  });
  useEffect(() => {
    virtualizer.measure();
    // Rows of another shape have other heights; the virtualizer itself stays the same one.
  }, [cards, virtualizer]);
  const items = virtualizer.getVirtualItems();

  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && !problem && lastSeen >= count - 25) onMore?.();
  }, [hasMore, loadingMore, problem, lastSeen, count, onMore]);

  return {
    virtualizer,
    items,
    /** Rows that a press of Page Down goes on by. */
    perPage: () =>
      Math.max(1, Math.floor(((page.scroller ?? scroller.current)?.clientHeight ?? 640) / rowHeight) - 2),
  };
}
