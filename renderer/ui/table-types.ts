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
