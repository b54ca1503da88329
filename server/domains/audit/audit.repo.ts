import type { Insertable, Kysely } from 'kysely';
import type { AuditLogTable, TenantDatabase } from '../../db/tenant-schema.ts';

export async function insertAuditEntry(
  db: Kysely<TenantDatabase>,
  entry: Insertable<AuditLogTable>,
): Promise<void> {
  await db.insertInto('audit_log').values(entry).execute();
}
