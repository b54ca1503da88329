import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { Roles, TenantDatabase } from '../../db/tenant-schema.ts';
import { masterTable } from '../master-table.repo.ts';

type Db = Kysely<TenantDatabase>;
export type RoleRecord = Selectable<Roles>;

/** The tenant's own roles, by name. */
export async function ownRoles(db: Db): Promise<RoleRecord[]> {
  return db.selectFrom('roles').selectAll().orderBy('name').orderBy('id').execute();
}

/** How many employees have each role. */
export async function membersByRole(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; members: number }>`
    select held as key, count(*)::int as members from employees, unnest(roles) as held group by held`.execute(
    db,
  );
  return new Map(rows.map(({ key, members }) => [key, members]));
}

/** Names of roles that the company's rule asks for a second factor. */
export async function rolesAskedForSecondFactor(db: Db): Promise<readonly string[]> {
  // All columns: a tenant that is one migration behind has no such rule yet.
  const settings = await db.selectFrom('tenant_settings').selectAll().executeTakeFirst();
  return settings?.second_factor_roles ?? [];
}

export const roleTable = masterTable('roles');

export async function deleteRole(db: Db, id: string): Promise<void> {
  await db.deleteFrom('roles').where('id', '=', id).execute();
}

/** Takes the lock on handing out and taking away roles in this tenant; held until the transaction ends. */
export async function lockRoles(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('roles', 0))`.execute(db);
}
