import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  listPurchaseOrdersSchema,
  purchaseOrderRowSchema,
  purchaseOrderSorts,
  purchaseOrderStatusSchema,
  type PurchaseOrderRow,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { listPaging, sortOf, useCountWish, useListRows } from '../../lib/list-state.ts';
import { orderColumns } from '../../documents/order-columns.tsx';
import { OrderListPage } from '../../documents/OrderListPage.tsx';
import { PartyFilter } from '../../documents/PartyFilter.tsx';
import { useOrderFilters } from '../../documents/use-order-filters.ts';
import { useWarehouseChoices } from '../../documents/use-warehouse-options.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { seenColumns } from '../../lib/seen-columns.ts';
import { useTRPC } from '../../lib/services.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import { purchaseOrderStateWords, isOverdue, purchaseOrderTabs } from './purchase-order-words.ts';
import { ToDecide } from './ToDecide.tsx';

const columns = orderColumns<PurchaseOrderRow>({
  kind: purchaseOrderKind,
  number: 'poNumber',
  states: purchaseOrderStateWords,
  party: { header: t`Vendor`, field: 'vendorName' },
  warehouse: t`Ship to`,
  due: { header: t`Expected`, field: 'expectedDate', isLate: (row) => isOverdue(row, today()) },
  lines: { width: '58px' },
  widths: {
    number: '136px',
    status: '130px',
    party: 'minmax(160px, 2.4fr)',
    warehouse: '72px',
    orderDate: '112px',
    due: '144px',
    total: '132px',
  },
});

/** To decide, all are in one state, and what they come to matters more than their days. */
const decidedBy = ['poNumber', 'vendorName', 'total', 'expectedDate', 'orderDate', 'lines'];
const columnsToDecide = columns
  .filter(({ id }) => decidedBy.includes(id))
  .sort((one, other) => decidedBy.indexOf(one.id) - decidedBy.indexOf(other.id));

export function PurchaseOrderList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const filters = useOrderFilters(purchaseOrderStatusSchema, 'vendorId');
  const { list, partyId } = filters;
  const count = useCountWish();
  const sources = useRecordSources();
  const warehouses = useWarehouseChoices();
  const vendor = useQuery(
    trpc.vendors.get.queryOptions(
      { id: partyId ?? '' },
      { enabled: partyId !== undefined && ability.can(vendorKind.readWith), staleTime: 60_000 },
    ),
  );
  // An approver among the orders that wait for a decision has it at hand.
  const [status, ...others] = filters.status;
  const decides =
    status === 'pending_approval' &&
    others.length === 0 &&
    ability.can(purchaseOrderKind.commands.approve.permission);
  const input = listPurchaseOrdersSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...filters.filter,
      ...(partyId ? { vendorId: partyId } : {}),
    },
    sort: sortOf(list.sort, purchaseOrderSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(
    useInfiniteQuery(trpc.purchaseOrders.list.infiniteQueryOptions(input, listPaging)),
  );
  return (
    <OrderListPage
      kind={purchaseOrderKind}
      words={{
        title: t`Purchase orders`,
        create: t`New purchase order`,
        searchHint: t`Number, vendor or their reference`,
        none: t`No purchase orders yet`,
        about: t`An order tells a vendor what to send. Receiving against it brings the goods into stock at their cost.`,
      }}
      filters={filters}
      tabs={purchaseOrderTabs}
      fields={[{ id: 'warehouseId', label: t`Ship to`, kind: 'one', options: warehouses, width: 130 }]}
      party={
        ability.can(vendorKind.readWith) ? (
          <PartyFilter
            label={t`Vendor`}
            source={sources.vendors}
            value={partyId}
            valueLabel={vendor.data?.name}
            onChange={(id) => {
              list.bar.onFilter('vendorId', id);
            }}
          />
        ) : null
      }
      columns={seenColumns(decides ? columnsToDecide : columns, purchaseOrderRowSchema, ability)}
      rows={rows}
      onCount={count.onCount}
      panel={decides ? (seen) => <ToDecide seen={seen} /> : undefined}
    />
  );
}
