import { sql } from 'kysely';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { Roles, TenantDatabase } from '../../db/tenant-schema.ts';

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
  // All columns: in a tenant that is one migration behind there is no such rule yet.
  const settings = await db.selectFrom('tenant_settings').selectAll().executeTakeFirst();
  return settings?.second_factor_roles ?? [];
}

/** `lock` keeps others from changing the role until the transaction ends. */
export async function findRole(db: Db, id: string, lock = false): Promise<RoleRecord | undefined> {
  const query = db.selectFrom('roles').selectAll().where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Undefined when there is a role with this id already. */
export async function insertRole(db: Db, role: Insertable<Roles>): Promise<RoleRecord | undefined> {
  return db
    .insertInto('roles')
    .values(role)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateRole(db: Db, id: string, changes: Updateable<Roles>): Promise<RoleRecord> {
  return db
    .updateTable('roles')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteRole(db: Db, id: string): Promise<void> {
  await db.deleteFrom('roles').where('id', '=', id).execute();
}

/** Waits until nobody else hands out or takes away roles in this tenant; held until the transaction ends. */
export async function lockRoles(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('roles', 0))`.execute(db);
}
