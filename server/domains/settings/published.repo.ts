import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** Names of roles that the company's rule asks for a second factor. */
export async function rolesAskedForSecondFactor(db: Kysely<TenantDatabase>): Promise<readonly string[]> {
  // All columns: a tenant that is one migration behind has no such rule yet.
  const settings = await db.selectFrom('tenant_settings').selectAll().executeTakeFirst();
  return settings?.second_factor_roles ?? [];
}
