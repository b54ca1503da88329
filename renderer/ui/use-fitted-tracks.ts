import { useLayoutEffect, useState, type RefObject } from 'react';

/** Pixels of a cell beside its words. */
const padding = 16;
/** More than a window shows. */
const measuredRows = 100;

/**
 * Column widths that cut nothing while other columns have room: the width that a column lacks comes, in proportion,
 * from those with width to spare. All in pixels, and in the columns' order.
 */
export function fittedWidths(have: readonly number[], need: readonly number[]): number[] | null {
  const lacking = have.map((width, at) => Math.max(0, (need[at] ?? 0) - width));
  const spare = have.map((width, at) => Math.max(0, width - (need[at] ?? 0)));
  const sum = (widths: readonly number[]) => widths.reduce((all, width) => all + width, 0);
  const moved = Math.min(sum(lacking), sum(spare));
  if (moved < 1) return null;
  const given = moved / sum(lacking);
  const taken = moved / sum(spare);
  return have.map((width, at) => width + (lacking[at] ?? 0) * given - (spare[at] ?? 0) * taken);
}

/**
 * The grid tracks of a table: as described, until something in the first rows is cut. `rows` changes with another
 * filter or order, not by scrolling.
 */
export function useFittedTracks(
  head: RefObject<HTMLElement | null>,
  body: RefObject<HTMLElement | null>,
  described: string,
  { room, rows }: { room: number | null; rows: string },
): string {
  const drawn = `${described} ${String(room)} ${rows}`;
  const [fitted, setFitted] = useState<{ drawn: string; tracks: string } | null>(null);
  useLayoutEffect(() => {
    const fit = () => {
      const heads = [...(head.current?.querySelector('[role=row]')?.children ?? [])];
      const have = heads.map((cell) => cell.getBoundingClientRect().width);
      // Not laid out: stacked, or drawn without a window.
      if (room === null || have.every((width) => width === 0)) return;
      const neededBy = ruler();
      const need = heads.map((cell) => neededBy(cell));
      for (const row of [...(body.current?.children ?? [])].slice(0, measuredRows))
        for (const [at, cell] of [...row.children].entries())
          need[at] = Math.max(need[at] ?? 0, neededBy(cell));
      const widths = fittedWidths(have, need);
      if (widths)
        setFitted({
          drawn,
          tracks: widths.map((width) => `minmax(0, ${width.toFixed(1)}fr)`).join(' '),
        });
    };
    // Measured once for what is drawn: its own answer is no reason to measure again.
    fit();
  }, [drawn, room, head, body]);
  return fitted?.drawn === drawn ? fitted.tracks : described;
}

/**
 * Tells how wide a cell would have to be to show all of its words. One range serves all cells: the browser updates
 * every range with every later change of the page.
 */
function ruler(): (cell: Element) => number {
  const contents = document.createRange();
  return (cell) => {
    contents.selectNodeContents(cell);
    return Math.ceil(contents.getBoundingClientRect().width) + padding;
  };
}
