import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterUrl } from '../fixtures/postgres.ts';
import { Spyglass } from './walk/database.ts';
import { attempt, connected, forbidden, startWalls, tenantTables } from './walk/walls.ts';
import type { Walls } from './walk/walls.ts';

/** Row-level security tried with the other walls down: a thief with a login, foreign rows in the same database. */
let walls: Walls;
let acme: Walls['acme'];
let globex: Walls['globex'];
let withIntruder: Walls['withIntruder'];

beforeAll(async () => {
  walls = await startWalls();
  ({ acme, globex, withIntruder } = walls);
});
afterAll(() => walls.stop());

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
      // If the cast were tried on the foreign row, its error would reveal the value.
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
