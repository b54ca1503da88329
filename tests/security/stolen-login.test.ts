import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterUrl } from '../fixtures/postgres.ts';
import { Spyglass } from './walk/database.ts';
import { attempt, connected, forbidden, startWalls, tenantTables } from './walk/walls.ts';
import type { Walls } from './walk/walls.ts';

/**
 * Everything a thief of a tenant's login can say to PostgreSQL, with a row of another tenant put into the same database:
 * what is refused, and what is allowed and gains nothing.
 */
let walls: Walls;
let acme: Walls['acme'];
let globex: Walls['globex'];
let withIntruder: Walls['withIntruder'];

beforeAll(async () => {
  walls = await startWalls();
  ({ acme, globex, withIntruder } = walls);
});
afterAll(() => walls.stop());

/** The thief's connection made anew, with start-up options of their own. */
async function connectedWith(options: string, more: object = {}): Promise<pg.Client> {
  const url = new URL(clusterUrl(acme.login.database));
  url.username = acme.login.user;
  url.password = encodeURIComponent(acme.login.password);
  const client = new pg.Client({ connectionString: url.href, options, ...more });
  client.on('error', () => {});
  await client.connect();
  return client;
}

describe('refused is', () => {
  const tricks: Record<string, string[]> = {
    'a role taken by its setting': ["select set_config('role', 'qm_search', false)"],
    'a session taken by its setting': ["select set_config('session_authorization', 'postgres', false)"],
    'a block that takes a role': ["do $$ begin perform set_config('role', 'postgres', true); end $$"],
    'a block that makes a function': [
      `do $$ begin execute 'create function public.f() returns int language sql security definer as $f$ select 1 $f$'; end $$`,
    ],
    'a leakproof function': [
      "create function public.peek(text) returns boolean language sql leakproof as 'select true'",
    ],
    'a function of the catalogue made leakproof': [
      'alter function pg_catalog.textlike(text, text) leakproof',
    ],
    'a function of the catalogue replaced': [
      "create or replace function pg_catalog.textlike(text, text) returns boolean language sql as 'select true'",
    ],
    'an operator': [
      'create operator public.~~~ (leftarg = text, rightarg = text, function = pg_catalog.textlike)',
    ],
    'a cast': ['create cast (text as int) with inout as implicit'],
    'an aggregate': ['create aggregate public.all_of(text) (sfunc = textcat, stype = text)'],
    'a type': ['create type public.mine as (id int)'],
    'a domain': ['create domain public.mine as text'],
    'a collation': ["create collation public.mine (provider = builtin, locale = 'C')"],
    'a sequence': ['create sequence public.mine'],
    'a materialised view': ['create materialized view public.mine as select * from vendors'],
    'a temporary materialised copy': ['create temporary table mine as select * from vendors'],
    'a copy by select': ['select * into public.mine from vendors'],
    'an event trigger': ['create event trigger mine on ddl_command_start execute function refuse_change()'],
    'a trusted extension': ['create extension pgcrypto'],
    'an extension for other servers': ['create extension postgres_fdw'],
    'an extension updated': ['alter extension pg_trgm update'],
    'a foreign data wrapper': ['create foreign data wrapper mine'],
    'a language': ['create language plpython3u'],
    'a library': ["load '/tmp/mine.so'"],
    'a library for every session': ["set session_preload_libraries = 'mine'"],
    'a file to a program': ["copy (select 1) to program 'cat'"],
    'a table from a program': ["copy vendors from program 'cat'"],
    'a table from a file': ["copy vendors from '/etc/passwd'"],
    'a folder of the server': ["select pg_ls_dir('.')"],
    'a binary file of the server': ["select pg_read_binary_file('postgresql.conf')"],
    'facts about a file': ["select pg_stat_file('postgresql.conf')"],
    'the log': ['select pg_current_logfile()'],
    'a file as a large object': ["select lo_import('/etc/passwd')"],
    'a large object as a file': ["select lo_export(lo_from_bytea(0, 'x'), '/tmp/mine')"],
    'the large objects of others': ['select * from pg_largeobject'],
    'another tenant’s backend ended': [
      `select pg_terminate_backend(pid) from pg_stat_activity where usename <> session_user limit 1`,
    ],
    'a configuration read again': ['select pg_reload_conf()'],
    'the settings of the server’s files': ['select * from pg_file_settings'],
    'who may connect from where': ['select * from pg_hba_file_rules'],
    'a checkpoint': ['checkpoint'],
    'a replication slot': ["select pg_create_logical_replication_slot('mine', 'pgoutput')"],
    'a publication of everything': ['create publication mine for all tables'],
    'a table given away': ['alter table vendors owner to current_user'],
    'default rights': [
      'alter default privileges grant all on tables to public; create table public.t (i int)',
    ],
    'a column': ['alter table vendors add column mine text'],
    'a policy changed': ['alter policy tenant_isolation on vendors using (true)'],
    'an index': ['create index on vendors (name)'],
    'an index rebuilt': ['reindex table vendors'],
    'a table put in order': ['cluster vendors using vendors_pkey'],
    'a comment that opens a function': ["comment on function refuse_change() is 'tenant: mine'"],
    'a security label': ["security label on table vendors is 'mine'"],
    'a role': ['create role mine'],
    'more of what one is': ['alter role current_user createrole'],
    'a superuser made of oneself': ['alter role current_user superuser'],
    'copying to a live replica': ['alter role current_user replication'],
    'the tenants of others’ logins': ['select setconfig from pg_db_role_setting'],
  };
  test.each(Object.entries(tricks))('%s', async (_what, statements) => {
    expect(await attempt(acme.thief, ...statements)).toMatch(/^(42501|0LP01|42809|42939|0A000|58P01|22023)$/);
  });

  test.each([
    'create database mine',
    "create tablespace mine location '/tmp'",
    "create subscription mine connection 'host=127.0.0.1' publication mine",
    'alter system set row_security = off',
  ])('outside of a transaction: %s', async (statement) => {
    await expect(acme.thief.query(statement)).rejects.toMatchObject({ code: forbidden });
  });

  test('passing on what one was given', async () => {
    const rights = () =>
      acme.spyglass.query(
        `select relacl::text as acl from pg_class where relname = 'vendors' union all
         select proacl::text from pg_proc where proname = 'current_tenant'`,
      );
    const before = await rights();
    for (const statement of [
      'grant select on vendors to public',
      `grant all on vendors to "${globex.login.user}"`,
      'grant execute on function current_tenant() to public',
    ]) {
      // PostgreSQL warns that nothing was granted, or refuses.
      await acme.thief.query(statement).catch(() => undefined);
    }
    expect(await rights()).toEqual(before);
  });

  test('a role, another tenant’s rights or a library at the start of a connection', async () => {
    for (const options of [
      '-c role=postgres',
      '-c role=qm_search',
      '-c session_authorization=postgres',
      '-c session_preload_libraries=mine',
      '-c session_replication_role=replica',
    ]) {
      await expect(connectedWith(options), options).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|22023|55P02)$/) as unknown,
      });
    }
    await expect(connectedWith('', { replication: 'database' })).rejects.toMatchObject({ code: forbidden });
  });
});

/** Ways to read a table, each giving whatever it shows as text. */
const readings: Record<string, (table: string) => string[]> = {
  'a query': (table) => [`select t::text as shown from ${table} t`],
  'rows as XML': (table) => [`select query_to_xml('select * from ${table}', true, false, '')::text as shown`],
  'a table as XML': (table) => [`select table_to_xml('${table}', true, false, '')::text as shown`],
  'a schema as XML': () => ["select schema_to_xml('public', true, false, '')::text as shown"],
  'a database as XML': () => ["select database_to_xml(true, false, '')::text as shown"],
  'a cursor as XML': (table) => [
    `declare c cursor for select * from ${table}`,
    "select cursor_to_xml('c', 10000, true, false, '')::text as shown",
  ],
  'text statistics': (table) => [
    `select word as shown from ts_stat('select to_tsvector(''simple'', t::text) from ${table} t')`,
  ],
  'a cursor that outlives its transaction': (table) => [
    `declare c cursor with hold for select t::text as shown from ${table} t`,
    'fetch all from c',
  ],
  'a block': (table) => [
    `do $$ declare r record; seen text := ''; begin
       for r in execute 'select t::text as shown from ${table} t' loop seen := seen || r.shown; end loop;
       perform set_config('mine.seen', seen, true); end $$`,
    "select current_setting('mine.seen') as shown",
  ],
  'a generic plan used many times': (table) => [
    'set local plan_cache_mode = force_generic_plan',
    `prepare p as select t::text as shown from ${table} t`,
    ...Array.from({ length: 7 }, () => 'execute p'),
  ],
  'a row changed and given back': (table) => [`update ${table} t set name = name returning t::text as shown`],
  'a merge': (table) => [
    `merge into ${table} t using (select 1) s on true when matched then update set name = name returning t::text as shown`,
  ],
  'an insert on top': (table) => [
    `insert into ${table} (id, code, name) select gen_random_uuid(), 'MINE-' || gen_random_uuid(), 'quince' on conflict do nothing`,
    `select t::text as shown from ${table} t`,
  ],
  'a setting changed in mid-statement': (table) => [
    `select t::text as shown from (select set_config('app.current_tenant_id', $$${'TENANT'}$$, true)) s, ${table} t`,
  ],
  'a join that wants everything': (table) => [
    `select t::text as shown from ${table} t right join (select generate_series(1, 3)) s on true`,
  ],
};

describe('another tenant’s row in the same database', () => {
  test.each(Object.entries(readings))('is not shown by %s', async (what, statements) => {
    await withIntruder('TAMARIND-STRAY', async () => {
      const said = statements('vendors').map((text) => text.replace('TENANT', globex.tenant.id));
      const rows = await attempt(acme.thief, ...said);
      await acme.thief.query('deallocate all');
      await acme.thief.query('close all');
      expect(rows, what).toBeInstanceOf(Array);
      expect(JSON.stringify(rows).toLowerCase()).not.toContain('tamarind');
      // The trick itself works: without changing the setting, it shows the thief's own tenant.
      if (!said.join().includes(globex.tenant.id))
        expect(JSON.stringify(rows).toLowerCase()).toContain('quince');
    });
  });

  test('is not in what COPY gives out, and COPY puts none in', async () => {
    await withIntruder('TAMARIND-COPIED', async () => {
      expect(await copied('copy vendors to stdout')).toMatch(/quince/i);
      expect(await copied('copy vendors to stdout')).not.toMatch(/tamarind/i);
      expect(await copied('copy (select * from vendors) to stdout')).not.toMatch(/tamarind/i);
    });
  });

  test('is in no view within the thief’s reach, no matter who owns it', async () => {
    const { user } = acme.login;
    await withIntruder('TAMARIND-VIEWED', async () => {
      await acme.spyglass.query('create view public.everything as select * from vendors');
      await acme.spyglass.query('create materialized view public.kept as select * from vendors');
      await acme.spyglass.query('create view public.asked with (security_invoker) as select * from vendors');
      await acme.spyglass.query(
        "create function public.all_vendors() returns setof vendors language sql security definer as 'select * from vendors'",
      );
      try {
        // What a migration that made them would do, and what everybody would be granted.
        await acme.spyglass.query('select apply_tenant_grants($1)', [user]);
        for (const name of ['everything', 'kept', 'asked']) {
          expect(await attempt(acme.thief, `select * from ${name}`), name).toBe(forbidden);
        }
        await acme.spyglass.query('grant select on public.asked to public');
        const seen = JSON.stringify(await attempt(acme.thief, 'select * from asked'));
        expect(seen).toMatch(/quince/i);
        expect(seen).not.toMatch(/tamarind/i);
      } finally {
        await acme.spyglass.query('drop view public.everything, public.asked');
        await acme.spyglass.query('drop materialized view public.kept');
        await acme.spyglass.query('drop function public.all_vendors()');
      }
    });
  });

  test('does not show through constraints: nothing can be hung onto it, and no row moves to its tenant', async () => {
    await withIntruder('TAMARIND-9', async () => {
      for (const statement of [
        `insert into vendors (id, code, name) values (gen_random_uuid(), 'TAMARIND-9', 'mine') returning 1`,
        `update vendors set code = 'TAMARIND-9' where id = (select id from vendors limit 1) returning 1`,
      ]) {
        // Another tenant's code is free to use: unique is unique within a tenant.
        expect(await attempt(acme.thief, statement), statement).toHaveLength(1);
      }
    });
  });
});

async function copied(statement: string): Promise<string> {
  const { connection } = acme.thief as unknown as { connection: pg.Connection };
  let text = '';
  const listen = ({ chunk }: { chunk: Buffer }) => (text += chunk.toString());
  connection.on('copyData', listen);
  await acme.thief.query(statement);
  connection.off('copyData', listen);
  return text;
}

describe('what a login may change of itself', () => {
  test('gains nothing: settings it leaves for later sessions open no row', async () => {
    const { user, database } = acme.login;
    const admin = new Spyglass(clusterUrl());
    const kept = await admin.query<{ setconfig: string[] }>(
      `select setconfig from pg_db_role_setting where setrole = $1::regrole
         and setdatabase = (select oid from pg_database where datname = $2)`,
      [user, database],
    );
    try {
      for (const change of [
        `set app.current_tenant_id = '${globex.tenant.id}'`,
        'set row_security = off',
        'set search_path = pg_temp, public',
        "set role = 'postgres'",
        'set statement_timeout = 0',
      ]) {
        const changed = await acme.thief
          .query(`alter role current_user in database "${database}" ${change}`)
          .then(() => 'done')
          .catch((error: pg.DatabaseError) => error.code);
        expect(['done', forbidden, '22023'], change).toContain(changed);
      }
      await withIntruder('TAMARIND-LATER', async () => {
        const later = await connectedWith('');
        try {
          for (const table of await tenantTables(acme)) {
            // With row_security off PostgreSQL refuses instead of filtering.
            const seen = await attempt(later, `select 1 from public."${table}" limit 1`);
            expect([[], forbidden], table).toContainEqual(seen);
          }
          await later.query(`set app.current_tenant_id = '${acme.tenant.id}'`);
          await later.query('set row_security = on');
          const own = JSON.stringify(await attempt(later, 'select * from public.vendors'));
          expect(own).toMatch(/quince/i);
          expect(own).not.toMatch(/tamarind/i);
        } finally {
          await later.end();
        }
      });
    } finally {
      await admin.query(`alter role "${user}" in database "${database}" reset all`);
      for (const setting of kept[0]?.setconfig ?? []) {
        const [name = '', value = ''] = setting.split(/=(.*)/s);
        const laid = name === 'search_path' ? value : pg.escapeLiteral(value);
        await admin.query(`alter role "${user}" in database "${database}" set ${name} = ${laid}`);
      }
      await admin.close();
    }
    const again = await connected(acme.login, database);
    expect(await attempt(again, 'select 1 from vendors limit 1')).toHaveLength(1);
    await again.end();
  });

  test('and undone, the session is the tenant’s own again', async () => {
    for (const reset of ['reset all', 'reset role', 'set session authorization default', 'discard all']) {
      await acme.thief.query(`set app.current_tenant_id = '${globex.tenant.id}'`);
      await acme.thief.query(reset);
      await acme.thief.query('reset app.current_tenant_id');
      const { rows } = await acme.thief.query<{ tenant: string }>('select current_tenant() as tenant');
      expect(rows[0]?.tenant, reset).toBe(acme.tenant.id);
    }
  });
});

describe('what a login costs others', () => {
  test('is bounded: temporary files beyond the limit end the statement, and no trick takes the limit away', async () => {
    const { database } = acme.login;
    const tricks = [
      'set temp_file_limit = -1',
      "select set_config('temp_file_limit', '-1', false)",
      'alter role current_user set temp_file_limit = -1',
      `alter role current_user in database "${database}" set temp_file_limit = -1`,
      `alter role current_user in database "${database}" reset temp_file_limit`,
    ];
    for (const trick of tricks) expect(await attempt(acme.thief, trick), trick).toBe(forbidden);
    await expect(connectedWith('-c temp_file_limit=-1')).rejects.toMatchObject({ code: forbidden });
    await acme.thief.query(`alter role current_user in database "${database}" reset all`);
    const later = await connectedWith('');
    try {
      expect(await attempt(later, 'show temp_file_limit')).toEqual([{ temp_file_limit: '512MB' }]);
      // A thief may take any time, and still can't fill the disk further.
      const filling = [
        'set local statement_timeout = 0',
        'select count(*) from generate_series(1, 1000000000)',
      ];
      expect(await attempt(later, ...filling)).toBe('53400');
    } finally {
      await later.end();
    }
  });

  test('is bounded again once the server looks: what the login has laid down for itself goes', async () => {
    const { database } = acme.login;
    const { tenancy } = walls.services;
    const record = await tenancy.records.byId(acme.tenant.id);
    if (!record) throw new Error('no tenant');
    const cluster = await tenancy.control.cluster(record.cluster);
    const found = async () => (await tenancy.databases.loginsOutOfOrder(cluster, [record])).length;
    await tenancy.databases.renewSettings(record);
    for (const own of [
      'alter role current_user set jit = off',
      `alter role current_user in database "${database}" set statement_timeout = 0`,
      `alter role current_user in database "${database}" reset work_mem`,
    ]) {
      expect(await found(), own).toBe(0);
      await acme.thief.query(own);
      expect(await found(), own).toBe(1);
      await tenancy.databases.renewSettings(record);
    }
    const later = await connectedWith('');
    const limits = [
      'statement_timeout',
      'idle_in_transaction_session_timeout',
      'work_mem',
      'temp_file_limit',
    ];
    const shown: unknown[] = [];
    for (const limit of limits) shown.push(...((await later.query(`show ${limit}`)).rows as unknown[]));
    await later.end();
    expect(Object.assign({}, ...shown)).toEqual({
      statement_timeout: '15s',
      idle_in_transaction_session_timeout: '30s',
      work_mem: '16MB',
      temp_file_limit: '512MB',
    });
  });
});

describe('between the databases of a server', () => {
  test('no notification crosses, in either direction', async () => {
    const heard: string[] = [];
    const listener = new pg.Client({ connectionString: globex.tenant.databaseUrl });
    const control = new pg.Client({ connectionString: walls.services.tenancy.control.url });
    for (const client of [listener, control]) {
      await client.connect();
      client.on('notification', ({ channel }) => void heard.push(channel));
      await client.query('listen mine');
    }
    acme.thief.on('notification', ({ payload }) => void heard.push(payload ?? ''));
    await acme.thief.query('listen yours');
    await acme.thief.query("notify mine, 'from acme'");
    await acme.thief.query("select pg_notify('mine', 'from acme')");
    await listener.query("notify yours, 'from globex'");
    await control.query("notify yours, 'from the control plane'");
    for (const client of [listener, control, acme.thief]) await client.query('select 1');
    expect(heard).toEqual([]);
    await acme.thief.query('unlisten *');
    await listener.end();
    await control.end();
  });

  test('nobody reads what others run, and no lock is shared', async () => {
    const other = await connected(globex.login, globex.login.database);
    await other.query("select pg_advisory_lock(4711), 'a secret of globex'");
    const seen = await acme.thief.query<{ query: string; usename: string }>(
      'select query, usename from pg_stat_activity where usename is distinct from session_user',
    );
    for (const { query } of seen.rows) expect(['', '<insufficient privilege>', null]).toContain(query);
    const { rows } = await acme.thief.query<{ mine: boolean }>('select pg_try_advisory_lock(4711) as mine');
    expect(rows).toEqual([{ mine: true }]);
    await acme.thief.query('select pg_advisory_unlock_all()');
    await other.end();
  });

  test('a large object of one is nothing to the other', async () => {
    const [made] = await acme.spyglass.query<{ id: string }>("select lo_from_bytea(0, 'kept') as id");
    const id = made?.id ?? '0';
    for (const statement of [
      `select lo_get(${id})`,
      `select lo_put(${id}, 0, 'x')`,
      `select lo_unlink(${id})`,
    ]) {
      expect(await attempt(acme.thief, statement), statement).toBe(forbidden);
    }
    const other = await connected(globex.login, globex.login.database);
    expect(await attempt(other, `select lo_get(${id})`)).toBe('42704');
    await other.end();
    await acme.spyglass.query(`select lo_unlink(${id})`);
  });

  test('the planner tells nothing of guarded tables', async () => {
    await acme.spyglass.query('analyze');
    for (const view of ['pg_stats', 'pg_stats_ext', 'pg_stats_ext_exprs']) {
      const rows = await attempt(acme.thief, `select * from ${view} where schemaname = 'public'`);
      expect(rows, view).toEqual([]);
    }
    await withIntruder('TAMARIND-PLANNED', async () => {
      await acme.spyglass.query('analyze vendors');
      const plan = JSON.stringify(
        await attempt(acme.thief, "explain (verbose) select * from vendors where name = 'TAMARIND-PLANNED'"),
      );
      expect(plan).not.toMatch(/tamarind-planned.*tamarind-planned/i);
    });
  });
});
