import { t } from '@lingui/core/macro';
import type { OrderToReceive as Row } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { paths } from '../../lib/paths.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Section } from '../../ui/Page.tsx';
import { AllOfThem } from './OrdersToDo.tsx';
import { DueDay, numberColumn, partyColumn } from './order-columns.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

const columns: readonly DataColumn<Row>[] = [
  numberColumn((row) => row.poNumber, paths.purchaseOrder),
  partyColumn(t`Vendor`, (row) => row.vendorName),
  {
    id: 'expected',
    header: t`Expected`,
    width: 'minmax(104px, 1.4fr)',
    cell: (row) => <DueDay day={row.expectedDate} late={row.overdue} />,
  },
];

/** The next deliveries, the late ones first. */
export function ToReceive({ orders, count }: { orders: readonly Row[]; count: number | null }) {
  const history = useAppHistory();
  return (
    <Section
      title={t`To receive`}
      actions={
        <AllOfThem
          to={`${paths.purchaseOrders}?status=confirmed&status=partially_delivered&sort=expectedDate`}
          count={count}
        />
      }
      flush
    >
      <DataTable
        inline
        name="to-receive"
        uncounted
        label={t`To receive`}
        columns={columns}
        rows={orders}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.purchaseOrder(row.id));
        }}
        empty={{
          title: t`Nothing is in transit`,
          text: t`Confirmed purchase orders show here until they are received.`,
        }}
      />
    </Section>
  );
}
