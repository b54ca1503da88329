import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { matchingOrders } from '../../documents/lists.repo.ts';
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

const paymentStatus = sql.raw<SalesOrderRow['paymentStatus']>(paymentStatusColumn('sales_orders'));

function matching(db: Db, { search, filter }: ListSalesOrders) {
  let query = db
    .selectFrom('sales_orders')
    .innerJoin('customers', 'customers.id', 'sales_orders.customer_id')
    .innerJoin('warehouses', 'warehouses.id', 'sales_orders.warehouse_id')
    .where(
      matchingOrders(salesOrderKind, salesOrderTables, search, { ...filter, partyId: filter?.customerId }),
    );
  if (filter?.paymentStatus)
    query = query.where(sql<boolean>`${paymentStatus} = any(${filter.paymentStatus})`);
  if (filter?.hasBackorder !== undefined)
    query = query.where(filter.hasBackorder ? hasBackorder : sql<boolean>`not (${hasBackorder})`);
  return query;
}

export async function listSalesOrders(db: Db, input: ListSalesOrders, page: KeysetPage<SalesOrderSort>) {
  return askAgain(db, 'sales orders', input, () =>
    page.apply(
      matching(db, input).select([
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
    ),
  );
}

export function countSalesOrders(db: Db, input: ListSalesOrders) {
  return cappedTotal(db, matching(db, input));
}
