import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { upgradeLocale } from '../../server/local/locale-upgrade.ts';
import { startLocalPostgres } from '../../server/local/postgres.ts';
import type { LocalPostgres } from '../../server/local/postgres.ts';

let directory: string;
let running: LocalPostgres | undefined;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'qm-cluster-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(directory, { recursive: true, force: true });
});

async function start(durable = false): Promise<LocalPostgres> {
  running = await startLocalPostgres({ directory, durable });
  return running;
}

async function ask(postgres: LocalPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidOf = () =>
  Number(readFileSync(path.join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

test('what was written before a stop is there after the next start', async () => {
  await ask(await start(), 'CREATE TABLE kept AS SELECT 42 AS answer');
  await running?.stop();
  expect(await ask(await start(), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('it listens on loopback only, asks for the password, and has no socket file', async () => {
  const postgres = await start();
  expect(
    await ask(
      postgres,
      "SELECT current_setting('listen_addresses') AS a, current_setting('unix_socket_directories') AS u",
    ),
  ).toEqual([{ a: '127.0.0.1', u: '' }]);
  const url = new URL(postgres.url());
  url.password = 'guessed';
  const stranger = new pg.Client({ connectionString: url.href });
  await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
});

test('one that a killed start left running is stopped, and the next start works', async () => {
  await start();
  const orphan = pidOf();
  // A second start of the same directory stands for the one after a kill -9: it knows nothing of the first.
  const next = await startLocalPostgres({ directory, durable: false });
  running = next;
  expect(pidOf()).not.toBe(orphan);
  expect(await ask(next, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after a kill -9 of PostgreSQL itself the next start recovers at once', async () => {
  await ask(await start(true), 'CREATE TABLE kept AS SELECT 1 AS one');
  process.kill(pidOf(), 'SIGKILL');
  expect(await ask(await start(), 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
});

test('a stale postmaster.pid with the number of a stranger is no obstacle, and the stranger lives', async () => {
  await start();
  await running?.stop();
  const lines = [
    String(process.pid),
    path.join(directory, 'postgres'),
    '1',
    '1',
    '',
    '127.0.0.1',
    '0',
    'ready',
  ];
  writeFileSync(path.join(directory, 'postgres/postmaster.pid'), `${lines.join('\n')}\n`);
  expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('what a killed initdb left behind is thrown away', async () => {
  mkdirSync(path.join(directory, 'postgres.new/base'), { recursive: true });
  writeFileSync(path.join(directory, 'postgres.new/PG_VERSION'), '18');
  expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a port that somebody else took meanwhile is replaced by a free one', async () => {
  await start();
  const { port } = running ?? { port: 0 };
  await running?.stop();
  const other = mkdtempSync(path.join(os.tmpdir(), 'qm-cluster-'));
  writeFileSync(path.join(other, 'postgres.json'), JSON.stringify({ password: 'other', port }), {
    mode: 0o600,
  });
  const taker = await startLocalPostgres({ directory: other, durable: false });
  try {
    expect(taker.port).toBe(port);
    expect((await start()).port).not.toBe(port);
  } finally {
    await taker.stop();
    rmSync(other, { recursive: true, force: true });
  }
});

test('a database of an earlier start that knew ASCII letters only finds Hindi words by its index afterwards', async () => {
  const postgres = await start();
  await ask(
    postgres,
    "UPDATE pg_database SET datctype = 'C'; ALTER DATABASE postgres SET enable_seqscan = off; CREATE EXTENSION pg_trgm; CREATE TABLE goods (name text)",
  );
  await ask(
    postgres,
    "INSERT INTO goods VALUES ('बोल्ट M8'); CREATE INDEX goods_by_name ON goods USING gin (name gin_trgm_ops)",
  );
  const found = "SELECT name FROM goods WHERE name LIKE '%बोल्ट%'";
  expect(await ask(postgres, "SELECT show_trgm('बोल्ट') AS trigrams")).toEqual([{ trigrams: [] }]);
  await upgradeLocale(postgres);
  await upgradeLocale(postgres);
  expect(await ask(postgres, "SELECT array_length(show_trgm('बोल्ट'), 1) AS trigrams")).toEqual([
    { trigrams: 6 },
  ]);
  expect(await ask(postgres, found)).toEqual([{ name: 'बोल्ट M8' }]);
});
