import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import { formatDay, nothing } from '../../ui/formats.ts';

/** Money that came in for the order. */
export function Payments({ order, currency }: { order: SalesOrder; currency: string }) {
  const columns: DataColumn<SalesOrder['payments'][number]>[] = [
    { id: 'paidOn', header: 'Paid on', width: '130px', fixed: true, cell: (row) => formatDay(row.paidOn) },
    {
      id: 'reference',
      header: 'Reference',
      width: 'minmax(130px, 2fr)',
      cell: (row) => (row.reference ? <Code>{row.reference}</Code> : nothing),
    },
    {
      id: 'by',
      header: 'Recorded by',
      width: 'minmax(110px, 1fr)',
      cell: (row) => row.recordedBy ?? nothing,
    },
    {
      id: 'amount',
      header: 'Amount',
      align: 'end',
      width: '140px',
      cell: (row) => <Money value={row.amount} currency={currency} />,
    },
  ];
  return (
    <DataTable inline label="Payments" columns={columns} rows={order.payments} rowId={(row) => row.id} />
  );
}
