import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { hasWords } from '../../db/has-words.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** Up to this many products, or places, are named one by one. */
const few = 2000;

/** The condition that a row's product has the words; `column` holds the product's id, `products` must be joined. */
export type FoundProducts = (column: string) => RawBuilder<boolean>;

/**
 * Looks for the products first. PostgreSQL can't tell whether a search has ten hits or a hundred thousand, and lists of
 * stock need another way for each: few are gathered by their index; of many a page is soon full when the words are looked
 * at on the way.
 */
export async function foundProducts(db: Kysely<TenantDatabase>, search: string): Promise<FoundProducts> {
  const [found] = await rowsOf<{ ids: string[] | null }>(db, `select some_products($1, $2::int) as ids`, [
    search,
    few,
  ]);
  const ids = found?.ids;
  return ids
    ? (column) => sql<boolean>`${sql.ref(column)} = any(${ids}::uuid[])`
    : () => hasWords(sql.ref('products.search_text'), search);
}

/** The condition of places with something in them, or with nothing: named one by one where there are few of them. */
export async function stockedPlaces(
  db: Kysely<TenantDatabase>,
  inStock: boolean,
): Promise<RawBuilder<boolean>> {
  const condition = sql.raw(inStock ? 'quantity_on_hand > 0' : 'quantity_on_hand = 0');
  const { rows } = await sql<{ ids: string[] | null }>`select array_agg(id) as ids from (
    select id from inventory where ${condition} limit ${sql.lit(few + 1)}) first`.execute(db);
  const ids = rows[0]?.ids ?? [];
  return ids.length <= few
    ? sql<boolean>`inventory.id = any(${ids}::uuid[])`
    : sql<boolean>`inventory.${condition}`;
}
