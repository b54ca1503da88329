import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TenantSource } from '../../server/db/tenant-source.ts';
import type { TenantPoolLimits } from '../../server/tenancy/pools/tenant-pool.ts';
import { TenantPools } from '../../server/tenancy/pools/tenant-pools.ts';
import { startRelay } from '../fixtures/relay.ts';
import { freshDatabase } from '../fixtures/postgres.ts';
import type { FreshDatabase } from '../fixtures/postgres.ts';

let database: FreshDatabase;
let observer: pg.Client;
let pools: TenantPools;

beforeAll(async () => {
  database = await freshDatabase('pools');
  observer = new pg.Client({ connectionString: database.url });
  await observer.connect();
});
afterEach(() => pools.close());
afterAll(async () => {
  await observer.end();
  await database.drop();
});

/** What counts here is who gets a connection: every tenant has the same database. */
function tenant(number: number, port = new URL(database.url).port): TenantSource {
  const url = new URL(database.url);
  return pools.of({
    tenantId: `tenant-${String(number)}`,
    host: url.hostname,
    port: Number(port),
    ssl: false,
    database: database.name,
    user: url.username,
    password: url.password,
    options: undefined,
  });
}
const open = (limits: Partial<TenantPoolLimits>) => (pools = new TenantPools(limits));
const nap = (number: number, seconds: number) =>
  sql`select pg_sleep(${seconds}::float8)`.execute(tenant(number).db);

/** The most connections PostgreSQL itself has seen while `work` ran. */
async function mostConnectionsWhile(work: Promise<unknown>): Promise<number> {
  let ended = false;
  let most = 0;
  const done = work.finally(() => (ended = true));
  while (!ended) {
    const { rows } = await observer.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = $1 and application_name = 'quartermaster'",
      [database.name],
    );
    most = Math.max(most, rows[0]?.n ?? 0);
    await sleep(3);
  }
  await done;
  return most;
}

describe('the pools of all tenants together', () => {
  test('serve many more tenants than there may be connections, and stay under the cap', async () => {
    open({ overall: 6, perTenant: 2, waitMs: 20_000 });
    const work = Array.from({ length: 40 }, (_, number) =>
      Promise.all([nap(number, 0.01), nap(number, 0.01), nap(number, 0.01)]),
    );
    const most = await mostConnectionsWhile(Promise.all(work));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(6);
    expect(pools.connections).toBeLessThanOrEqual(6);
    expect(pools.waiting).toBe(0);
  });

  test('let nobody starve: one call of a quiet tenant does not wait for a busy tenant’s hundreds', async () => {
    open({ overall: 4, perTenant: 2, waitMs: 20_000 });
    let finished = 0;
    const busy = Array.from({ length: 200 }, () => nap(1, 0.01).then(() => (finished += 1)));
    await sleep(20);
    await nap(2, 0.001);
    expect(finished).toBeLessThan(100);
    await Promise.all(busy);
  });

  test('are fair: a tenant that holds every connection gives one up for who has waited longest', async () => {
    open({ overall: 2, perTenant: 2, waitMs: 20_000 });
    let finished = 0;
    const busy = Array.from({ length: 80 }, () => nap(1, 0.02).then(() => (finished += 1)));
    await sleep(20);
    await Promise.all([2, 3, 4].map((number) => nap(number, 0.001)));
    expect(finished).toBeLessThan(60);
    await Promise.all(busy);
  });

  test('serve 500 tenants and 2000 callers at once over ten connections, every one of them', async () => {
    open({ overall: 10, perTenant: 4, waitMs: 30_000 });
    const served = new Map<number, number>();
    let queue = 0;
    const calls = Array.from({ length: 2000 }, (_, call) =>
      nap(call % 500, 0).then(() => {
        served.set(call % 500, (served.get(call % 500) ?? 0) + 1);
        queue = Math.max(queue, pools.waiting);
      }),
    );
    const most = await mostConnectionsWhile(Promise.all(calls));
    expect(most).toBeLessThanOrEqual(10);
    expect(queue).toBeGreaterThan(1500);
    expect(served.size).toBe(500);
    expect([...served.values()].every((times) => times === 4)).toBe(true);
    expect([pools.waiting, pools.tenants]).toEqual([0, 500]);
  }, 60_000);

  test('take a connection that a tenant has idle beside one at work, and give it to who has none', async () => {
    open({ overall: 4, perTenant: 4, waitMs: 3000 });
    await Promise.all([nap(1, 0.05), nap(1, 0.05), nap(1, 0.05), nap(1, 0.05)]);
    const long = nap(1, 1.5);
    const started = performance.now();
    await Promise.all([nap(2, 0), nap(3, 0)]);
    expect(performance.now() - started).toBeLessThan(1000);
    await long;
  });

  test('close what nobody has used for a while', async () => {
    open({ overall: 10, perTenant: 2, idleMs: 100 });
    await Promise.all([nap(1, 0), nap(2, 0), nap(3, 0)]);
    expect(pools.connections).toBe(3);
    await expect.poll(() => pools.connections).toBe(0);
    await nap(1, 0);
  });

  test('get over connections that have silently died: they are cut off and their places used again', async () => {
    open({ overall: 2, perTenant: 2, waitMs: 10_000, answerMs: 300 });
    const relay = await startRelay('127.0.0.1', Number(new URL(database.url).port));
    try {
      const through = (seconds: number) =>
        sql`select pg_sleep(${seconds}::float8)`.execute(tenant(1, String(relay.port)).db);
      await Promise.all([through(0.05), through(0.05)]);
      relay.set('stall');
      await expect(through(0)).rejects.toThrow(/timeout/);
      await Promise.all([nap(2, 0), nap(3, 0)]);
      expect(pools.connections).toBeLessThanOrEqual(2);
    } finally {
      await relay.close();
    }
  });

  test('tell those who wait at once when their tenant is closed', async () => {
    open({ overall: 1, perTenant: 1, waitMs: 20_000 });
    const long = nap(1, 0.5);
    const waiting = nap(2, 0);
    await sleep(50);
    const started = performance.now();
    await pools.drop('tenant-2');
    await expect(waiting).rejects.toThrow('very busy');
    expect(performance.now() - started).toBeLessThan(300);
    await long;
  });

  test('refuse in words what does not fit into the queue or waits too long, and work on', async () => {
    open({ overall: 1, perTenant: 1, queue: 2, waitMs: 150 });
    const calls = await Promise.allSettled([nap(1, 0.5), nap(2, 0), nap(3, 0), nap(4, 0)]);
    const reasons = calls.map((call) =>
      call.status === 'rejected' ? (call.reason as Error).message : 'served',
    );
    expect(reasons[0]).toBe('served');
    expect(reasons.slice(1).every((reason) => reason.includes('very busy'))).toBe(true);
    await nap(2, 0);
  });
});
