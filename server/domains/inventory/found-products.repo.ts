import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** Up to this many products are named one by one. */
const few = 1000;

/** The condition that a row's product has the words; `column` holds the product's id, `products` must be joined. */
export type FoundProducts = (column: string) => RawBuilder<boolean>;

/**
 * What to do when there are many. By time the hits lie everywhere, and a page is soon full when the words are looked at on
 * the way; by quantity or value all of them may lie at the other end, so they are gathered first.
 */
export type WithMany = 'looked at' | 'gathered';

/**
 * Looks for the products first. PostgreSQL can't tell whether a search has ten hits or a hundred thousand, and lists of
 * stock need another way for each.
 */
export async function foundProducts(
  db: Kysely<TenantDatabase>,
  search: string,
  withMany: WithMany,
): Promise<FoundProducts> {
  const gathered: FoundProducts = (column) =>
    sql<boolean>`${sql.ref(column)} = any(array(select search_products(${search}, null, null, null, null, 'sku', false, null, null, 1000000)))`;
  if (withMany === 'gathered') return gathered;
  const ids = await rowsOf<{ id: string }>(
    db,
    `select search_products($1, null, null, null, null, 'sku', false, null, null, $2::int) as id`,
    [search, few + 1],
  );
  return ids.length <= few
    ? (column) => sql<boolean>`${sql.ref(column)} = any(${ids.map(({ id }) => id)}::uuid[])`
    : () => sql<boolean>`has_words(products.search_text, (select search_patterns(${search})))`;
}
