import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { SalesOrderRow } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { PartyOrders } from '../../documents/PartyOrders.tsx';
import { paymentStateWords, salesOrderStateWords } from '../sales-orders/sales-order-words.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { useTRPC } from '../../lib/services.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

const payment: DataColumn<SalesOrderRow> = {
  id: 'payment',
  header: t`Payment`,
  width: 'minmax(118px, 1fr)',
  cell: (row) => {
    const { label, tone } = paymentStateWords[row.paymentStatus];
    return <StatusBadge tone={tone}>{label}</StatusBadge>;
  },
};

/** The sales orders of the customer, the latest first. */
export function CustomerOrders({ customerId }: { customerId: string }) {
  const query = useInfiniteQuery(
    useTRPC().salesOrders.list.infiniteQueryOptions(
      { filter: { customerId }, sort: { by: 'orderDate', direction: 'desc' }, limit: 50 },
      listPaging,
    ),
  );
  return (
    <PartyOrders
      kind={salesOrderKind}
      party={{ customer: customerId }}
      name="customer-orders"
      words={{
        title: t`Sales orders`,
        label: t`Sales orders of this customer`,
        none: t`Nothing sold to them yet`,
        about: t`Every sales order of theirs shows here, with what is paid of it.`,
        first: t`New sales order`,
      }}
      states={salesOrderStateWords}
      numberOf={(row) => row.soNumber}
      due={{ header: t`Promised`, dayOf: (row) => row.promisedDate }}
      afterState={[payment]}
      rows={useListRows(query)}
    />
  );
}
