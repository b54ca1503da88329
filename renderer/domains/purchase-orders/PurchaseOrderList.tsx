import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  purchaseOrderRowSchema,
  listPurchaseOrdersSchema,
  purchaseOrderSorts,
  purchaseOrderStatusSchema,
  type PurchaseOrderRow,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
import { listPaging, sortOf, useCountWish, useListRows } from '../../lib/list-state.ts';
import { OrderListPage } from '../../documents/OrderListPage.tsx';
import { PartyFilter } from '../../documents/PartyFilter.tsx';
import { useOrderFilters } from '../../documents/use-order-filters.ts';
import { useWarehouseOptions } from '../../documents/use-warehouse-options.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code, Money } from '../../ui/Figures.tsx';
import { formatCount, formatDay, today } from '../../ui/formats.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { isOverdue, purchaseOrderTabs } from './purchase-order-words.ts';
import classes from './purchase-orders.module.css';

const columns: readonly DataColumn<PurchaseOrderRow>[] = [
  {
    id: 'poNumber',
    header: t`Order`,
    sortBy: 'poNumber',
    fixed: true,
    width: '136px',
    cell: (row) => (
      <AppLink to={paths.purchaseOrder(row.id)} tabIndex={-1}>
        <Code>{row.poNumber}</Code>
      </AppLink>
    ),
  },
  {
    id: 'status',
    header: t`Status`,
    width: '130px',
    cell: (row) => {
      const { label, tone } = purchaseOrderStateWords[row.status];
      return <StatusBadge tone={tone}>{label}</StatusBadge>;
    },
  },
  {
    id: 'vendorName',
    header: t`Vendor`,
    sortBy: 'vendorName',
    width: 'minmax(160px, 2.4fr)',
    cell: (row) => row.vendorName,
  },
  { id: 'warehouse', header: t`Ship to`, width: '72px', cell: (row) => <Code>{row.warehouseCode}</Code> },
  {
    id: 'orderDate',
    header: t`Ordered`,
    sortBy: 'orderDate',
    width: '112px',
    cell: (row) => formatDay(row.orderDate),
  },
  {
    id: 'expectedDate',
    header: t`Expected`,
    sortBy: 'expectedDate',
    width: '144px',
    cell: (row) => (
      <span className={isOverdue(row, today()) ? classes.overdue : undefined}>
        {formatDay(row.expectedDate)}
        {isOverdue(row, today()) ? t` · late` : ''}
      </span>
    ),
  },
  { id: 'lines', header: t`Lines`, align: 'end', width: '58px', cell: (row) => formatCount(row.lineCount) },
  {
    id: 'total',
    header: t`Total`,
    sortBy: 'total',
    align: 'end',
    width: '132px',
    cell: (row) => <Money value={row.total} />,
  },
  {
    id: 'updatedAt',
    header: t`Changed`,
    sortBy: 'updatedAt',
    width: '120px',
    hidden: true,
    cell: (row) => <Ago at={row.updatedAt} />,
  },
];

export function PurchaseOrderList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const filters = useOrderFilters(purchaseOrderStatusSchema, 'vendorId');
  const { list, partyId } = filters;
  const count = useCountWish();
  const sources = useRecordSources();
  const warehouses = useWarehouseOptions();
  const vendor = useQuery(
    trpc.vendors.get.queryOptions(
      { id: partyId ?? '' },
      { enabled: partyId !== undefined && ability.can(vendorKind.readWith), staleTime: 60_000 },
    ),
  );
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
      columns={seenColumns(columns, purchaseOrderRowSchema, ability)}
      rows={rows}
      onCount={count.onCount}
    />
  );
}
