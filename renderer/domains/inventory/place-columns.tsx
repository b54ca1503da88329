import { t } from '@lingui/core/macro';
import { paths } from '../../lib/paths.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';

interface AtPlace {
  warehouse: { id: string; name: string };
  bin: { code: string };
}

/** Where goods lie, on the page of one record. */
export const placeColumns: readonly DataColumn<AtPlace>[] = [
  {
    id: 'warehouse',
    header: t`Warehouse`,
    width: 'minmax(140px, 2fr)',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.warehouse(row.warehouse.id)} tabIndex={-1}>
        {row.warehouse.name}
      </AppLink>
    ),
  },
  { id: 'bin', header: t`Bin`, width: 'minmax(90px, 1fr)', cell: (row) => <Code>{row.bin.code}</Code> },
];
