import { sql } from 'kysely';
import type { Kysely, Selectable, Updateable } from 'kysely';
import type { TenantDatabase, TenantSettings } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;
export type SettingsRecord = Selectable<TenantSettings>;

/** The tenant's one row; `lock` keeps others from changing it until the transaction ends. */
export async function findSettings(db: Db, lock = false): Promise<SettingsRecord> {
  const query = db.selectFrom('tenant_settings').selectAll();
  return (lock ? query.forUpdate() : query).executeTakeFirstOrThrow();
}

export async function updateSettings(db: Db, changes: Updateable<TenantSettings>): Promise<SettingsRecord> {
  return db
    .updateTable('tenant_settings')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .returningAll()
    .executeTakeFirstOrThrow();
}
