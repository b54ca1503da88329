import { sql } from 'kysely';
import type { Kysely, RawBuilder, SelectQueryBuilder } from 'kysely';

/** Up to this many rows are gathered and sorted. With more rows, the order's own index fills a page soon enough. */
export const few = 2000;

/**
 * The condition that a column has one of these values. With a single value, an index that begins with the column gives
 * the rest in order.
 */
export function isOneOf(column: string, values: readonly string[]): RawBuilder<boolean> {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0
    ? sql<boolean>`${sql.ref(column)} = ${only}`
    : sql<boolean>`${sql.ref(column)} = any(${values})`;
}

/**
 * The condition that a row is one of these. PostgreSQL expects ten rows of an array that a query makes, so it looks
 * them up and sorts them; for an array it can count, it may walk along the whole order instead.
 */
export const isNamed = (id: string, ids: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(id)} = any(array(select unnest(${ids}::uuid[])))`;

/**
 * The condition that names the rows of a filtered list one by one, where there are few; undefined where there are more.
 * The same filter can have five rows or all of them, at one end of the order or everywhere, and PostgreSQL chooses the
 * way before it knows: behind policies it has no statistics of amounts at all. `id` is the column of the rows' ids. A
 * list without a filter needs no such look.
 */
export async function namedWhenFew<Tables, DB, TB extends keyof DB, O>(
  db: Kysely<Tables>,
  matching: SelectQueryBuilder<DB, TB, O>,
  id: string,
  filter: object | undefined,
  most = few,
): Promise<RawBuilder<boolean> | undefined> {
  if (!Object.values(filter ?? {}).some((value) => value !== undefined)) return undefined;
  const first = matching.select(sql<string>`${sql.ref(id)}`.as('id')).limit(most + 1);
  const { rows } = await sql<{ ids: string[] | null }>`
    select array_agg(first.id) as ids from (${first}) as first`.execute(db);
  const ids = rows[0]?.ids ?? [];
  return ids.length > most ? undefined : isNamed(id, ids);
}
