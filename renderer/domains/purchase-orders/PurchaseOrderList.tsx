import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import {
  listPurchaseOrdersSchema,
  purchaseOrderSorts,
  purchaseOrderStatusSchema,
  type PurchaseOrderRow,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { NewButton } from '../../lib/Buttons.tsx';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { PartyFilter } from '../../lib/orders/PartyFilter.tsx';
import { useWarehouseOptions } from '../../lib/orders/use-warehouse-options.ts';
import { newPath, paths } from '../../lib/paths.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { DayRange } from '../../ui/DayRange.tsx';
import { Ago, Code, Money } from '../../ui/Figures.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { formatCount, formatDay, today } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { StatusTabs } from '../../ui/StatusTabs.tsx';
import { isOverdue, purchaseOrderTabs } from './purchase-order-words.ts';
import classes from './purchase-orders.module.css';
import { useAppHistory } from '../../ui/use-app-history.ts';

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

const uuid = z.uuid();
const day = z.iso.date();

export function PurchaseOrderList() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const ability = useAbility();
  const list = useListState({ by: 'orderDate', direction: 'desc' });
  const count = useCountWish();
  const sources = useRecordSources();
  const warehouses = useWarehouseOptions();
  const status =
    list.many('status')?.flatMap((one) => purchaseOrderStatusSchema.safeParse(one).data ?? []) ?? [];
  const vendorId = uuid.safeParse(list.one('vendorId')).data;
  const warehouseId = uuid.safeParse(list.one('warehouseId')).data;
  const orderedFrom = day.safeParse(list.one('from')).data;
  const orderedTo = day.safeParse(list.one('to')).data;
  const productId = uuid.safeParse(list.one('productId')).data;
  const vendor = useQuery(
    trpc.vendors.get.queryOptions(
      { id: vendorId ?? '' },
      { enabled: vendorId !== undefined && ability.can('vendors:read'), staleTime: 60_000 },
    ),
  );

  const product = useQuery(
    trpc.products.get.queryOptions(
      { id: productId ?? '' },
      { enabled: productId !== undefined && ability.can('products:read'), staleTime: 60_000 },
    ),
  );

  const input = listPurchaseOrdersSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...(status.length > 0 ? { status } : {}),
      ...(vendorId ? { vendorId } : {}),
      ...(warehouseId ? { warehouseId } : {}),
      ...(productId ? { productId } : {}),
      ...(orderedFrom ? { orderedFrom } : {}),
      ...(orderedTo ? { orderedTo } : {}),
    },
    sort: sortOf(list.sort, purchaseOrderSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(
    useInfiniteQuery(trpc.purchaseOrders.list.infiniteQueryOptions(input, listPaging)),
  );
  const mayCreate = ability.can('purchase_orders:create');
  const shown = ability.can('costs:read') ? columns : columns.filter((column) => column.id !== 'total');

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Purchase orders`}
          actions={
            mayCreate ? (
              <NewButton to={newPath(paths.purchaseOrders)}>{t`New purchase order`}</NewButton>
            ) : null
          }
        />
      }
    >
      <StatusTabs
        label={t`Orders by status`}
        tabs={purchaseOrderTabs}
        value={status}
        onChange={(states) => {
          list.bar.onFilter('status', states.length === 0 ? undefined : states);
        }}
      />
      <FilterBar
        searchHint={t`Number, vendor or their reference`}
        {...list.bar}
        brought={productId ? [{ id: 'productId', label: product.data?.sku ?? t`One product` }] : []}
        filters={[{ id: 'warehouseId', label: t`Ship to`, kind: 'one', options: warehouses, width: 130 }]}
      >
        {ability.can('vendors:read') ? (
          <PartyFilter
            label={t`Vendor`}
            source={sources.vendors}
            value={vendorId}
            valueLabel={vendor.data?.name}
            onChange={(id) => {
              list.bar.onFilter('vendorId', id);
            }}
          />
        ) : null}
        <DayRange
          label={t`Ordered`}
          from={orderedFrom}
          to={orderedTo}
          onFrom={(value) => {
            list.bar.onFilter('from', value);
          }}
          onTo={(value) => {
            list.bar.onFilter('to', value);
          }}
        />
      </FilterBar>
      <DataTable
        label={t`Purchase orders`}
        columns={shown}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.purchaseOrder(row.id));
        }}
        {...list.table}
        {...rows}
        onCount={count.onCount}
        empty={
          list.narrowed ? (
            <EmptyState
              title={t`No order matches`}
            >{t`Choose another status, or clear the filters.`}</EmptyState>
          ) : (
            <EmptyState
              title={t`No purchase orders yet`}
              action={
                mayCreate ? (
                  <NewButton to={newPath(paths.purchaseOrders)}>{t`Write the first one`}</NewButton>
                ) : null
              }
            >{t`An order tells a vendor what to send. Receiving against it brings the goods into stock at their cost.`}</EmptyState>
          )
        }
      />
    </Page>
  );
}
