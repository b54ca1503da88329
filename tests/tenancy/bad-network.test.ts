import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Answer, Installation, Node } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';

let installation: Installation;
let relay: Relay;
let node: Node;
let token: string;
let other: string;

beforeAll(async () => {
  installation = await startInstallation();
  for (const slug of ['acme', 'globex']) await installation.provision(slug);
  const direct = new URL(installation.config.databaseUrl);
  relay = await startRelay(direct.hostname, Number(direct.port));
  const through = new URL(direct);
  through.hostname = '127.0.0.1';
  through.port = String(relay.port);
  node = await installation.startNode({ databaseUrl: through.href });
  token = await installation.open(installation.ownerOf('acme'));
  other = await installation.open(installation.ownerOf('globex'));
});
afterEach(async () => {
  relay.set('pass');
  await expect.poll(() => node.server.platform.isFresh(), { timeout: 10_000 }).toBe(true);
});
afterAll(async () => {
  relay.set('pass');
  await installation.close();
  await relay.close();
});

/** The application_name of the tenants' connections, as their first bytes have it. */
const tenants = 'application_name\0quartermaster\0';

const list = (who = token) => node.query('vendors.list', { token: who, input: { limit: 200 } });
const create = (code: string, key: string, who = token) =>
  node.mutate<{ id: string }>('vendors.create', { token: who, key, input: { code, name: `Vendor ${code}` } });
const rows = (code: string) =>
  installation.sql<{ id: string }>(
    `${installation.prefix}_t_acme`,
    'select id from vendors where code = $1',
    [code],
  );

/** 200, or the code; an outage must say when to come back. */
function outcomeOf({ status, error, headers }: Answer): string {
  if (status === 200) return 'OK';
  expect([status, error.data.code]).toEqual([503, 'UNAVAILABLE']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.stringify(error)).not.toMatch(/ECONN|timeout exceeded|127\.0\.0\.1|pg_|read timeout/i);
  return 'UNAVAILABLE';
}

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  return [await work, performance.now() - started];
}

/** The next request of anybody works, at once or within a moment. */
async function worksAgain(): Promise<void> {
  for (const who of [token, other]) {
    await expect.poll(async () => (await list(who)).status, { timeout: 8000, interval: 100 }).toBe(200);
    const [answer, ms] = await timed(list(who));
    expect(answer.status).toBe(200);
    expect(ms).toBeLessThan(2000);
  }
}

/** A transaction of somebody else that holds `vendors` of a tenant until it is let go. */
async function heldTable(slug: string): Promise<{ letGo(): Promise<void>; waiting(): Promise<number[]> }> {
  const client = new pg.Client({ connectionString: clusterUrl(`${installation.prefix}_t_${slug}`) });
  await client.connect();
  await client.query('begin');
  await client.query('lock table vendors in access exclusive mode');
  return {
    async letGo() {
      await client.query('rollback');
      await client.end();
    },
    async waiting() {
      const { rows: found } = await client.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return found.map(({ pid }) => pid);
    },
  };
}

describe('a database that is', () => {
  test('slow, or comes in crumbs, is slow for its callers and nothing else', async () => {
    expect(outcomeOf(await list())).toBe('OK');
    for (const mode of ['slow', 'trickle'] as const) {
      relay.set(mode);
      const [made, ms] = await timed(create(`SLOW-${mode}`, randomUUID()));
      expect(outcomeOf(made)).toBe('OK');
      if (mode === 'slow') expect(ms).toBeGreaterThan(150);
      expect(outcomeOf(await list())).toBe('OK');
      expect((await node.query('auth.me', { token })).status).toBe(200);
    }
    relay.set('pass');
    await worksAgain();
  });

  test('not there is UNAVAILABLE in bounded time for however many ask, and works again by itself', async () => {
    relay.set('refuse');
    const [answers, ms] = await timed(
      Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 ? list() : create(`GONE-${n}`, randomUUID())))),
    );
    expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['UNAVAILABLE']));
    expect(ms).toBeLessThan(8000);
    relay.set('pass');
    await worksAgain();
    expect(await rows('GONE-0')).toEqual([]);
  });

  test('reset during changes leaves each of them done once or not at all, and a retry settles it', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => [`RESET-${n}`, randomUUID()] as const);
    const first = keys.map(async ([code, key], n) => {
      await sleep(n * 8);
      return create(code, key);
    });
    for (let round = 0; round < 12; round += 1) {
      await sleep(25);
      relay.reset();
    }
    const answers = await Promise.all(first);
    const outcomes = answers.map(outcomeOf);
    expect(outcomes).toContain('UNAVAILABLE');
    await worksAgain();
    for (const [n, [code, key]] of keys.entries()) {
      const again = await create(code, key);
      expect(again.status, again.text).toBe(200);
      const answered = answers[n];
      if (answered?.status === 200) expect(again.data).toEqual(answered.data);
      expect(await rows(code)).toEqual([{ id: again.data.id }]);
    }
  }, 60_000);

  test('half open holds its callers for a bounded time, others not at all, and nobody once it is back', async () => {
    const direct = await installation.open(installation.ownerOf('acme'));
    await Promise.all([list(), list(), list(), list()]);
    relay.set('stall', tenants);
    const hanging = Promise.all([timed(list()), timed(create('STALL', randomUUID()))]);
    await sleep(300);
    const [me, meTook] = await timed(node.query('auth.me', { token }));
    expect(me.status).toBe(200);
    expect(meTook).toBeLessThan(500);
    expect((await installation.node.query('vendors.list', { token: direct, input: {} })).status).toBe(200);
    for (const [answer, ms] of await hanging) {
      expect(outcomeOf(answer)).toBe('UNAVAILABLE');
      expect(ms).toBeLessThan(30_000);
    }
    relay.set('pass');
    const [answer, ms] = await timed(list());
    expect(outcomeOf(answer)).toBe('OK');
    expect(ms).toBeLessThan(2000);
    await worksAgain();
    const made = await create('STALL', randomUUID());
    expect(['OK', 'CONFLICT']).toContain(made.error?.data.code ?? 'OK');
    expect(await rows('STALL')).toHaveLength(1);
  }, 90_000);
});

describe('a tenant whose connections are all taken', () => {
  test('is UNAVAILABLE in bounded time, is no burden to the other tenant, and works again afterwards', async () => {
    await worksAgain();
    const table = await heldTable('acme');
    const queue = timed(
      Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? list() : create(`FULL-${n}`, randomUUID())))),
    );
    try {
      await sleep(300);
      for (let round = 0; round < 20; round += 1) {
        const [answer, ms] = await timed(list(other));
        expect(outcomeOf(answer)).toBe('OK');
        expect(ms).toBeLessThan(1000);
      }
      const [answers, ms] = await queue;
      expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['UNAVAILABLE']));
      expect(ms).toBeLessThan(15_000);
    } finally {
      await table.letGo();
    }
    await worksAgain();
    expect(node.server.platform.tenancy.pools.waiting).toBe(0);
  }, 60_000);
});

describe('a change whose', () => {
  const idle = async () => {
    const states = await installation.sql<{ state: string }>(
      'postgres',
      "select state from pg_stat_activity where datname = $1 and application_name = 'quartermaster'",
      [`${installation.prefix}_t_acme`],
    );
    return states.every(({ state }) => state === 'idle');
  };

  test('caller hangs up in its midst is done once or not at all; asked again it gives one answer', async () => {
    for (const [n, letGoFirst] of [true, false].entries()) {
      const [code, key] = [`HANGUP-${n}`, randomUUID()];
      const table = await heldTable('acme');
      const aborted = abortable('vendors.create', { code, name: `Vendor ${code}` }, key);
      await expect.poll(async () => (await table.waiting()).length).toBeGreaterThan(0);
      if (letGoFirst) await table.letGo();
      aborted();
      if (!letGoFirst) await table.letGo();
      const [one, two] = await Promise.all([create(code, key), create(code, key)]);
      expect([outcomeOf(one), outcomeOf(two)]).toEqual(['OK', 'OK']);
      expect(two.data).toEqual(one.data);
      expect(await rows(code)).toEqual([{ id: one.data.id }]);
      await expect.poll(idle).toBe(true);
      await worksAgain();
    }
  }, 60_000);

  test('connection PostgreSQL ends in its midst is rolled back, and done by the retry', async () => {
    const [code, key] = ['KILLED-1', randomUUID()];
    const table = await heldTable('acme');
    const changing = create(code, key);
    await expect.poll(async () => (await table.waiting()).length).toBe(1);
    for (const pid of await table.waiting())
      await installation.sql('postgres', 'select pg_terminate_backend($1)', [pid]);
    expect(outcomeOf(await changing)).toBe('UNAVAILABLE');
    await table.letGo();
    expect(await rows(code)).toEqual([]);
    expect(outcomeOf(await create(code, key))).toBe('OK');
    expect(await rows(code)).toHaveLength(1);
    await expect.poll(idle).toBe(true);
  });

  function abortable(procedure: string, input: object, key: string): () => void {
    const sent = request(`${node.url}/api/trpc/${procedure}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
    });
    sent.on('error', () => {});
    sent.end(JSON.stringify(input));
    return () => void sent.destroy();
  }
});
