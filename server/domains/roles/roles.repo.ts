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

export const roleTable = masterTable('roles');

export async function deleteRole(db: Db, id: string): Promise<void> {
  await db.deleteFrom('roles').where('id', '=', id).execute();
}

/** Takes the lock on handing out and taking away roles in this tenant; held until the transaction ends. */
export async function lockRoles(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('roles', 0))`.execute(db);
}
