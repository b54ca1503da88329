import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { columnName } from '../db/record-columns.ts';
import { few, isNamed, isOneOf } from '../db/few.ts';
import { hasWords } from '../db/has-words.ts';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import { headerColumn } from './order-tables.ts';
import type { OrderTables } from './order-tables.ts';
import { tableOf } from './references.repo.ts';

/** The filters of the lists of all documents. */
interface OrderFilter {
  status?: readonly string[] | undefined;
  partyId?: string | undefined;
  warehouseId?: string | undefined;
  productId?: string | undefined;
  orderedFrom?: string | undefined;
  orderedTo?: string | undefined;
  ids?: readonly string[] | undefined;
}

/**
 * The condition of a search, by number and by party. PostgreSQL can't tell whether a search has ten hits or fifty
 * thousand: a few hits are gathered by their index first; with many, a page fills quickly by checking row by row whether
 * the party is one of those with the words, and the words of the number.
 */
export async function foundOrders(
  db: Kysely<TenantDatabase>,
  { party, numberField }: Pick<DocumentKind, 'party' | 'numberField'>,
  tables: OrderTables,
  search: string,
): Promise<RawBuilder<boolean>> {
  const { orders } = tables;
  const [found] = await rowsOf<{ ids: string[] | null }>(db, `select some_${orders}($1, $2::int) as ids`, [
    search,
    few,
  ]);
  if (found?.ids) return isNamed(`${orders}.id`, found.ids);
  const number = sql`lower(${sql.ref(`${orders}.${columnName(numberField)}`)})`;
  const ofParty =
    party &&
    sql`${sql.ref(`${orders}.${headerColumn(tables, party.field)}`)} in (
      select ${sql.raw(`search_${tableOf(party.kind)}`)}(${search}))`;
  return sql<boolean>`(${hasWords(number, search)}${ofParty ? sql` or ${ofParty}` : sql``})`;
}

/** The condition under which a document belongs to a list; `found` is that of its search. */
export function matchingOrders(
  { party }: Pick<DocumentKind, 'party'>,
  tables: OrderTables,
  found: RawBuilder<boolean> | undefined,
  filter: OrderFilter,
): RawBuilder<boolean> {
  const { orders, lines, orderId, warehouses } = tables;
  const column = (name: string) => sql.ref(`${orders}.${name}`);
  const id = column('id');
  const conditions: RawBuilder<unknown>[] = [];
  if (found) conditions.push(found);
  if (filter.status) conditions.push(isOneOf(`${orders}.status`, filter.status));
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
