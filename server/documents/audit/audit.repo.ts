import type { Insertable, Kysely } from 'kysely';
import type { AuditLog, TenantDatabase } from '../../db/tenant-schema.ts';

export async function insertAuditEntry(
  db: Kysely<TenantDatabase>,
  entry: Insertable<AuditLog>,
): Promise<void> {
  await db.insertInto('audit_log').values(entry).execute();
}
