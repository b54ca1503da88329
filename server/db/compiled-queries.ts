import { LRUCache } from 'lru-cache';
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { TenantDatabase } from './tenant-schema.ts';

/** A key longer than this (a filter with hundreds of ids) is hardly ever asked again. Characters. */
const longestKey = 1000;

const compiled = new LRUCache<string, CompiledQuery>({ max: 2000 });

/**
 * Runs a list's query, built and compiled once per question: the first page, a screen's usual filters and a common
 * search are asked again and again, and building them costs a third of answering them. `list` and `input` together must
 * determine the whole query, values included; it holds no data of a tenant.
 */
export async function askAgain<Row>(
  db: Kysely<TenantDatabase>,
  list: string,
  input: object,
  build: () => Compilable<Row>,
): Promise<Row[]> {
  const key = `${list} ${JSON.stringify(input)}`;
  let query = compiled.get(key) as CompiledQuery<Row> | undefined;
  if (!query) {
    query = build().compile();
    if (key.length <= longestKey) compiled.set(key, query);
  }
  const { rows } = await db.executeQuery(query);
  return rows;
}
