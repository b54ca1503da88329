import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { PurchaseOrderRow } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { newPath, paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { NextToApprove } from '../purchase-orders/NextToApprove.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Money } from '../../ui/Figures.tsx';
import type { EmptyWords } from '../../ui/States.tsx';
import { numberColumn, partyColumn } from './order-columns.tsx';
import { OrdersToDo, shownOrders } from './OrdersToDo.tsx';

const columns: readonly DataColumn<PurchaseOrderRow>[] = [
  numberColumn((row) => row.poNumber, paths.purchaseOrder),
  partyColumn(t`Vendor`, (row) => row.vendorName),
  {
    id: 'total',
    header: t`Total`,
    align: 'end',
    width: 'minmax(96px, 1.2fr)',
    cell: (row) => <Money value={row.total} />,
  },
  {
    id: 'since',
    header: t`Changed`,
    width: 'minmax(64px, 1.2fr)',
    cell: (row) => <Ago at={row.updatedAt} />,
  },
];

/** The purchase orders of one state that wait for the reader, the longest waiting first. */
function PurchaseOrdersOf(props: {
  status: 'draft' | 'pending_approval';
  title: string;
  count?: number | null;
  empty: EmptyWords;
}) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.purchaseOrders.list.queryOptions({
      filter: { status: [props.status] },
      sort: { by: 'updatedAt', direction: 'asc' },
      limit: shownOrders,
    }),
  );
  return (
    <OrdersToDo
      title={props.title}
      count={props.count ?? null}
      beside={props.status === 'pending_approval' ? <NextToApprove /> : null}
      all={`${paths.purchaseOrders}?status=${props.status}&sort=updatedAt`}
      columns={columns}
      query={query}
      path={paths.purchaseOrder}
      empty={props.empty}
    />
  );
}

/** What an approver decides. */
export function ToApprove({ count }: { count: number | null }) {
  return (
    <PurchaseOrdersOf
      status="pending_approval"
      title={t`To approve`}
      count={count}
      empty={{
        title: t`Nothing waits for a decision`,
        text: t`Orders over the approval threshold show here.`,
      }}
    />
  );
}

/** What a buyer has begun. */
export function PurchaseDrafts() {
  return (
    <PurchaseOrdersOf
      status="draft"
      title={t`Drafts to submit`}
      empty={{
        title: t`No purchase order is a draft`,
        text: t`What you begin or get sent back shows here.`,
        action: (
          <LinkButton
            variant="default"
            to={newPath(paths.purchaseOrders)}
          >{t`New purchase order`}</LinkButton>
        ),
      }}
    />
  );
}
