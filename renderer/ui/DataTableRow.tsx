import type { CSSProperties, MouseEvent, ReactNode, Ref } from 'react';
import classes from './DataTable.module.css';
import { MarkRow } from './DataTableMarks.tsx';

interface ShownCell {
  id: string;
  end: boolean;
  words: string;
  content: ReactNode;
}

/** One row of a table: its checkbox and its cells. */
export function DataTableRow({
  id,
  index,
  cells,
  mark,
  isActive,
  onActive,
  onOpen,
  style,
  measured,
}: {
  id: string;
  /** Counted from the first of all rows, whether or not it is drawn. */
  index: number;
  cells: readonly ShownCell[];
  mark: { isMarked: boolean; isShown: boolean; onToggle: () => void };
  /** Under the keyboard. */
  isActive: boolean;
  onActive: () => void;
  onOpen: (() => void) | undefined;
  style: CSSProperties;
  measured: Ref<HTMLDivElement> | undefined;
}) {
  return (
    <div
      id={id}
      ref={measured}
      data-index={index}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={mark.isMarked}
      className={classes.row}
      data-active={isActive || undefined}
      data-openable={onOpen ? true : undefined}
      style={style}
      onClick={onActive}
      onDoubleClick={onOpen}
    >
      {mark.isShown ? <MarkRow marked={mark.isMarked} onToggle={mark.onToggle} /> : null}
      {cells.map((cell) => (
        <span
          key={cell.id}
          role="gridcell"
          className={classes.cell}
          onMouseEnter={sayWhatIsCut}
          data-end={cell.end || undefined}
          data-label={cell.words}
        >
          {cell.content}
        </span>
      ))}
    </div>
  );
}

/** Pointing at a cell shows what doesn't fit into it. */
function sayWhatIsCut({ currentTarget: cell }: MouseEvent<HTMLElement>): void {
  if (cell.scrollWidth > cell.clientWidth + 1) cell.title = cell.textContent ?? '';
  else cell.removeAttribute('title');
}
