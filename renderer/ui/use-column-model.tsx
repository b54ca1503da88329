import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { trackOf } from './fitting-columns.ts';
import type { DataColumn } from './table-types.ts';

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  columnMeta: metaHelper<{ width: string; end: boolean; words: string; sortBy: string | undefined }>(),
});

/** The library's model of a table's columns and rows; rows come sorted, and `visibility` says which columns are shown. */
export function useColumnModel<Row extends object>({
  columns,
  rows,
  rowId,
  visibility,
}: {
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  visibility: Readonly<Record<string, boolean>>;
}) {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.display({
        id: column.id,
        header: column.headHidden ? () => <VisuallyHidden>{column.header}</VisuallyHidden> : column.header,
        enableHiding: column.fixed !== true,
        meta: {
          width: trackOf(column),
          end: column.align === 'end',
          words: column.headHidden ? '' : column.header,
          sortBy: column.sortBy,
        },
      }),
    );
  }, [columns]);
  return useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state: { columnVisibility: visibility },
  });
}
