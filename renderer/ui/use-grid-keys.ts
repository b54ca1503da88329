import { useState, type KeyboardEvent } from 'react';

interface GridKeys {
  /** Index of the row the keyboard is on. */
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * Walking a table by keyboard. The focus stays on the grid, so that a row scrolled out of the page can't lose it; → steps
 * into what can be pressed in the row, ← and Escape come back.
 */
export function useGridKeys({
  count,
  pageSize,
  onMove,
  onOpen,
  onToggle,
  pressablesOf,
}: {
  count: number;
  pageSize: number;
  onMove: (index: number) => void;
  onOpen: (index: number) => void;
  onToggle: (index: number) => void;
  /** The links and buttons of a row, in their order. */
  pressablesOf: (index: number) => HTMLElement[];
}): GridKeys {
  const [position, setPosition] = useState(0);
  const active = Math.min(position, Math.max(0, count - 1));

  function move(to: number) {
    const index = Math.max(0, Math.min(count - 1, to));
    setPosition(index);
    onMove(index);
  }

  function stepWithin(event: KeyboardEvent<HTMLElement>) {
    const pressables = pressablesOf(active);
    const at = pressables.indexOf(event.target as HTMLElement);
    // What opens above the table is not part of it, though its key events arrive here.
    if (at < 0) return;
    if (event.key === 'ArrowRight') pressables[at + 1]?.focus();
    else if (event.key === 'Escape' || (event.key === 'ArrowLeft' && at === 0)) event.currentTarget.focus();
    else if (event.key === 'ArrowLeft') pressables[at - 1]?.focus();
    else return;
    event.preventDefault();
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== event.currentTarget) {
      stepWithin(event);
      return;
    }
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
    else if (event.key === 'ArrowRight' && pressablesOf(active).length > 0) pressablesOf(active)[0]?.focus();
    else return;
    event.preventDefault();
  }

  return { active, setActive: setPosition, onKeyDown };
}
