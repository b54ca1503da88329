import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { OrderTables } from './order-tables.ts';

/** What the lists of all orders can be filtered by. */
interface OrderFilter {
  status?: readonly string[] | undefined;
  partyId?: string | undefined;
  warehouseId?: string | undefined;
  productId?: string | undefined;
  orderedFrom?: string | undefined;
  orderedTo?: string | undefined;
  ids?: readonly string[] | undefined;
}

/** The condition under which an order belongs to a list. */
export function matchingOrders(
  { orders, lines, orderId, header }: OrderTables,
  search: string | undefined,
  filter: OrderFilter,
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${orders}.${name}`);
  const id = column('id');
  const party = header.vendorId ?? header.customerId;
  const conditions: RawBuilder<unknown>[] = [];
  if (search) conditions.push(sql`${id} in (select ${sql.raw(`search_${orders}`)}(${search}))`);
  if (filter.status) conditions.push(sql`${column('status')} = any(${filter.status})`);
  if (filter.partyId && party) conditions.push(sql`${column(party)} = ${filter.partyId}`);
  if (filter.warehouseId) conditions.push(sql`${column('warehouse_id')} = ${filter.warehouseId}`);
  if (filter.productId) {
    conditions.push(sql`${id} in (select l.${sql.ref(orderId)} from ${sql.table(lines)} l
      where l.product_id = ${filter.productId})`);
  }
  if (filter.orderedFrom) conditions.push(sql`${column('order_date')} >= ${filter.orderedFrom}`);
  if (filter.orderedTo) conditions.push(sql`${column('order_date')} <= ${filter.orderedTo}`);
  if (filter.ids) conditions.push(sql`${id} = any(${filter.ids}::uuid[])`);
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
