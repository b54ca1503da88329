import type { LineColumn } from '../ui/LineGrid.tsx';

/** The figure that is typed where goods are counted; `width` is of CSS. */
export function countedColumn<Row extends { quantity: string }>(
  header: string,
  width: string,
): LineColumn<Row> {
  return {
    id: 'quantity',
    header,
    width,
    align: 'end',
    input: {
      kind: 'decimal',
      places: 3,
      placeholder: '0',
      value: (row) => row.quantity,
      set: (row, quantity) => ({ ...row, quantity }),
    },
  };
}
