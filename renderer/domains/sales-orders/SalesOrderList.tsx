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
import { listPaging, sortOf, useCountWish, useListRows } from '../../lib/list-state.ts';
import { orderColumns } from '../../documents/order-columns.tsx';
import { OrderListPage } from '../../documents/OrderListPage.tsx';
import { PartyFilter } from '../../documents/PartyFilter.tsx';
import { useOrderFilters } from '../../documents/use-order-filters.ts';
import { useWarehouseChoices } from '../../documents/use-warehouse-options.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { useTRPC } from '../../lib/services.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { paymentStateWords, salesOrderStateWords, isLate, salesOrderTabs } from './sales-order-words.ts';

const columns = orderColumns<SalesOrderRow>({
  kind: salesOrderKind,
  number: 'soNumber',
  states: salesOrderStateWords,
  party: { header: t`Customer`, field: 'customerName' },
  afterParty: [
    {
      id: 'backorder',
      header: t`Stock`,
      width: '98px',
      cell: (row) => (row.hasBackorder ? <StatusBadge tone="waiting">{t`Backorder`}</StatusBadge> : null),
    },
  ],
  warehouse: t`From`,
  due: { header: t`Promised`, field: 'promisedDate', isLate: (row) => isLate(row, today()) },
  lines: { width: '60px', hidden: true },
  afterLines: [
    {
      id: 'payment',
      header: t`Payment`,
      width: '106px',
      cell: (row) => {
        const { label, tone } = paymentStateWords[row.paymentStatus];
        return <StatusBadge tone={tone}>{label}</StatusBadge>;
      },
    },
  ],
  widths: {
    number: '134px',
    status: '122px',
    party: 'minmax(138px, 2.4fr)',
    warehouse: '56px',
    orderDate: '100px',
    due: '132px',
    total: '110px',
  },
});

const paymentOptions = paymentStatuses.map((value) => ({ value, label: paymentStateWords[value].label }));

export function SalesOrderList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const filters = useOrderFilters(salesOrderStatusSchema, 'customerId');
  const { list, partyId } = filters;
  const count = useCountWish();
  const sources = useRecordSources();
  const warehouses = useWarehouseChoices();
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
        about: t`Confirming an order reserves its stock; what is missing waits as a backorder.`,
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
