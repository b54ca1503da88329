import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterUrl } from '../fixtures/postgres.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices, TestTenant } from '../fixtures/services.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';

/**
 * The four walls between tenants, each tried with the others taken down: a database per tenant, a login per tenant,
 * row-level security, and a server that takes the tenant from the token alone.
 */
let services: TestServices;
let acme: Wall;
let globex: Wall;
const walls: Wall[] = [];

/** One tenant's side of the wall. */
interface Wall {
  tenant: TestTenant;
  login: { user: string; password: string; database: string };
  /** The superuser's view. */
  spyglass: Spyglass;
  /** What a thief of the login has. */
  thief: pg.Client;
  token: string;
}

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex'] });
  [acme, globex] = await Promise.all([wallOf('acme', 'quince'), wallOf('globex', 'tamarind')]);
});
afterAll(async () => {
  for (const wall of walls) {
    await wall.thief.end();
    await wall.spyglass.close();
  }
  await services.stop();
});

async function wallOf(slug: string, word: string): Promise<Wall> {
  const tenant = services.tenants[slug] as TestTenant;
  const token = await services.signIn(tenant.ownerEmail);
  const approver = await services.signIn(await services.addPerson(slug, ['owner']));
  await doBusiness(
    services,
    { word, cost: '41.17', pan: 'QQQPA1234Q', accountNumber: '123456789' },
    token,
    approver,
  );
  const record = await services.tenancy.records.byId(tenant.id);
  if (!record) throw new Error(`${slug} has no record.`);
  const login = await services.tenancy.records.address(record);
  const thief = await connected(login, login.database);
  const wall = { tenant, login, spyglass: new Spyglass(tenant.databaseUrl), thief, token };
  walls.push(wall);
  return wall;
}

async function connected(login: Wall['login'], database: string): Promise<pg.Client> {
  const url = new URL(clusterUrl(database));
  url.username = login.user;
  url.password = encodeURIComponent(login.password);
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Runs a statement of a thief and undoes it; gives the rows, or the SQLSTATE it is refused with. */
async function attempt(client: pg.Client, ...statements: string[]): Promise<unknown[] | string> {
  await client.query('begin');
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error);
  } finally {
    await client.query('rollback');
  }
}

const forbidden = '42501';

/** The tables of the tenant's own records. */
async function tenantTables({ spyglass }: Wall): Promise<string[]> {
  const rows = await spyglass.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'tenant_id'
       and c.relname <> 'tenant_identity' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** With a row of globex beside those of acme: the wall of separate databases is down. */
async function withIntruder(word: string, work: (id: string) => Promise<void>): Promise<void> {
  const id = crypto.randomUUID();
  await acme.spyglass.query('insert into vendors (id, tenant_id, code, name) values ($1, $2, $3, $3)', [
    id,
    globex.tenant.id,
    word,
  ]);
  try {
    await work(id);
    expect(await acme.spyglass.query('select 1 from vendors where id = $1', [id])).toHaveLength(1);
  } finally {
    await acme.spyglass.query('delete from vendors where id = $1', [id]);
  }
}

describe('a database per tenant', () => {
  test('holds nothing of another tenant, even where nobody asks about policies', async () => {
    for (const wall of [acme, globex]) {
      for (const table of await tenantTables(wall)) {
        const foreign = await wall.spyglass.query(`select 1 from "${table}" where tenant_id <> $1`, [
          wall.tenant.id,
        ]);
        expect(foreign, table).toEqual([]);
      }
    }
  });

  test('is no way into another one, for the superuser neither', async () => {
    await expect(
      acme.spyglass.query(`select * from "${globex.login.database}".public.vendors`),
    ).rejects.toThrow(/cross-database references/);
    const extensions = await acme.spyglass.query<{ extname: string }>('select extname from pg_extension');
    expect(extensions.map(({ extname }) => extname).sort()).toEqual(['btree_gin', 'pg_trgm', 'plpgsql']);
  });
});

describe('a login per tenant', () => {
  test('opens its own database and no other of the cluster', async () => {
    const databases = await acme.spyglass.query<{ name: string }>(
      'select datname as name from pg_database where datallowconn',
    );
    const opened: string[] = [];
    for (const { name } of databases) {
      const client = await connected(acme.login, name).catch(() => undefined);
      if (client) opened.push(name);
      await client?.end();
    }
    expect(opened).toEqual([acme.login.database]);
  });

  test('is nobody’s member, owns nothing and has no power', async () => {
    const [role] = await acme.spyglass.query(
      `select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
         (select count(*)::int from pg_auth_members where member = r.oid or roleid = r.oid) as memberships,
         (select count(*)::int from pg_class where relowner = r.oid) as tables,
         (select count(*)::int from pg_proc where proowner = r.oid) as functions,
         (select count(*)::int from pg_database where datdba = r.oid) as databases
       from pg_roles r where rolname = $1`,
      [acme.login.user],
    );
    expect(role).toEqual({
      rolsuper: false,
      rolinherit: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      memberships: 0,
      tables: 0,
      functions: 0,
      databases: 0,
    });
  });

  test('keeps others out although policies and grants are down and the variable is right', async () => {
    const database = acme.login.database;
    const { user } = globex.login;
    await acme.spyglass.query(`grant all on all tables in schema public to "${user}"`);
    await expect(connected(globex.login, database)).rejects.toMatchObject({ code: forbidden });
    await acme.spyglass.query(`revoke all on all tables in schema public from "${user}"`);
  });
});

describe('row-level security', () => {
  test('shows and changes no row of another tenant in the same database', async () => {
    await withIntruder('TAMARIND-INTRUDER', async (id) => {
      expect(await attempt(acme.thief, `select 1 from vendors where id = '${id}'`)).toEqual([]);
      expect(
        await attempt(acme.thief, `update vendors set name = 'x' where id = '${id}' returning 1`),
      ).toEqual([]);
      expect(await attempt(acme.thief, `delete from vendors where id = '${id}' returning 1`)).toEqual([]);
      expect(await attempt(acme.thief, `select id from vendors where id = '${id}' for update`)).toEqual([]);
      expect(
        await attempt(
          acme.thief,
          `insert into vendors (id, tenant_id, code, name) values (gen_random_uuid(), '${globex.tenant.id}', 'X', 'X')`,
        ),
      ).toBe(forbidden);
      expect(await attempt(acme.thief, `update vendors set tenant_id = '${globex.tenant.id}'`)).toBe(
        forbidden,
      );
    });
  });

  test('judges before any expression of the caller sees a row', async () => {
    await withIntruder('TAMARIND-9', async () => {
      // Were the cast tried on the foreign row, its error would tell the value.
      for (const probe of [
        `select count(*)::int from vendors where name like 'TAMARIND%' and name::int > 0`,
        `select count(*)::int from vendors where case when name like 'TAMARIND%' then 1 / (length(name) - length(name)) > 0 end`,
        `select count(*)::int from vendors where name ~ 'TAMARIND-9' and 1 / (length(name) - length(code)) > 0`,
      ]) {
        expect(await attempt(acme.thief, probe), probe).toEqual([{ count: 0 }]);
      }
    });
  });

  test('shows nothing at all under another app.current_tenant_id, prepared statements and cursors too', async () => {
    const tables = await tenantTables(acme);
    for (const value of [globex.tenant.id, '', 'x', crypto.randomUUID(), acme.tenant.id.toUpperCase()]) {
      for (const table of tables) {
        const rows = await attempt(
          acme.thief,
          `set local app.current_tenant_id = '${value}'`,
          `select 1 from "${table}" limit 1`,
        );
        expect(rows, `${table} under ${value}`).toEqual([]);
      }
    }
    const change = `set local app.current_tenant_id = '${globex.tenant.id}'`;
    expect(await attempt(acme.thief, 'prepare p as select id from vendors', 'execute p')).not.toEqual([]);
    expect(await attempt(acme.thief, 'prepare q as select id from vendors', change, 'execute q')).toEqual([]);
    await acme.thief.query('deallocate all');
    expect(
      await attempt(acme.thief, change, 'declare c cursor for select id from vendors', 'fetch all from c'),
    ).toEqual([]);
    expect(await attempt(acme.thief, 'select id from vendors')).not.toEqual([]);
  });

  test('holds against another login, with every grant and the right variable', async () => {
    const { user } = globex.login;
    const { database } = acme.login;
    const admin = new Spyglass(clusterUrl());
    await admin.query(`grant connect on database "${database}" to "${user}"`);
    await acme.spyglass.query(`grant usage on schema public to "${user}"`);
    await acme.spyglass.query(`grant all on all tables in schema public to "${user}"`);
    await acme.spyglass.query(`revoke all on tenant_identity from "${user}"`);
    await acme.spyglass.query(`grant execute on all functions in schema public to "${user}"`);
    const thief = await connected(globex.login, database);
    try {
      await thief.query(`set app.current_tenant_id = '${acme.tenant.id}'`);
      for (const table of await tenantTables(acme)) {
        expect(await attempt(thief, `select 1 from "${table}" limit 1`), table).toEqual([]);
      }
      expect(await attempt(thief, "select search_vendors('')")).toEqual([]);
    } finally {
      await thief.end();
      await acme.spyglass.query(`revoke all on all tables in schema public from "${user}"`);
      await acme.spyglass.query(`revoke all on all functions in schema public from "${user}"`);
      await acme.spyglass.query(`revoke usage on schema public from "${user}"`);
      await admin.query(`revoke connect on database "${database}" from "${user}"`);
      await admin.close();
    }
  });

  const tricks: Record<string, string[]> = {
    'another role': ['set role postgres'],
    'the role of the search': ['set role qm_search'],
    'another session': ["set session authorization 'postgres'"],
    'policies switched off for the session': ['set row_security = off', 'select * from vendors'],
    'policies switched off for the table': ['alter table vendors disable row level security'],
    'policies no longer forced': ['alter table vendors no force row level security'],
    'a policy dropped': ['drop policy tenant_isolation on vendors'],
    'a policy added': ['create policy all_of_it on vendors using (true)'],
    'the right to bypass': ['alter role current_user bypassrls'],
    'a view': ['create view mine as select * from vendors'],
    'a function that runs as its owner': [
      "create function mine() returns setof vendors language sql security definer as 'select * from vendors'",
    ],
    'a table in public': ['create table mine (id int)'],
    'a schema': ['create schema mine'],
    'a temporary table': ['create temporary table vendors (id int)'],
    'a temporary function': [
      "create function pg_temp.current_tenant() returns uuid language sql as 'select null::uuid'",
    ],
    'a temporary view': ['create temporary view mine as select * from vendors'],
    'the identity read': ['select * from tenant_identity'],
    'the identity written': ['update tenant_identity set tenant_id = gen_random_uuid()'],
    'the tenant established anew': ["select establish_tenant(gen_random_uuid(), 'x', 'x', 'x')"],
    'grants of its own': ['select apply_tenant_grants(current_user)'],
    'a table opened for the search': ["select allow_search_of('vendors')"],
    'a function given to the search': ["select make_search_function('current_tenant()')"],
    'an extension for other databases': ['create extension dblink'],
    'an extension for files': ['create extension file_fdw'],
    'an untrusted language': ['create extension plperlu'],
    'a program': ["copy vendors to program 'cat'"],
    'a file': ["copy vendors to '/tmp/vendors'"],
    'a file of the server': ["select pg_read_file('/etc/passwd')"],
    'a trigger': ['create trigger mine before insert on vendors execute function refuse_change()'],
    'triggers switched off': ['alter table audit_log disable trigger all'],
    'triggers switched off for the session': ['set session_replication_role = replica'],
    'an emptied table': ['truncate vendors'],
    'a rule': ['create rule mine as on select to vendors do instead select * from customers'],
    'a changed function': [
      "create or replace function current_tenant() returns uuid language sql as 'select null::uuid'",
    ],
    'a statistics object': ['create statistics mine on code, name from vendors'],
    'a subscription': ['create publication mine for table vendors'],
    passwords: ['select * from pg_authid'],
    'the planner’s samples': ['select * from pg_statistic'],
    'an anonymous block with another role': ['do $$ begin set role qm_search; end $$'],
  };
  test.each(Object.entries(tricks))('is not passed by %s', async (_what, statements) => {
    expect(await attempt(acme.thief, ...statements)).toMatch(/^(42501|0LP01|2BP01|42809)$/);
  });

  test('is not passed by settings of the server, its databases or its logins', async () => {
    for (const statement of [
      'alter system set row_security = off',
      `alter database "${acme.login.database}" set row_security = off`,
      `alter role "${globex.login.user}" password 'x'`,
      `alter role all set row_security = off`,
      `grant qm_search to "${acme.login.user}"`,
    ]) {
      const refused = await acme.thief.query(statement).then(
        () => 'done',
        (error: pg.DatabaseError) => error.code,
      );
      expect(refused, statement).toBe(forbidden);
    }
  });

  test('is not passed by another search_path', async () => {
    for (const path of ['pg_temp, public', 'pg_temp', '"$user", public', 'pg_catalog', '']) {
      const rows = await attempt(
        acme.thief,
        `set local search_path = ${path === '' ? "''" : path}`,
        `set local app.current_tenant_id = '${globex.tenant.id}'`,
        'select id from public.vendors union all select public.search_vendors($$quince$$)',
      );
      expect(rows, path).toEqual([]);
    }
  });

  test('is told nothing by statistics of tables it guards', async () => {
    expect(await attempt(acme.thief, "select * from pg_stats where schemaname = 'public'")).toEqual([]);
  });
});

describe('the search functions', () => {
  const hostile = [
    '',
    ' ',
    '%',
    '_',
    '%%%',
    '\\',
    "'",
    "' or 1=1 --",
    '"; select 1',
    '$1',
    '$words$',
    "E'\\x27'",
    '{',
    '(',
    '|| $1',
    'tamarind',
    'TAMARIND',
    '%tamarind%',
    'quince tamarind',
    'a b c d e f g h i j',
    '\u0130',
    '\u202e',
    'x'.repeat(100_000),
    'tamarind\ttamarind',
    '%L',
    '%1$s',
    '\\%',
    '\\\\',
  ];

  test('find no row of another tenant whatever is searched for', async () => {
    await withIntruder('TAMARIND-SEARCHED', async (id) => {
      for (const typed of hostile) {
        for (const call of ['search_vendors($1)', 'search_customers($1)', 'search_employees($1)']) {
          const { rows } = await acme.thief.query<{ id: string }>(`select ${call} as id`, [typed]);
          expect(
            rows.map((row) => row.id),
            `${call} ${typed.slice(0, 20)}`,
          ).not.toContain(id);
        }
      }
      const own = await acme.thief.query("select search_vendors('quince')");
      expect(own.rows).toHaveLength(1);
    });
  });

  test('of products take every argument as a value, never as SQL', async () => {
    const foreign = crypto.randomUUID();
    await acme.spyglass.query(
      `insert into products (id, tenant_id, sku, name, category, unit, hsn_code, tax_class)
       values ($1, $2, 'TAMARIND-P', 'tamarind', 'General', 'NOS', '7318', 'GST18')`,
      [foreign, globex.tenant.id],
    );
    const sorts = ['name', 'id', 'tenant_id', 'name; drop table products', 'name, (select 1)', "name'", ''];
    const words = ['', '%', "' or true --", 'tamarind', '0) or (true', "x' union select id from products --"];
    for (const word of words) {
      for (const sort of sorts) {
        for (const size of [1, 1000, 0, -1, null]) {
          const result = await acme.thief
            .query<{ id: string }>('select search_products($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as id', [
              word,
              word || null,
              word ? [word] : null,
              null,
              null,
              sort,
              true,
              word || null,
              null,
              size,
            ])
            .then(
              ({ rows }) => rows.map(({ id }) => id),
              (error: pg.DatabaseError) => error.code,
            );
          if (Array.isArray(result)) expect(result).not.toContain(foreign);
          else expect(['22023', '2201W', '22007', '22P02']).toContain(result);
        }
      }
    }
    expect(await acme.spyglass.query('select 1 from products where id = $1', [foreign])).toHaveLength(1);
    await acme.spyglass.query('delete from products where id = $1', [foreign]);
  });

  test('run with a pinned search_path, belong to a role without any power, and are closed to the public', async () => {
    const functions = await acme.spyglass.query<{
      name: string;
      pinned: boolean;
      owner: string;
      open: boolean;
    }>(
      `select p.oid::regprocedure::text as name, r.rolname as owner,
         coalesce(array_to_string(p.proconfig, ' '), '') like 'search_path=pg_catalog%' as pinned,
         coalesce((select bool_or(a.grantee = 0) from aclexplode(p.proacl) a), true) as open
       from pg_proc p join pg_roles r on r.oid = p.proowner
       where p.pronamespace = 'public'::regnamespace and p.prosecdef`,
    );
    expect(functions.length).toBeGreaterThan(3);
    for (const { name, owner, ...rest } of functions) {
      expect(rest, name).toEqual({ pinned: true, open: false });
      if (!name.startsWith('current_tenant')) expect(owner, name).toBe('qm_search');
    }
    const [owner] = await acme.spyglass.query(
      `select rolsuper, rolcanlogin, rolbypassrls, rolcreaterole, rolcreatedb,
         has_schema_privilege('qm_search', 'public', 'create') as creates,
         (select count(*)::int from pg_auth_members where member = r.oid) as memberships
       from pg_roles r where rolname = 'qm_search'`,
    );
    expect(new Set(Object.values(owner ?? {}))).toEqual(new Set([false, 0]));
  });
});

describe('every table', () => {
  test('with a tenant has policies enabled and forced, and no policy beside the two kinds', async () => {
    const rows = await acme.spyglass.query<{ name: string; guarded: boolean; policies: string[] }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
         array(select p.polname || ' ' || p.polcmd::text || ' ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
                 || ' ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
               from pg_policy p where p.polrelid = c.oid order by 1) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
         and c.relname <> 'tenant_identity'`,
    );
    expect(rows.length).toBeGreaterThan(15);
    const condition = '(tenant_id = ( SELECT current_tenant() AS current_tenant))';
    for (const { name, guarded, policies } of rows) {
      expect(guarded, name).toBe(true);
      expect(policies, name).toContain(`tenant_isolation * ${condition} ${condition}`);
      const rest = policies.filter((policy) => !policy.startsWith('tenant_isolation '));
      expect(
        rest.filter((policy) => policy !== 'search_functions r true '),
        name,
      ).toEqual([]);
    }
  });

  test('without a tenant is closed to the login', async () => {
    const tables = new Set(await tenantTables(acme));
    const all = await acme.spyglass.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')",
    );
    for (const { name } of all.filter(({ name }) => !tables.has(name))) {
      expect(await attempt(acme.thief, `select * from "${name}"`), name).toBe(forbidden);
    }
  });

  test('that must be unique is so within the tenant: nobody learns what others have', async () => {
    // What is unique by a record's id tells nothing: it is random, and no tenant learns another's.
    const rows = await acme.spyglass.query<{ name: string }>(
      `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
       where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relrowsecurity
         and not exists (select 1 from pg_attribute a
           where a.attrelid = c.oid and a.attnum = any (i.indkey) and a.attname = 'tenant_id')
         and not exists (select 1 from pg_attribute a
           where a.attrelid = c.oid and a.attnum = any (i.indkey) and a.atttypid = 'uuid'::regtype)`,
    );
    expect(rows).toEqual([]);
  });

  test('that is append-only refuses every change, to the superuser too', async () => {
    const tables = await acme.spyglass.query<{ name: string }>(
      `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where t.tgname = 'append_only' and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['audit_log', 'stock_movements']));
    for (const { name } of tables) {
      expect(await acme.spyglass.query(`select 1 from "${name}" limit 1`), name).toHaveLength(1);
      for (const statement of [
        `update "${name}" set tenant_id = tenant_id`,
        `delete from "${name}"`,
        `truncate "${name}" cascade`,
      ]) {
        await expect(acme.spyglass.query(statement), statement).rejects.toMatchObject({ code: '23001' });
        expect(await attempt(acme.thief, statement), statement).toBe(forbidden);
      }
      const merge = `merge into "${name}" t using (select 1) s on true when matched then delete`;
      await expect(acme.spyglass.query(merge)).rejects.toMatchObject({ code: '23001' });
    }
  });
});

describe('the grants of a login', () => {
  test('are exactly those that every migration lays anew', async () => {
    const guarded = await tenantTables(acme);
    const appendOnly = await acme.spyglass.query<{ name: string }>(
      "select tgrelid::regclass::text as name from pg_trigger where tgname = 'append_only'",
    );
    const only = new Set(appendOnly.map(({ name }) => name));
    const granted = await acme.spyglass.query<{ name: string; rights: string[] }>(
      `select c.relname as name, array_agg(a.privilege_type::text order by a.privilege_type) as rights
       from pg_class c, aclexplode(c.relacl) a, pg_roles r
       where c.relnamespace = 'public'::regnamespace and r.oid = a.grantee and r.rolname = $1 group by 1 order by 1`,
      [acme.login.user],
    );
    expect(granted).toEqual(
      guarded.map((name) => ({
        name,
        rights: only.has(name) ? ['INSERT', 'SELECT'] : ['DELETE', 'INSERT', 'SELECT', 'UPDATE'],
      })),
    );
  });

  test('hold nothing by way of PUBLIC, of single columns, of the schema or of the database', async () => {
    const [rights] = await acme.spyglass.query(
      `select has_schema_privilege($1, 'public', 'create') as creates,
         has_database_privilege($1, current_database(), 'create') as schemas,
         has_database_privilege($1, current_database(), 'temp') as temporary,
         exists (select 1 from pg_class c, aclexplode(c.relacl) a
           where c.relnamespace = 'public'::regnamespace and a.grantee = 0 and c.relkind in ('r', 'p', 'v', 'm')) as public_tables,
         exists (select 1 from pg_attribute a join pg_class c on c.oid = a.attrelid
           where c.relnamespace = 'public'::regnamespace and a.attacl is not null) as columns,
         exists (select 1 from pg_default_acl) as defaults`,
      [acme.login.user],
    );
    expect(new Set(Object.values(rights ?? {})), JSON.stringify(rights)).toEqual(new Set([false]));
  });

  test('let it run the functions meant for it, and of ours no others', async () => {
    const rows = await acme.spyglass.query<{ name: string; meant: boolean }>(
      `select p.oid::regprocedure::text as name,
         coalesce(obj_description(p.oid, 'pg_proc') like 'tenant:%', false) as meant
       from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege($1, p.oid, 'execute')
         and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
         and p.prorettype <> 'trigger'::regtype`,
      [acme.login.user],
    );
    expect(rows.filter(({ meant }) => !meant)).toEqual([]);
    expect(rows.map(({ name }) => name)).toContain('current_tenant()');
  });
});

describe('the server', () => {
  test('takes the tenant from the token, whatever else names another one and whatever other walls are down', async () => {
    const tables = await tenantTables(acme);
    const all = async (statement: string) => {
      for (const wall of [acme, globex]) {
        for (const table of tables) await wall.spyglass.query(`alter table "${table}" ${statement}`);
      }
    };
    await all('disable row level security');
    try {
      const other = globex.tenant;
      const digest = createHash('sha256').update(other.id).digest('hex');
      const answers: unknown[] = [];
      for (const headers of [
        {},
        { 'x-tenant-id': other.id, 'x-tenant': other.slug, 'x-forwarded-host': `${other.slug}.test` },
        { cookie: `tenant_id=${other.id}; tenant=${other.slug}`, host: `${other.slug}.test` },
        { 'x-supabase-tenant': digest, apikey: services.serviceRoleKey },
      ]) {
        for (const extra of [
          {},
          { tenantId: other.id, tenant_id: other.id, tenant: other.slug, 'app.current_tenant_id': other.id },
        ]) {
          const input = encodeURIComponent(JSON.stringify({ limit: 10, ...extra }));
          const response = await fetch(
            `${services.apiUrl}/api/trpc/vendors.list?input=${input}&tenantId=${other.id}&tenant=${other.slug}`,
            { headers: { ...headers, authorization: `Bearer ${acme.token}` } },
          );
          const text = await response.text();
          expect(text).not.toMatch(/tamarind/i);
          answers.push(text);
        }
      }
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/quince/i);
    } finally {
      await all('enable row level security');
    }
  });

  test('refuses a token whose tenant is not the control plane’s', async () => {
    const email = await services.addPerson('acme', ['owner']);
    const token = await services.signIn(email);
    expect((await services.call('vendors.list', {}, token)).error).toBeUndefined();
    await services.tenancy.control.pool.query('update user_mappings set tenant_id = $1 where email = $2', [
      globex.tenant.id,
      email,
    ]);
    await services.tenancy.control.pool.query(
      `insert into access_changes (scope, subject) select 'user', user_id::text from user_mappings where email = $1`,
      [email],
    );
    await expect
      .poll(async () => (await services.call('vendors.list', {}, token)).error?.code)
      .toBe('UNAUTHENTICATED');
  });
});
