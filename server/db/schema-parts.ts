import type { Kysely } from 'kysely';
import { rowsOf } from './statement.ts';
import type { TenantDatabase } from './tenant-schema.ts';

/**
 * Whether a company's database has this function yet (`search_warehouses(text)`): those that are one migration behind are
 * served as well.
 */
export async function hasFunction(db: Kysely<TenantDatabase>, signature: string): Promise<boolean> {
  const [row] = await rowsOf<{ known: boolean }>(db, 'select to_regprocedure($1) is not null as known', [
    signature,
  ]);
  return row?.known ?? false;
}
