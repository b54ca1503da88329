import { t } from '@lingui/core/macro';
import type { LowStockProduct as Row } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { paths } from '../../lib/paths.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Quantity } from '../../ui/Figures.tsx';
import { Section } from '../../ui/Page.tsx';
import { AllOfThem } from './OrdersToDo.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

const columns: readonly DataColumn<Row>[] = [
  {
    id: 'sku',
    header: 'SKU',
    width: 'minmax(88px, 1fr)',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.product(row.productId)} tabIndex={-1}>
        <Code>{row.sku}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Product`, width: 'minmax(80px, 2fr)', cell: (row) => row.name },
  {
    id: 'projected',
    header: t`Projected`,
    align: 'end',
    width: '84px',
    cell: (row) => <Quantity value={row.projected} />,
  },
  {
    id: 'level',
    header: t`Level`,
    align: 'end',
    width: '64px',
    cell: (row) => <Quantity value={row.reorderLevel} />,
  },
];

/** Products that will run out unless something is ordered. */
export function LowStock({ products, count }: { products: readonly Row[]; count: number | null }) {
  const history = useAppHistory();
  return (
    <Section
      title={t`Low stock`}
      actions={<AllOfThem to={`${paths.inventory}?belowReorderLevel=true`} count={count} />}
      flush
    >
      <DataTable
        inline
        name="low-stock"
        uncounted
        label={t`Low stock`}
        columns={columns}
        rows={products}
        rowId={(row) => row.productId}
        onOpen={(row) => {
          history.push(paths.product(row.productId));
        }}
        empty={{
          title: t`Nothing is running low`,
          text: t`Products that fall to their reorder level show here.`,
        }}
      />
    </Section>
  );
}
