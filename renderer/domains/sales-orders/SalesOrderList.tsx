import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  listSalesOrdersSchema,
  paymentStatuses,
  paymentStatusSchema,
  salesOrderSorts,
  salesOrderStatusSchema,
  type SalesOrderRow,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { paymentStateWords, salesOrderStateWords } from '../../lib/document-words.ts';
import { listPaging, sortOf, useCountWish, useListRows } from '../../lib/list-state.ts';
import { OrderListPage } from '../../documents/OrderListPage.tsx';
import { PartyFilter } from '../../documents/PartyFilter.tsx';
import { useOrderFilters } from '../../documents/use-order-filters.ts';
import { useWarehouseOptions } from '../../documents/use-warehouse-options.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code, Money } from '../../ui/Figures.tsx';
import { formatCount, formatDay, today } from '../../ui/formats.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { isLate, salesOrderTabs } from './sales-order-words.ts';
import classes from './sales-orders.module.css';

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
  { id: 'warehouse', header: t`From`, width: '56px', cell: (row) => <Code>{row.warehouseCode}</Code> },
  {
    id: 'orderDate',
    header: t`Ordered`,
    sortBy: 'orderDate',
    width: '100px',
    cell: (row) => formatDay(row.orderDate),
  },
  {
    id: 'promisedDate',
    header: t`Promised`,
    sortBy: 'promisedDate',
    width: '132px',
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
    width: '110px',
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

const paymentOptions = paymentStatuses.map((value) => ({ value, label: paymentStateWords[value].label }));

export function SalesOrderList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const filters = useOrderFilters(salesOrderStatusSchema, 'customerId');
  const { list, partyId } = filters;
  const count = useCountWish();
  const sources = useRecordSources();
  const warehouses = useWarehouseOptions();
  const paymentStatus =
    list.many('paymentStatus')?.flatMap((one) => paymentStatusSchema.safeParse(one).data ?? []) ?? [];
  const hasBackorder = list.yes('hasBackorder');
  const customer = useQuery(
    trpc.customers.get.queryOptions(
      { id: partyId ?? '' },
      { enabled: partyId !== undefined && ability.can(customerKind.readWith), staleTime: 60_000 },
    ),
  );
  const input = listSalesOrdersSchema.parse({
    ...(list.search === '' ? {} : { search: list.search }),
    filter: {
      ...filters.filter,
      ...(partyId ? { customerId: partyId } : {}),
      ...(paymentStatus.length > 0 ? { paymentStatus } : {}),
      ...(hasBackorder ? { hasBackorder } : {}),
    },
    sort: sortOf(list.sort, salesOrderSorts),
    limit: 100,
    total: count.total,
  });
  const rows = useListRows(useInfiniteQuery(trpc.salesOrders.list.infiniteQueryOptions(input, listPaging)));
  return (
    <OrderListPage
      kind={salesOrderKind}
      words={{
        title: t`Sales orders`,
        create: t`New sales order`,
        searchHint: t`Number, customer or their reference`,
        none: t`No sales orders yet`,
        about: t`Confirming an order sets its stock aside; what there isn’t waits as a backorder.`,
      }}
      filters={filters}
      tabs={salesOrderTabs}
      fields={[
        { id: 'hasBackorder', label: t`With backorder`, kind: 'yes' },
        { id: 'paymentStatus', label: t`Payment`, kind: 'many', options: paymentOptions, width: 120 },
        { id: 'warehouseId', label: t`Ship from`, kind: 'one', options: warehouses, width: 116 },
      ]}
      party={
        ability.can(customerKind.readWith) ? (
          <PartyFilter
            label={t`Customer`}
            source={sources.customers}
            value={partyId}
            valueLabel={customer.data?.name}
            onChange={(id) => {
              list.bar.onFilter('customerId', id);
            }}
          />
        ) : null
      }
      columns={columns}
      rows={rows}
      onCount={count.onCount}
    />
  );
}
