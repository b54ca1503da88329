import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { namedWhenFew } from '../../db/few.ts';
import { visibleKeys } from '../../permissions/visible-keys.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { foundOrders, matchingOrders } from '../../documents/lists.repo.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { purchaseOrderRowSchema } from './purchase-orders.contract.ts';
import type { ListPurchaseOrders, PurchaseOrderRow, purchaseOrderSorts } from './purchase-orders.contract.ts';
import { purchaseOrderKind } from './purchase-orders.kinds.contract.ts';
import { purchaseOrderTables } from './purchase-orders.repo.ts';

type Db = Kysely<TenantDatabase>;
type PurchaseOrderSort = (typeof purchaseOrderSorts)[number];

export const purchaseOrderOrder = new KeysetOrder<PurchaseOrderSort>({
  id: 'purchase_orders.id',
  keys: visibleKeys(purchaseOrderRowSchema, {
    poNumber: byColumn('purchase_orders.po_number', 'text'),
    orderDate: byColumn('purchase_orders.order_date', 'date'),
    expectedDate: byColumn('purchase_orders.expected_date', 'date', true),
    vendorName: byColumn('vendors.name', 'text'),
    total: byColumn('purchase_orders.total', 'numeric'),
    updatedAt: byColumn('purchase_orders.updated_at', 'instant'),
  }),
  usual: { by: 'orderDate', direction: 'desc' },
});

const orders = (db: Db) =>
  db
    .selectFrom('purchase_orders')
    .innerJoin('vendors', 'vendors.id', 'purchase_orders.vendor_id')
    .innerJoin('warehouses', 'warehouses.id', 'purchase_orders.warehouse_id');

async function matching(db: Db, { search, filter }: ListPurchaseOrders) {
  const found = search ? await foundOrders(db, purchaseOrderKind, purchaseOrderTables, search) : undefined;
  const query = orders(db).where(
    matchingOrders(purchaseOrderKind, purchaseOrderTables, found, { ...filter, partyId: filter?.vendorId }),
  );
  return { query, named: await namedWhenFew(db, query, 'purchase_orders.id', filter) };
}

export async function listPurchaseOrders(
  db: Db,
  input: ListPurchaseOrders,
  page: KeysetPage<PurchaseOrderSort>,
) {
  const { query, named } = await matching(db, input);
  const build = () =>
    page.apply(
      (named ? orders(db).where(named) : query).select([
        'purchase_orders.id as id',
        'purchase_orders.version as version',
        'purchase_orders.po_number as poNumber',
        sql<PurchaseOrderRow['status']>`purchase_orders.status`.as('status'),
        'purchase_orders.vendor_id as vendorId',
        'vendors.name as vendorName',
        'warehouses.code as warehouseCode',
        'purchase_orders.order_date as orderDate',
        'purchase_orders.expected_date as expectedDate',
        'purchase_orders.line_count as lineCount',
        'purchase_orders.total as total',
        'purchase_orders.updated_at as updatedAt',
      ]),
    );
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  return input.search || named ? build().execute() : askAgain(db, 'purchase orders', input, build);
}

export async function countPurchaseOrders(db: Db, input: ListPurchaseOrders) {
  const { query } = await matching(db, input);
  return cappedTotal(db, query);
}
