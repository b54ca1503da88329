import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/fixtures/postgres.ts';
import type { FreshDatabase } from '../../../tests/fixtures/postgres.ts';
import { migrateDatabase } from '../../db/migrating/migrate-database.ts';
import { loadMigrations, statementsOf } from '../../db/migrating/migration-files.ts';

let database: FreshDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase('migrations');
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-migrations-'));
  return () => rm(folder, { recursive: true, force: true });
});

const put = (name: string, sql: string) => writeFile(path.join(folder, name), sql);

async function query<R extends pg.QueryResultRow>(sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  test('run once each, in their order, also when several processes start at the same time', async () => {
    await put('0001_first.sql', 'create table a (x int); insert into a values (1);');
    await put(
      '0002_second.sql',
      '-- no-transaction\ncreate index concurrently if not exists a_x on a (x);\nanalyze a;\n',
    );
    const migrations = await loadMigrations(folder);
    const results = await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url, migrations)));
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual([1, 2]);
    expect(await query('select count(*)::int as n from a')).toEqual([{ n: 1 }]);
    await put('0003_third.sql', 'create table b (x int); select 1 / 0;');
    await expect(migrateDatabase(database.url, await loadMigrations(folder))).rejects.toThrow(
      'Migration 3 (third) failed: division by zero',
    );
    expect(await query("select to_regclass('b') as b")).toEqual([{ b: null }]);
    await put('0001_first.sql', 'create table a (x bigint);');
    await expect(migrateDatabase(database.url, await loadMigrations(folder))).rejects.toThrow('never edited');
  });

  test('are not held up by a login of the database that takes their lock', async () => {
    await using own = await freshDatabase('thief');
    const admin = new pg.Client({ connectionString: own.url });
    await admin.connect();
    await admin.query(`create role ${own.name} login password 'stolen'`);
    const url = new URL(own.url);
    url.username = own.name;
    url.password = 'stolen';
    const thief = new pg.Client({ connectionString: url.href });
    thief.on('error', () => {});
    await thief.connect();
    try {
      await thief.query('select pg_advisory_lock(4871002)');
      await put('0001_first.sql', 'select 1;');
      const migrated = await migrateDatabase(own.url, await loadMigrations(folder), { lockWaitMs: 3000 });
      expect(migrated.applied).toEqual([1]);
    } finally {
      await thief.end().catch(() => {});
      await admin.query(`drop role ${own.name}`);
      await admin.end();
    }
  });

  test('wait for a table that is locked, and try again', async () => {
    await query('create table busy (x int)');
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table busy');
    setTimeout(() => void holder.query('commit'), 400);
    await put('0001_first.sql', 'create table a (x int); insert into a values (1);');
    await put(
      '0002_second.sql',
      '-- no-transaction\ncreate index concurrently if not exists a_x on a (x);\nanalyze a;\n',
    );
    await put('0003_third.sql', 'alter table busy add y int;');
    const result = await migrateDatabase(database.url, await loadMigrations(folder), { lockTimeoutMs: 100 });
    expect(result.applied).toEqual([3]);
    await holder.end();
  });

  test('let nobody wait long behind them while they wait for somebody themselves', async () => {
    await using fresh = await freshDatabase('patient');
    const connect = async () => {
      const client = new pg.Client({ connectionString: fresh.url });
      client.on('error', () => {});
      await client.connect();
      return client;
    };
    const [reader, holder] = await Promise.all([connect(), connect()]);
    await put('0001_first.sql', 'create table shelf (x int);');
    await migrateDatabase(fresh.url, await loadMigrations(folder));
    await put('0002_second.sql', 'alter table shelf add y int;');
    // A long report reads the table: the migration has to wait for its end, and later readers behind it.
    await holder.query('begin; select from shelf');
    let ended = false;
    let longest = 0;
    const migrating = migrateDatabase(fresh.url, await loadMigrations(folder)).finally(() => (ended = true));
    setTimeout(() => void holder.query('commit'), 2500);
    while (!ended) {
      const started = performance.now();
      await reader.query('select from shelf');
      longest = Math.max(longest, performance.now() - started);
    }
    expect((await migrating).applied).toEqual([2]);
    expect(longest).toBeGreaterThan(100);
    expect(longest).toBeLessThan(1000);
    await Promise.all([reader.end(), holder.end()]);
  });

  test('are numbered without gaps', async () => {
    await put('0001_first.sql', '');
    await put('0003_third.sql', '');
    await expect(loadMigrations(folder)).rejects.toThrow('0003_third.sql');
  });

  test('without a transaction are taken statement by statement, whatever stands in strings and bodies', () => {
    expect(
      statementsOf(
        "-- no-transaction; really\ninsert into a values ('x;y', e'it\\'s;'); /* ; */ create function f() returns int language sql as $b$ select 1; $b$;select 2",
      ),
    ).toEqual([
      "insert into a values ('x;y', e'it\\'s;')",
      'create function f() returns int language sql as $b$ select 1; $b$',
      'select 2',
    ]);
    expect(statementsOf('-- no-transaction\ncreate index a on b (c);\n\n-- why\ndrop index d;\n')).toEqual([
      'create index a on b (c)',
      'drop index d',
    ]);
  });

  test('without a transaction that are killed in the middle go on where they stood', async () => {
    await using fresh = await freshDatabase('killed');
    const at = async <R extends pg.QueryResultRow>(sql: string) => {
      const client = new pg.Client({ connectionString: fresh.url });
      await client.connect();
      try {
        return (await client.query<R>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await put('0001_first.sql', 'create table a (x int); create table b (y int);');
    await migrateDatabase(fresh.url, await loadMigrations(folder));
    await put(
      '0002_indexes.sql',
      `-- no-transaction
create index concurrently a_x on a (x);
insert into b values (1);
create unique index concurrently b_y on b (y);
`,
    );
    const holder = new pg.Client({ connectionString: fresh.url });
    holder.on('error', () => {});
    await holder.connect();
    const killWhile = async (index: string) => {
      const running = migrateDatabase(fresh.url, await loadMigrations(folder));
      const ended = expect(running).rejects.toThrow(/Migration 2 \(indexes\) failed/);
      const half = () =>
        at(`select 1 from pg_index where indexrelid = to_regclass('${index}') and not indisvalid`);
      await expect.poll(half, { timeout: 10_000, interval: 20 }).toHaveLength(1);
      await at(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'quartermaster-admin' and datname = current_database()",
      );
      await ended;
      expect(await half()).toHaveLength(1);
    };
    // An index that is built concurrently waits, half-made, for writers to the table.
    await holder.query('begin; insert into a values (0)');
    await killWhile('a_x');
    await holder.query('rollback; begin; insert into b values (0)');
    await killWhile('b_y');
    await holder.query('rollback');
    await holder.end();
    expect((await migrateDatabase(fresh.url, await loadMigrations(folder))).to).toBe(2);
    expect(await at('select y from b')).toEqual([{ y: 1 }]);
    expect(
      await at(
        "select indexrelid::regclass::text as index from pg_index where indrelid in ('a'::regclass, 'b'::regclass) and indisvalid order by 1",
      ),
    ).toEqual([{ index: 'a_x' }, { index: 'b_y' }]);
    expect(await at("select to_regclass('schema_migration_steps') as steps")).toEqual([{ steps: null }]);
  });
});
