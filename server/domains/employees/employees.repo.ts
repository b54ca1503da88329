import { sql } from 'kysely';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { Employees, TenantDatabase } from '../../db/tenant-schema.ts';
import { columnsOfRows } from '../../db/record-columns.ts';
import { hasCode, masterTable } from '../master-table.repo.ts';
import { employeeRowSchema } from './employees.contract.ts';
import type { employeeSorts, ListEmployees } from './employees.contract.ts';

type Db = Kysely<TenantDatabase>;
type EmployeeSort = (typeof employeeSorts)[number];
export type EmployeeRecord = Selectable<Employees> & {
  manager_name: string | null;
  manager_code: string | null;
};

export const employeeOrder = new KeysetOrder<EmployeeSort>({
  id: 'employees.id',
  keys: {
    employeeCode: byColumn('employees.employee_code', 'text'),
    name: byColumn('employees.name', 'text'),
    department: byColumn('employees.department', 'text', true),
    updatedAt: byColumn('employees.updated_at', 'instant'),
  },
  usual: { by: 'name', direction: 'asc' },
});

function matching(db: Db, { search, filter }: ListEmployees) {
  let query = db.selectFrom('employees');
  if (search) query = query.where(sql<boolean>`employees.id in (select search_employees(${search}))`);
  if (filter?.status) query = query.where(sql<boolean>`employees.status = any(${filter.status})`);
  if (filter?.department) query = query.where('employees.department', '=', filter.department);
  if (filter?.role) query = query.where(sql<boolean>`${filter.role} = any(employees.roles)`);
  if (filter?.hasSignIn !== undefined) {
    query = query.where('employees.auth_user_id', filter.hasSignIn ? 'is not' : 'is', null);
  }
  if (filter?.code) query = query.where(hasCode('employees', filter.code));
  if (filter?.ids) query = query.where(sql<boolean>`employees.id = any(${filter.ids}::uuid[])`);
  return query;
}

export async function listEmployees(db: Db, input: ListEmployees, page: KeysetPage<EmployeeSort>) {
  const query = matching(db, input).select([
    ...columnsOfRows('employees', employeeRowSchema, ['hasSignIn']),
    sql<boolean>`employees.auth_user_id is not null`.as('has_sign_in'),
  ]);
  return page.apply(query).execute();
}

export function countEmployees(db: Db, input: ListEmployees) {
  return cappedTotal(db, matching(db, input));
}

/** `lock` keeps others from changing the employee until the transaction ends. */
export async function findEmployee(db: Db, id: string, lock = false): Promise<EmployeeRecord | undefined> {
  const query = db
    .selectFrom('employees')
    .leftJoin('employees as manager', 'manager.id', 'employees.manager_id')
    .selectAll('employees')
    .select(['manager.name as manager_name', 'manager.employee_code as manager_code'])
    .where('employees.id', '=', id);
  return (lock ? query.forUpdate('employees') : query).executeTakeFirst();
}

/** Other employees that have this code or e-mail address already. */
export async function employeesUsing(
  db: Db,
  wanted: { code?: string | undefined; email?: string | undefined },
  not: string,
) {
  return db
    .selectFrom('employees')
    .select(['employee_code', 'name', 'email'])
    .where((eb) =>
      eb.or([
        sql<boolean>`upper(employee_code) = upper(${wanted.code ?? null}::text)`,
        sql<boolean>`email = ${wanted.email ?? null}::text`,
      ]),
    )
    .where('id', '<>', not)
    .execute();
}

/** The next free code of the form E0042; the series stays locked until the transaction ends. */
export async function nextEmployeeCode(db: Db): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended('employee codes', 0))`.execute(db);
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(substring(upper(employee_code) from '^E([0-9]{1,8})$')::int), 0) + 1 as next from employees`.execute(
    db,
  );
  return `E${String(rows[0]?.next ?? 1).padStart(4, '0')}`;
}

/** The manager's managers, up to the top: to see whether someone would become their own. */
export async function chainOfCommand(db: Db, managerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive chain (id, manager_id) as (
      select id, manager_id from employees where id = ${managerId}
      union select e.id, e.manager_id from employees e join chain c on e.id = c.manager_id)
    select id from chain`.execute(db);
  return rows.map(({ id }) => id);
}

/** Active owners with a sign-in, by the account of each. */
export async function ownersWithSignIn(db: Db): Promise<{ id: string; userId: string }[]> {
  const { rows } = await sql<{ id: string; userId: string }>`
    select id, auth_user_id as "userId" from employees where status = 'active' and auth_user_id is not null and 'owner' = any(roles)`.execute(
    db,
  );
  return rows;
}

const rows = masterTable('employees');
/** An employee is shown with their manager: read again once the row is written. */
export const employeeTable = {
  find: findEmployee,
  insert: async (db: Db, employee: Insertable<Employees>) =>
    (await rows.insert(db, employee)) === undefined ? undefined : (true as const),
  update: async (db: Db, id: string, changes: Updateable<Employees>) => {
    await rows.update(db, id, changes);
    return true as const;
  },
};

/** Keeps the latest of these times. The record's version stays: a sign-in is no edit. */
export async function keepLastSignIn(db: Db, id: string, signedInAt: string): Promise<void> {
  await db
    .updateTable('employees')
    .set({ last_sign_in_at: signedInAt })
    .where('id', '=', id)
    .where((row) => row.or([row('last_sign_in_at', 'is', null), row('last_sign_in_at', '<', signedInAt)]))
    .execute();
}

/** Adds to a person's choices for their screens. The record's version stays: a preference is no edit. */
export async function keepPreferences(
  db: Db,
  id: string,
  preferences: Readonly<Record<string, string>>,
): Promise<void> {
  await db
    .updateTable('employees')
    .set({ preferences: sql`preferences || ${JSON.stringify(preferences)}::jsonb` })
    .where('id', '=', id)
    .execute();
}
