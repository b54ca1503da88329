import type pg from 'pg';
import { literal, quoted } from '../db/databases.ts';
import type { TenantPlace } from '../control-plane/tenant-records.ts';

/** The setting that names a connection's tenant; see migrations/domain/0001. */
const tenantSetting = 'app.current_tenant_id';

/**
 * The settings of a tenant's login on every connection besides its tenant: limits that let no statement hold others up.
 * Values are PostgreSQL settings. A login may change all of them in its own session but `temp_file_limit` (of each
 * process): PostgreSQL reserves that one for superusers and those they granted SET on it.
 */
const loginSettings = {
  search_path: 'public',
  statement_timeout: '15s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '30s',
  work_mem: '16MB',
  temp_file_limit: '512MB',
  // A page by an index costs hardly more than the next one, on every disk of today: by PostgreSQL's own 4 it reads whole tables.
  random_page_cost: '1.1',
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
};

type Login = Pick<TenantPlace, 'id' | 'database_name' | 'login_role'>;

/**
 * Lays a login's settings down, at once and in place of whatever it or anybody else has laid down for it.
 * `tenantAtConnect`: the administrator may not lay down the tenant, so it comes with every connection. Nothing hangs on
 * which: current_tenant() checks it against the fixed row and the login.
 */
export async function layLoginSettings(
  client: pg.Client,
  login: Login,
): Promise<{ tenantAtConnect: boolean }> {
  const { database_name: database, login_role: role } = login;
  const wanted = await settingsOf(client, login);
  const inDatabase = `alter role ${quoted(role)} in database ${quoted(database)}`;
  await client.query('begin');
  try {
    await client.query(`alter role ${quoted(role)} reset all`);
    await client.query(`${inDatabase} reset all`);
    for (const [name, value] of wanted) await client.query(`${inDatabase} set ${name} = ${literal(value)}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return { tenantAtConnect: !wanted.has(tenantSetting) };
}

/** Those of the logins of one server whose settings are not what `layLoginSettings` lays down. */
export async function loginsOutOfOrder<L extends Login>(
  client: pg.Client,
  logins: readonly L[],
): Promise<L[]> {
  const { rows } = await client.query<{ role: string; database: string | null; settings: string[] }>(
    `select r.rolname as role, d.datname as database, s.setconfig as settings
     from pg_db_role_setting s join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase
     where r.rolname = any($1)`,
    [logins.map(({ login_role: role }) => role)],
  );
  const out = new Set(await beyond(client));
  const laid = new Map<string, string[]>();
  for (const { role, database, settings } of rows) {
    // A setting that the administrator may not make, such as one a superuser made before, the administrator can't
    // remove either.
    const own = settings.filter((setting) => !out.has(setting.replace(/=.*/s, '')));
    laid.set(role, [...(laid.get(role) ?? []), ...own.map((setting) => `${database ?? ''} ${setting}`)]);
  }
  const found: L[] = [];
  for (const login of logins) {
    const wanted = [...(await settingsOf(client, login))].map(
      ([name, value]) => `${login.database_name} ${name}=${value}`,
    );
    if (wanted.sort().join('\n') !== (laid.get(login.login_role) ?? []).sort().join('\n')) found.push(login);
  }
  return found;
}

/** The settings of a login that this administrator may lay down, with their values. */
async function settingsOf(client: pg.Client, { id }: Pick<Login, 'id'>): Promise<Map<string, string>> {
  const all = new Map(Object.entries({ ...loginSettings, [tenantSetting]: id }));
  for (const name of await beyond(client)) all.delete(name);
  return all;
}

const known = new WeakMap<pg.Client, Promise<string[]>>();

/** Which settings an administrator may not lay down for others. */
function beyond(client: pg.Client): Promise<string[]> {
  const asked =
    known.get(client) ??
    client
      .query<{ name: string }>(
        `select name from unnest($1::text[]) as wanted (name) left join pg_settings using (name)
         where context is distinct from 'user' and not has_parameter_privilege(name, 'SET')`,
        [[...Object.keys(loginSettings), tenantSetting]],
      )
      .then(({ rows }) => rows.map(({ name }) => name));
  known.set(client, asked);
  return asked;
}
