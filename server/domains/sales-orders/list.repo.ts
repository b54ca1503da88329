import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { isOneOf, namedWhenFew } from '../../db/few.ts';
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

/** Looked up for each order on the way, by an index of the lines that wait: most orders have none. */
const hasNoBackorder = sql<boolean>`case when ${hasBackorder} then false else true end`;

const isOverpaid = sql<boolean>`sales_orders.paid > sales_orders.total - sales_orders.cancelled_value`;

/** By the column and its index, where the state is one that is kept. */
function paymentStatusIn(wanted: readonly string[]) {
  const kept = wanted.filter((status) => status !== 'overpaid');
  const among = sql<boolean>`(${isOneOf('sales_orders.payment_status', kept)} and not ${isOverpaid})`;
  if (kept.length === wanted.length) return among;
  return kept.length === 0 ? isOverpaid : sql<boolean>`(${among} or ${isOverpaid})`;
}

const paymentStatus = sql.raw<SalesOrderRow['paymentStatus']>(paymentStatusColumn('sales_orders'));

const orders = (db: Db) =>
  db
    .selectFrom('sales_orders')
    .innerJoin('customers', 'customers.id', 'sales_orders.customer_id')
    .innerJoin('warehouses', 'warehouses.id', 'sales_orders.warehouse_id');

async function matching(db: Db, { search, filter }: ListSalesOrders) {
  const found = search ? await foundOrders(db, salesOrderKind, salesOrderTables, search) : undefined;
  let query = orders(db).where(
    matchingOrders(salesOrderKind, salesOrderTables, found, { ...filter, partyId: filter?.customerId }),
  );
  if (filter?.paymentStatus) query = query.where(paymentStatusIn(filter.paymentStatus));
  if (filter?.hasBackorder !== undefined)
    query = query.where(filter.hasBackorder ? hasBackorder : hasNoBackorder);
  return { query, named: await namedWhenFew(db, query, 'sales_orders.id', filter) };
}

export async function listSalesOrders(db: Db, input: ListSalesOrders, page: KeysetPage<SalesOrderSort>) {
  const { query, named } = await matching(db, input);
  const build = () =>
    page.apply(
      (named ? orders(db).where(named) : query).select([
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
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  return input.search || named ? build().execute() : askAgain(db, 'sales orders', input, build);
}

export async function countSalesOrders(db: Db, input: ListSalesOrders) {
  const { query } = await matching(db, input);
  return cappedTotal(db, query);
}
