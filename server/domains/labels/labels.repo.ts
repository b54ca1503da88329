import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** A word to PostgreSQL, which ends transactions that nothing is heard of for half a minute. */
export async function stillAtWork(db: Kysely<TenantDatabase>): Promise<void> {
  await sql`select 1`.execute(db);
}
