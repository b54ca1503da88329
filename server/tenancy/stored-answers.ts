import { sql } from 'kysely';
import type { Tenancy } from './tenancy.ts';

/**
 * Deletes the stored answers of idempotency keys: a repeated request comes within minutes, they are kept for a week. A
 * tenant that can't be reached, or is being moved, has its turn the next time and doesn't hold up the others.
 * @throws AggregateError after the last tenant, when some could not be done
 */
export async function deleteOldAnswers(tenancy: Pick<Tenancy, 'records' | 'pools'>): Promise<void> {
  const failures: unknown[] = [];
  for (const record of await tenancy.records.inStatus(['active', 'quarantined'])) {
    try {
      const { db } = tenancy.pools.of(await tenancy.records.address(record));
      await sql`delete from idempotency_keys where created_at < now() - interval '7 days'`.execute(db);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some tenants keep their old answers for now.');
}
