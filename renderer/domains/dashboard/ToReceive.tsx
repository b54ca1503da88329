import type { OrderToReceive as Row } from '../../../server/domains/reports/reports.contract.ts';
import { paths } from '../../lib/paths.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatDay } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/States.tsx';
import classes from './dashboard.module.css';
import { useAppHistory } from '../../ui/use-app-history.ts';

const columns: readonly DataColumn<Row>[] = [
  {
    id: 'number',
    header: 'Order',
    width: '136px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.purchaseOrder(row.id)} tabIndex={-1}>
        <Code>{row.poNumber}</Code>
      </AppLink>
    ),
  },
  { id: 'vendor', header: 'Vendor', width: 'minmax(120px, 2fr)', cell: (row) => row.vendorName },
  {
    id: 'expected',
    header: 'Expected',
    width: '150px',
    cell: (row) => (
      <span className={row.overdue ? classes.late : undefined}>
        {formatDay(row.expectedDate)}
        {row.overdue ? ' · late' : ''}
      </span>
    ),
  },
];

/** The next deliveries, the late ones first. */
export function ToReceive({ orders }: { orders: readonly Row[] }) {
  const history = useAppHistory();
  return (
    <Section
      title="To receive"
      actions={
        <AppLink
          to={`${paths.purchaseOrders}?status=confirmed&status=partially_delivered&sort=expectedDate`}
          className={classes.more ?? ''}
        >
          All of them
        </AppLink>
      }
      flush
    >
      <DataTable
        inline
        label="To receive"
        columns={columns}
        rows={orders}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.purchaseOrder(row.id));
        }}
        empty={
          <EmptyState title="Nothing is on its way">
            Confirmed purchase orders show here until they are received.
          </EmptyState>
        }
      />
    </Section>
  );
}
