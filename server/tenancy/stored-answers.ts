import { sql } from 'kysely';
import type { Tenancy } from './tenancy.ts';

/** Deletes the stored answers of idempotency keys: a repeated request comes within minutes, they are kept for a week. */
export async function forgetOldAnswers(tenancy: Pick<Tenancy, 'records' | 'pools'>): Promise<void> {
  for (const record of await tenancy.records.inStatus(['active'])) {
    const { db } = tenancy.pools.of(await tenancy.records.address(record));
    await sql`delete from idempotency_keys where created_at < now() - interval '7 days'`.execute(db);
  }
}
