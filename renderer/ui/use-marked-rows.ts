import { useState, type ClipboardEvent, type RefObject } from 'react';
import { copyText } from './copied-text.ts';

interface Marked {
  index: number;
  cells: readonly string[];
}

/** One line of a spreadsheet's text: what a cell shows has neither tabs nor line ends. */
const lineOf = (cells: readonly string[]) =>
  cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()).join('\t');

/**
 * Rows of a table that are marked by Space, and copied with the heads as text for a spreadsheet. A row's words are
 * taken as it is marked: it may be scrolled out of the page by the time of the copy.
 */
export function useMarkedRows(grid: RefObject<HTMLElement | null>, heads: readonly string[]) {
  const [marked, setMarked] = useState<ReadonlyMap<string, Marked>>(new Map());
  const cellsOf = (index: number) => {
    const row = grid.current?.querySelector(`[role="row"][data-index="${String(index)}"]`);
    const cells = [...(row?.querySelectorAll('[role="gridcell"]:not([data-mark])') ?? [])];
    return cells.map((cell) => cell.textContent);
  };
  const text = () =>
    [heads, ...[...marked.values()].sort((one, other) => one.index - other.index).map(({ cells }) => cells)]
      .map((cells) => `${lineOf(cells)}\r\n`)
      .join('');
  return {
    count: marked.size,
    isMarked: (id: string) => marked.has(id),
    toggle: (id: string, index: number) => {
      const next = new Map(marked);
      if (!next.delete(id)) next.set(id, { index, cells: cellsOf(index) });
      setMarked(next);
    },
    /** All rows, which are in the page, in their order. */
    markAll: (ids: readonly string[]) => {
      setMarked(new Map(ids.map((id, index) => [id, { index, cells: cellsOf(index) }])));
    },
    clear: () => {
      setMarked(new Map());
    },
    copy: () => copyText(text()),
    onCopy: (event: ClipboardEvent) => {
      if (marked.size === 0 || window.getSelection()?.isCollapsed === false) return;
      event.clipboardData.setData('text/plain', text());
      event.preventDefault();
    },
  };
}
