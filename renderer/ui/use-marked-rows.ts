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
  const text = () =>
    [heads, ...[...marked.values()].sort((one, other) => one.index - other.index).map(({ cells }) => cells)]
      .map((cells) => `${lineOf(cells)}\r\n`)
      .join('');
  return {
    count: marked.size,
    isMarked: (id: string) => marked.has(id),
    toggle: (id: string, index: number) => {
      const next = new Map(marked);
      if (!next.delete(id)) {
        const row = grid.current?.querySelector(`[role="row"][data-index="${String(index)}"]`);
        const cells = [...(row?.querySelectorAll('[role="gridcell"]') ?? [])];
        next.set(id, { index, cells: cells.map((cell) => cell.textContent) });
      }
      setMarked(next);
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
