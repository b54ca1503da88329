import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { DocumentKind } from './document-kind.contract.ts';
import { headerColumn } from './order-tables.ts';
import type { OrderTables } from './order-tables.ts';

/** What the lists of all documents can be filtered by. */
interface OrderFilter {
  status?: readonly string[] | undefined;
  partyId?: string | undefined;
  warehouseId?: string | undefined;
  productId?: string | undefined;
  orderedFrom?: string | undefined;
  orderedTo?: string | undefined;
  ids?: readonly string[] | undefined;
}

/** The condition under which a document belongs to a list. */
export function matchingOrders(
  { party }: Pick<DocumentKind, 'party'>,
  tables: OrderTables,
  search: string | undefined,
  filter: OrderFilter,
): RawBuilder<boolean> {
  const { orders, lines, orderId, warehouses } = tables;
  const column = (name: string) => sql.ref(`${orders}.${name}`);
  const id = column('id');
  const conditions: RawBuilder<unknown>[] = [];
  if (search) conditions.push(sql`${id} in (select ${sql.raw(`search_${orders}`)}(${search}))`);
  if (filter.status) conditions.push(sql`${column('status')} = any(${filter.status})`);
  if (filter.partyId && party) {
    conditions.push(sql`${column(headerColumn(tables, party.field))} = ${filter.partyId}`);
  }
  if (filter.warehouseId) {
    const named = warehouses.map((field) => column(headerColumn(tables, field)));
    conditions.push(sql`${filter.warehouseId} in (${sql.join(named)})`);
  }
  if (filter.productId) {
    conditions.push(sql`${id} in (select l.${sql.ref(orderId)} from ${sql.table(lines)} l
      where l.product_id = ${filter.productId})`);
  }
  if (filter.orderedFrom) conditions.push(sql`${column('order_date')} >= ${filter.orderedFrom}`);
  if (filter.orderedTo) conditions.push(sql`${column('order_date')} <= ${filter.orderedTo}`);
  if (filter.ids) conditions.push(sql`${id} = any(${filter.ids}::uuid[])`);
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
