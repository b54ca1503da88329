import { useState, type KeyboardEvent } from 'react';

interface GridKeys {
  /** Index of the row the keyboard is on. */
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Walking a table by keyboard. The focus stays on the grid, so that a row scrolled out of the page can't lose it. */
export function useGridKeys({
  count,
  pageSize,
  onMove,
  onOpen,
  onToggle,
}: {
  count: number;
  pageSize: number;
  onMove: (index: number) => void;
  onOpen: (index: number) => void;
  onToggle: (index: number) => void;
}): GridKeys {
  const [position, setPosition] = useState(0);
  const active = Math.min(position, Math.max(0, count - 1));

  function move(to: number) {
    const index = Math.max(0, Math.min(count - 1, to));
    setPosition(index);
    onMove(index);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget || count === 0 || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + pageSize,
      PageUp: active - pageSize,
      Home: 0,
      End: count - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) move(target);
    else if (event.key === 'Enter') onOpen(active);
    else if (event.key === ' ') onToggle(active);
    else return;
    event.preventDefault();
  }

  return { active, setActive: setPosition, onKeyDown };
}
