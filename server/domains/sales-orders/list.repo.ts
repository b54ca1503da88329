import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { foundOrders, matchingOrders } from '../../documents/lists.repo.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { ListSalesOrders, SalesOrderRow, salesOrderSorts } from './sales-orders.contract.ts';
import { salesOrderKind } from './sales-orders.kinds.contract.ts';
import { paymentStatusColumn, salesOrderTables } from './sales-orders.repo.ts';

type Db = Kysely<TenantDatabase>;
type SalesOrderSort = (typeof salesOrderSorts)[number];

export const salesOrderOrder = new KeysetOrder<SalesOrderSort>({
  id: 'sales_orders.id',
  keys: {
    soNumber: byColumn('sales_orders.so_number', 'text'),
    orderDate: byColumn('sales_orders.order_date', 'date'),
    promisedDate: byColumn('sales_orders.promised_date', 'date', true),
    customerName: byColumn('customers.name', 'text'),
    total: byColumn('sales_orders.total', 'numeric'),
    updatedAt: byColumn('sales_orders.updated_at', 'instant'),
  },
  usual: { by: 'orderDate', direction: 'desc' },
});

const hasBackorder = sql<boolean>`exists (select 1 from sales_order_lines l
  where l.sales_order_id = sales_orders.id and l.backordered > 0)`;

/** Few orders wait for goods: they are read once, and the list walks along its own order past them. */
const hasNoBackorder = sql<boolean>`sales_orders.id not in (
  select l.sales_order_id from sales_order_lines l where l.backordered > 0)`;

/** By the column and its index, where the state is one that is kept. */
function paymentStatusIn(wanted: readonly string[]) {
  const kept = sql<boolean>`(sales_orders.payment_status = any(${wanted}) and ${paymentStatus} = sales_orders.payment_status)`;
  const overpaid = sql<boolean>`sales_orders.paid > sales_orders.total - sales_orders.cancelled_value`;
  return wanted.includes('overpaid') ? sql<boolean>`(${kept} or ${overpaid})` : kept;
}

const paymentStatus = sql.raw<SalesOrderRow['paymentStatus']>(paymentStatusColumn('sales_orders'));

const searched = async (db: Db, { search }: ListSalesOrders) =>
  search ? foundOrders(db, salesOrderKind, salesOrderTables, search) : undefined;

function matching(db: Db, { filter }: ListSalesOrders, found: RawBuilder<boolean> | undefined) {
  let query = db
    .selectFrom('sales_orders')
    .innerJoin('customers', 'customers.id', 'sales_orders.customer_id')
    .innerJoin('warehouses', 'warehouses.id', 'sales_orders.warehouse_id')
    .where(
      matchingOrders(salesOrderKind, salesOrderTables, found, { ...filter, partyId: filter?.customerId }),
    );
  if (filter?.paymentStatus) query = query.where(paymentStatusIn(filter.paymentStatus));
  if (filter?.hasBackorder !== undefined)
    query = query.where(filter.hasBackorder ? hasBackorder : hasNoBackorder);
  return query;
}

export async function listSalesOrders(db: Db, input: ListSalesOrders, page: KeysetPage<SalesOrderSort>) {
  const found = await searched(db, input);
  const build = () =>
    page.apply(
      matching(db, input, found).select([
        'sales_orders.id as id',
        'sales_orders.version as version',
        'sales_orders.so_number as soNumber',
        sql<SalesOrderRow['status']>`sales_orders.status`.as('status'),
        paymentStatus.as('paymentStatus'),
        'sales_orders.customer_id as customerId',
        'customers.name as customerName',
        'warehouses.code as warehouseCode',
        'sales_orders.order_date as orderDate',
        'sales_orders.promised_date as promisedDate',
        'sales_orders.line_count as lineCount',
        hasBackorder.as('hasBackorder'),
        'sales_orders.total as total',
        'sales_orders.updated_at as updatedAt',
      ]),
    );
  // What is found decides about the query as well: only without a search is it the same one again.
  return found ? build().execute() : askAgain(db, 'sales orders', input, build);
}

export async function countSalesOrders(db: Db, input: ListSalesOrders) {
  return cappedTotal(db, matching(db, input, await searched(db, input)));
}
