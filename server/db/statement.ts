import { CompiledQuery } from 'kysely';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from './tenant-schema.ts';

/**
 * Runs a statement written as SQL and gives its rows. For what a builder would only obscure (row locks in order,
 * multi-row changes from arrays, records as JSON); the text is constant, so that it is prepared once.
 */
export async function rowsOf<Row>(
  db: Kysely<TenantDatabase>,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const result = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return result.rows;
}
