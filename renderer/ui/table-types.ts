import type { ReactNode } from 'react';

export interface DataColumn<Row> {
  id: string;
  header: string;
  /** The head is heard, not seen: a column of buttons, or of units beside their figures. */
  headHidden?: boolean;
  cell: (row: Row) => ReactNode;
  /** The list's own name for this sort; without it the header can't be clicked. */
  sortBy?: string;
  /** Figures stand at the end of their column. */
  align?: 'start' | 'end';
  /** A CSS grid track: `minmax(160px, 2fr)`, `120px`. Default `minmax(110px, 1fr)`. */
  width?: string;
  /** Not shown until it is chosen. */
  hidden?: boolean;
  /** Always shown (the key column). */
  fixed?: boolean;
}

export interface TableSort {
  by: string;
  direction: 'asc' | 'desc';
}

/** The rows that a panel beside a table is about. */
export interface SeenRows<Row> {
  /** The row under the keyboard, or the one last pressed. */
  active: Row | null;
  /** Those marked, in their order. */
  marked: readonly Row[];
  unmark: () => void;
  /** Goes one row down; null on the last one. */
  next: (() => void) | null;
  /** Gives the focus back to the table. */
  focus: () => void;
}
