import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { SalesOrderRow } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { newPath, paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import type { EmptyWords } from '../../ui/States.tsx';
import { DueDay, numberColumn, partyColumn } from './order-columns.tsx';
import { OrdersToDo, shownOrders } from './OrdersToDo.tsx';

const columns: readonly DataColumn<SalesOrderRow>[] = [
  numberColumn((row) => row.soNumber, paths.salesOrder),
  partyColumn(t`Customer`, (row) => row.customerName),
  {
    id: 'promised',
    header: t`Promised`,
    width: 'minmax(104px, 1.4fr)',
    cell: ({ promisedDate }) => (
      <DueDay day={promisedDate} late={promisedDate !== null && promisedDate < today()} />
    ),
  },
];

/** The sales orders of some states that wait for the reader, the first promised first. */
function SalesOrdersOf(props: {
  status: ('draft' | 'confirmed' | 'partially_shipped')[];
  title: string;
  count?: number | null;
  empty: EmptyWords;
}) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.salesOrders.list.queryOptions({
      filter: { status: props.status },
      sort: { by: 'promisedDate', direction: 'asc' },
      limit: shownOrders,
    }),
  );
  const states = props.status.map((status) => `status=${status}`).join('&');
  return (
    <OrdersToDo
      title={props.title}
      count={props.count ?? null}
      all={`${paths.salesOrders}?${states}&sort=promisedDate`}
      columns={columns}
      query={query}
      path={paths.salesOrder}
      empty={props.empty}
    />
  );
}

/** What the warehouse sends. */
export function ToShip({ count }: { count: number | null }) {
  return (
    <SalesOrdersOf
      status={['confirmed', 'partially_shipped']}
      title={t`To ship`}
      count={count}
      empty={{
        title: t`Nothing waits to be shipped`,
        text: t`Confirmed sales orders show here until they are shipped.`,
      }}
    />
  );
}

/** What the sales desk has begun. */
export function SalesDrafts() {
  return (
    <SalesOrdersOf
      status={['draft']}
      title={t`Drafts to confirm`}
      empty={{
        title: t`No sales order is a draft`,
        text: t`What you begin shows here until it is confirmed.`,
        action: (
          <LinkButton variant="default" to={newPath(paths.salesOrders)}>{t`New sales order`}</LinkButton>
        ),
      }}
    />
  );
}
