import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { KnownEmployee } from './people.ts';

type Db = Kysely<TenantDatabase>;

/** Inserts rows whose keys are the table's columns, all in one statement; they must all have the same keys. */
export async function insertRows(
  db: Db,
  table: keyof TenantDatabase,
  rows: readonly object[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first)
    .map((name) => `"${name}"`)
    .join(', ');
  await rowsOf(
    db,
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Waits until no other process fills this database, and tells whether it has products already. */
export async function hasProducts(db: Db): Promise<boolean> {
  await rowsOf(db, "select pg_advisory_xact_lock(hashtextextended('demo data', 0))");
  const rows = await rowsOf(db, 'select 1 from products limit 1');
  return rows.length > 0;
}

export async function knownEmployees(db: Db): Promise<KnownEmployee[]> {
  return rowsOf<KnownEmployee>(
    db,
    'select id, name, email, roles, auth_user_id from employees order by employee_code',
  );
}

/** Fills in what the provisioning of sign-ins left open. */
export async function describeEmployees(db: Db, details: readonly object[]): Promise<void> {
  await rowsOf(
    db,
    `update employees e set designation = coalesce(e.designation, d.designation), phone = coalesce(e.phone, d.phone),
       department = coalesce(e.department, d.department), manager_id = coalesce(e.manager_id, d.manager_id)
     from json_to_recordset($1::json) as d (id uuid, designation text, department text, phone text, manager_id uuid)
     where e.id = d.id`,
    [JSON.stringify(details)],
  );
}

/** Today's rates by tax class. */
export async function ratesOf(db: Db, day: string): Promise<Map<string, string>> {
  const rows = await rowsOf<{ tax_class: string; rate_percent: string }>(
    db,
    `select distinct on (tax_class) tax_class, rate_percent from tax_rates where valid_from <= $1::date
     order by tax_class, valid_from desc`,
    [day],
  );
  return new Map(rows.map((row) => [row.tax_class, row.rate_percent]));
}

/** Sets GSTIN and address unless the tenant has its own already. */
export async function describeTenant(db: Db, gstin: string, address: object): Promise<void> {
  await rowsOf(db, 'update tenant_settings set gstin = $1, address = $2::jsonb where gstin is null', [
    gstin,
    JSON.stringify(address),
  ]);
}
