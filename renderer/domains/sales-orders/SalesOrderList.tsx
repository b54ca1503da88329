import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import {
  listSalesOrdersSchema,
  paymentStatuses,
  paymentStatusSchema,
  salesOrderSorts,
  salesOrderStatusSchema,
  type SalesOrderRow,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { NewButton } from '../../lib/Buttons.tsx';
import { paymentStateWords, salesOrderStateWords } from '../../lib/document-words.ts';
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
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { formatCount, formatDay, today } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { StatusTabs } from '../../ui/StatusTabs.tsx';
import { isLate, salesOrderTabs } from './sales-order-words.ts';
import classes from './sales-orders.module.css';
import { useAppHistory } from '../../ui/use-app-history.ts';

const columns: readonly DataColumn<SalesOrderRow>[] = [
  {
    id: 'soNumber',
    header: t`Order`,
    sortBy: 'soNumber',
    fixed: true,
    width: '134px',
    cell: (row) => (
      <AppLink to={paths.salesOrder(row.id)} tabIndex={-1}>
        <Code>{row.soNumber}</Code>
      </AppLink>
    ),
  },
  {
    id: 'status',
    header: t`Status`,
    width: '122px',
    cell: (row) => {
      const { label, tone } = salesOrderStateWords[row.status];
      return <StatusBadge tone={tone}>{label}</StatusBadge>;
    },
  },
  {
    id: 'customerName',
    header: t`Customer`,
    sortBy: 'customerName',
    width: 'minmax(138px, 2.4fr)',
    cell: (row) => row.customerName,
  },
  {
    id: 'backorder',
    header: t`Stock`,
    width: '98px',
    cell: (row) => (row.hasBackorder ? <StatusBadge tone="waiting">{t`Backorder`}</StatusBadge> : null),
  },
  { id: 'warehouse', header: t`From`, width: '60px', cell: (row) => <Code>{row.warehouseCode}</Code> },
  {
    id: 'orderDate',
    header: t`Ordered`,
    sortBy: 'orderDate',
    width: '108px',
    cell: (row) => formatDay(row.orderDate),
  },
  {
    id: 'promisedDate',
    header: t`Promised`,
    sortBy: 'promisedDate',
    width: '138px',
    cell: (row) => (
      <span className={isLate(row, today()) ? classes.late : undefined}>
        {formatDay(row.promisedDate)}
        {isLate(row, today()) ? t` · late` : ''}
      </span>
    ),
  },
  {
    id: 'lines',
    header: t`Lines`,
    hidden: true,
    align: 'end',
    width: '60px',
    cell: (row) => formatCount(row.lineCount),
  },
  {
    id: 'payment',
    header: t`Payment`,
    width: '106px',
    cell: (row) => {
      const { label, tone } = paymentStateWords[row.paymentStatus];
      return <StatusBadge tone={tone}>{label}</StatusBadge>;
    },
  },
  {
    id: 'total',
    header: t`Total`,
    sortBy: 'total',
    align: 'end',
    width: '120px',
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
const paymentOptions = paymentStatuses.map((value) => ({ value, label: paymentStateWords[value].label }));

export function SalesOrderList() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const ability = useAbility();
  const list = useListState({ by: 'orderDate', direction: 'desc' });
  const count = useCountWish();
  const sources = useRecordSources();
  const warehouses = useWarehouseOptions();
  const status =
    list.many('status')?.flatMap((one) => salesOrderStatusSchema.safeParse(one).data ?? []) ?? [];
  const paymentStatus =
    list.many('paymentStatus')?.flatMap((one) => paymentStatusSchema.safeParse(one).data ?? []) ?? [];
  const customerId = uuid.safeParse(list.one('customerId')).data;
  const warehouseId = uuid.safeParse(list.one('warehouseId')).data;
  const productId = uuid.safeParse(list.one('productId')).data;
  const orderedFrom = day.safeParse(list.one('from')).data;
  const orderedTo = day.safeParse(list.one('to')).data;
  const hasBackorder = list.yes('hasBackorder');
  const customer = useQuery(
    trpc.customers.get.queryOptions(
      { id: customerId ?? '' },
      { enabled: customerId !== undefined && ability.can('customers:read'), staleTime: 60_000 },
    ),
  );

  const product = useQuery(
    trpc.products.get.queryOptions(
      { id: productId ?? '' },
      { enabled: productId !== undefined && ability.can('products:read'), staleTime: 60_000 },
    ),
  );

  const input = listSalesOrdersSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...(status.length > 0 ? { status } : {}),
      ...(paymentStatus.length > 0 ? { paymentStatus } : {}),
      ...(customerId ? { customerId } : {}),
      ...(warehouseId ? { warehouseId } : {}),
      ...(productId ? { productId } : {}),
      ...(hasBackorder ? { hasBackorder } : {}),
      ...(orderedFrom ? { orderedFrom } : {}),
      ...(orderedTo ? { orderedTo } : {}),
    },
    sort: sortOf(list.sort, salesOrderSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(useInfiniteQuery(trpc.salesOrders.list.infiniteQueryOptions(input, listPaging)));
  const mayCreate = ability.can('sales_orders:create');
  const filters: readonly FilterField[] = [
    { id: 'hasBackorder', label: t`With backorder`, kind: 'yes' },
    { id: 'paymentStatus', label: t`Payment`, kind: 'many', options: paymentOptions, width: 120 },
    { id: 'warehouseId', label: t`Ship from`, kind: 'one', options: warehouses, width: 116 },
  ];

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Sales orders`}
          actions={
            mayCreate ? <NewButton to={newPath(paths.salesOrders)}>{t`New sales order`}</NewButton> : null
          }
        />
      }
    >
      <StatusTabs
        label={t`Orders by status`}
        tabs={salesOrderTabs}
        value={status}
        onChange={(states) => {
          list.bar.onFilter('status', states.length === 0 ? undefined : states);
        }}
      />
      <FilterBar
        searchHint={t`Number, customer or their reference`}
        {...list.bar}
        filters={filters}
        brought={productId ? [{ id: 'productId', label: product.data?.sku ?? t`One product` }] : []}
      >
        {ability.can('customers:read') ? (
          <PartyFilter
            label={t`Customer`}
            source={sources.customers}
            value={customerId}
            valueLabel={customer.data?.name}
            onChange={(id) => {
              list.bar.onFilter('customerId', id);
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
        label={t`Sales orders`}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.salesOrder(row.id));
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
              title={t`No sales orders yet`}
              action={
                mayCreate ? (
                  <NewButton to={newPath(paths.salesOrders)}>{t`Write the first one`}</NewButton>
                ) : null
              }
            >{t`Confirming an order sets its stock aside; what there isn’t waits as a backorder.`}</EmptyState>
          )
        }
      />
    </Page>
  );
}
