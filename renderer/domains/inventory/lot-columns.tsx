import { t } from '@lingui/core/macro';
import type { LotRow } from '../../../server/domains/inventory/lots.contract.ts';
import { paths } from '../../lib/paths.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Code, Quantity } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import { formatDay, formatInstant } from '../../ui/moments.ts';
import { LotStatus } from './LotStatus.tsx';

const number: DataColumn<LotRow> = {
  id: 'number',
  header: t`Lot`,
  sortBy: 'number',
  fixed: true,
  width: 'minmax(110px, 1fr)',
  cell: (row) => (
    <AppLink to={paths.lot(row.id)} tabIndex={-1}>
      <Code>{row.number}</Code>
    </AppLink>
  ),
};

const known: readonly DataColumn<LotRow>[] = [
  {
    id: 'expiresOn',
    header: t`Expires`,
    sortBy: 'expiresOn',
    width: '116px',
    cell: (row) => formatDay(row.expiresOn),
  },
  { id: 'status', header: t`Status`, width: '128px', cell: (row) => <LotStatus lot={row} /> },
  {
    id: 'onHand',
    header: t`On hand`,
    align: 'end',
    width: '104px',
    cell: (row) => <Quantity value={row.onHand} unit={row.product.unit} />,
  },
  {
    id: 'statusReason',
    header: t`Reason`,
    width: 'minmax(120px, 2fr)',
    cell: (row) => row.statusReason ?? nothing,
  },
  { id: 'madeOn', header: t`Made on`, hidden: true, width: '116px', cell: (row) => formatDay(row.madeOn) },
  {
    id: 'vendorLot',
    header: t`Vendor’s lot`,
    hidden: true,
    width: '116px',
    cell: (row) => <Code>{row.vendorLot ?? nothing}</Code>,
  },
];

/** The lots of one product. */
export const lotsOfProductColumns: readonly DataColumn<LotRow>[] = [
  number,
  ...known.map(({ sortBy: _unsorted, ...column }) => column),
];

/** The lots of all products. */
export const lotColumns: readonly DataColumn<LotRow>[] = [
  number,
  {
    id: 'sku',
    header: 'SKU',
    width: '96px',
    cell: (row) => (
      <AppLink to={paths.product(row.product.id)} tabIndex={-1}>
        <Code>{row.product.sku}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Product`, width: 'minmax(140px, 3fr)', cell: (row) => row.product.name },
  ...known,
  {
    id: 'createdAt',
    header: t`Added`,
    sortBy: 'createdAt',
    hidden: true,
    width: '136px',
    cell: (row) => formatInstant(row.createdAt),
  },
];
