import {
  useEffect,
  useRef,
  useState,
  type ClipboardEvent as ReactClipboardEvent,
  type RefObject,
} from 'react';

/** Where in the lines the cursor is. */
export interface CellPlace {
  line: number;
  column: string;
}

/** How a grid of lines pastes and copies blocks of a spreadsheet. */
export interface LineClipboard<Line> {
  /** Takes a text pasted at a cell, or at no cell at all; false leaves it to the field. */
  paste: (text: string, at: CellPlace | null) => boolean;
  /** Undoes the last block if nothing has changed since, and gives its line; else null. */
  undo: () => number | null;
  /** Lines as text for a spreadsheet. */
  textOf: (lines: readonly Line[]) => string;
}

function placeOf(target: EventTarget | null): CellPlace | null {
  if (!(target instanceof HTMLElement)) return null;
  const { line, column } = target.dataset;
  return line === undefined || column === undefined ? null : { line: Number(line), column };
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** Blocks in and out of a grid of lines, and which lines are marked for a copy (with none, all are copied). */
export function useLineClipboard<Line>({
  grid,
  clipboard,
  lines,
  lineId,
}: {
  grid: RefObject<HTMLElement | null>;
  clipboard: LineClipboard<Line> | undefined;
  lines: readonly Line[];
  lineId: (line: Line) => string;
}) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [from, setFrom] = useState<number | null>(null);
  const shown = marked.size === 0 ? [] : lines.filter((line) => marked.has(lineId(line)));

  const pasting = useRef(clipboard);
  useEffect(() => {
    pasting.current = clipboard;
  });
  // A block pasted outside of a field is meant for the lines: it could go nowhere else.
  const takes = clipboard !== undefined;
  useEffect(() => {
    if (!takes) return;
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isField(event.target) || !grid.current) return;
      const dialog = [...document.querySelectorAll('[role="dialog"]')].at(-1);
      if (dialog && !dialog.contains(grid.current)) return;
      if (pasting.current?.paste(event.clipboardData?.getData('text/plain') ?? '', null))
        event.preventDefault();
    };
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('paste', onPaste);
    };
  }, [takes, grid]);

  return {
    /** The lines that are marked, in their order. */
    marked: shown,
    isMarked: (line: Line) => marked.has(lineId(line)),
    /** Marks or unmarks a line; with `through` all lines from the last one marked. */
    mark: (index: number, through: boolean) => {
      const line = lines[index];
      if (!clipboard || !line) return;
      const next = new Set(shown.map(lineId));
      if (through && from !== null) {
        for (const one of lines.slice(Math.min(from, index), Math.max(from, index) + 1))
          next.add(lineId(one));
      } else if (!next.delete(lineId(line))) next.add(lineId(line));
      setFrom(index);
      setMarked(next);
    },
    clear: () => {
      setMarked(new Set());
    },
    text: () => clipboard?.textOf(shown.length === 0 ? lines : shown) ?? '',
    events: clipboard
      ? {
          onPaste: (event: ReactClipboardEvent<HTMLElement>) => {
            const text = event.clipboardData.getData('text/plain');
            if (clipboard.paste(text, placeOf(event.target))) event.preventDefault();
          },
          onCopy: (event: ReactClipboardEvent<HTMLElement>) => {
            if (shown.length === 0) return;
            event.clipboardData.setData('text/plain', clipboard.textOf(shown));
            event.preventDefault();
          },
        }
      : {},
  };
}
