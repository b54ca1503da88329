import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { few } from '../../db/few.ts';
import { hasWords } from '../../db/has-words.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

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
