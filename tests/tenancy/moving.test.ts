import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, startCommand } from '../fixtures/command.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { startCluster } from '../fixtures/postgres.ts';

/** A second PostgreSQL server, known to the installation as `east`. */
let east: Awaited<ReturnType<typeof startCluster>>;
let installation: Installation;
let second: Node;
let slug: string;
let token: string;
let tenantId: string;
let made = 0;

beforeAll(async () => {
  [east, installation] = await Promise.all([startCluster(), startInstallation()]);
  second = await installation.startNode();
  await installation.node.server.platform.tenancy.clusters.put('east', east.url());
  await installation.node.server.platform.tenancy.clusters.setOpen('east', false);
});
afterAll(async () => {
  await installation.close();
  await east.stop();
});
beforeEach(async () => {
  made += 1;
  slug = `mover-${String(made)}`;
  tenantId = (await installation.provision(slug)).id;
  token = await installation.open(installation.ownerOf(slug));
});

const tenancy = () => installation.node.server.platform.tenancy;
const database = () => `${installation.prefix}_t_${slug}`;
const existsOn = async (url: string) =>
  (await sqlAt(url, 'select 1 from pg_database where datname = $1', [database()])).length > 0;
const mainUrl = () => installation.config.databaseUrl;
const vendorCodes = async () => {
  const codes = new Set<string>();
  for (let cursor: string | null = null; ;) {
    const page: { data: { items: { code: string }[]; nextCursor: string | null } } =
      await installation.node.query('vendors.list', {
        token,
        input: { limit: 200, ...(cursor === null ? {} : { cursor }) },
      });
    for (const { code } of page.data.items) codes.add(code);
    cursor = page.data.nextCursor;
    if (cursor === null) return codes;
  }
};

async function sqlAt<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const at = (url: string) => {
  const changed = new URL(url);
  changed.pathname = `/${database()}`;
  return changed.href;
};

/** People write, change, delete and read at both nodes until `stop`; gives what was acknowledged and what was refused. */
function busyPeople() {
  const written = new Set<string>();
  const renamed = new Map<string, string>();
  const refused: string[] = [];
  let reads = 0;
  let slowest = 0;
  let ended = false;
  const writer = async (node: Node, name: string) => {
    for (let index = 0; !ended; index += 1) {
      const code = `${name}-${String(index)}`;
      const started = performance.now();
      const answer = await node.mutate<{ id: string; version: number }>('vendors.create', {
        token,
        key: `${slug}/${code}`,
        input: { code, name: `Vendor ${code}`, email: `${code}@vendors.test` },
      });
      slowest = Math.max(slowest, performance.now() - started);
      if (answer.status !== 200) {
        refused.push(answer.text);
        continue;
      }
      written.add(code);
      if (index % 3 !== 0) continue;
      const changed = await node.mutate('vendors.update', {
        token,
        input: { id: answer.data.id, version: answer.data.version, name: `Renamed ${code}` },
      });
      if (changed.status === 200) renamed.set(code, `Renamed ${code}`);
      else refused.push(changed.text);
    }
  };
  const reader = async (node: Node) => {
    while (!ended) {
      const answer = await node.query('vendors.list', { token, input: { limit: 5 } });
      reads += 1;
      if (answer.status !== 200) refused.push(answer.text);
    }
  };
  const people = [
    writer(installation.node, 'A'),
    writer(second, 'B'),
    reader(installation.node),
    reader(second),
  ];
  return {
    async stop() {
      ended = true;
      await Promise.all(people);
      return { written, renamed, refused, reads, slowest };
    },
  };
}

describe('a tenant that is moved', () => {
  test('takes along everything that was acknowledged, refuses nobody, and lets changes wait for seconds at most', async () => {
    const people = busyPeople();
    await sleep(700);
    const move = await tenancy().lifecycle.moveTenantDatabase(tenantId, 'east');
    await sleep(500);
    const { written, renamed, refused, reads, slowest } = await people.stop();

    expect(move).toMatchObject({ state: 'done', to_cluster: 'east' });
    expect(refused).toEqual([]);
    expect(reads).toBeGreaterThan(20);
    expect(written.size).toBeGreaterThan(20);
    expect(move.paused_ms).toBeLessThan(5000);
    expect(slowest).toBeLessThan(6000);
    expect(await vendorCodes()).toEqual(written);
    const names = await sqlAt<{ code: string; name: string }>(
      at(east.url()),
      "select code, name from vendors where name like 'Renamed%'",
    );
    expect(new Map(names.map(({ code, name }) => [code, name]))).toEqual(renamed);
    expect([await existsOn(mainUrl()), await existsOn(east.url())]).toEqual([false, true]);
  });

  test('has its four walls, its foreign keys and its append-only tables at the new place, and comes back', async () => {
    const keys =
      "select count(*)::int as keys, bool_and(convalidated) as checked from pg_constraint where contype = 'f'";
    const guards =
      "select count(*)::int as guards from pg_trigger where not tgisinternal and tgenabled = 'O'";
    const before = [...(await sqlAt(at(mainUrl()), keys)), ...(await sqlAt(at(mainUrl()), guards))];
    await tenancy().lifecycle.moveTenantDatabase(tenantId, 'east');
    expect([...(await sqlAt(at(east.url()), keys)), ...(await sqlAt(at(east.url()), guards))]).toEqual(
      before,
    );
    const health = await tenancy().lifecycle.healthCheck(tenantId);
    expect(health.checks.filter(({ ok }) => !ok)).toEqual([]);
    await expect(sqlAt(at(east.url()), 'truncate audit_log')).rejects.toThrow('append-only');

    await installation.node.mutate('vendors.create', { token, input: { code: 'THERE', name: 'Made there' } });
    await tenancy().lifecycle.moveTenantDatabase(tenantId, 'main');
    expect(await vendorCodes()).toEqual(new Set(['THERE']));
    expect([await existsOn(mainUrl()), await existsOn(east.url())]).toEqual([true, false]);
  });

  test('goes on counting where it stood, and takes deletions along', async () => {
    const { node } = installation;
    const product = uuidv7();
    const place = uuidv7();
    await node.mutate('warehouses.create', { token, input: { id: place, code: 'W1', name: 'One' } });
    await node.mutate('products.create', {
      token,
      input: { id: product, sku: 'P-1', name: 'Bolt', hsnCode: '731815' },
    });
    const adjust = () =>
      node.mutate('inventory.adjust', {
        token,
        key: uuidv7(),
        input: { productId: product, warehouseId: place, quantity: '1', unitCost: '2.00', reason: 'found' },
      });
    expect((await adjust()).text).toContain('"result"');
    await sqlAt(
      at(mainUrl()),
      "insert into tax_rates (tenant_id, tax_class, valid_from, rate_percent) values ($1, 'GONE', '2020-01-01', 1)",
      [tenantId],
    );
    // Deleted between the first round and the last.
    const release = await holdBack(mainUrl());
    const moving = tenancy().lifecycle.moveTenantDatabase(tenantId, 'east');
    await expect.poll(() => paused(), { timeout: 15_000 }).toBe(true);
    await release(async (client) => {
      await client.query("delete from tax_rates where tax_class = 'GONE'");
    });
    await moving;
    expect(await sqlAt(at(east.url()), "select 1 from tax_rates where tax_class = 'GONE'")).toEqual([]);
    expect((await adjust()).status).toBe(200);
    const sequences = await sqlAt<{ sequence: string }>(
      at(east.url()),
      'select sequence from stock_movements order by sequence',
    );
    expect(sequences.map(({ sequence }) => sequence)).toEqual(['1', '2']);
  });
});

/** What a killed mover left is brought to its end, by this test or by a node's own chores. */
async function leftoversEnded(): Promise<void> {
  await expect
    .poll(
      async () => {
        await tenancy().mover.resume(() => {});
        return (await tenancy().moves.underWay(tenantId)) ?? 'ended';
      },
      { timeout: 30_000 },
    )
    .toBe('ended');
}

/** Is the tenant between its last round and its switch? */
async function paused(): Promise<boolean> {
  const record = await tenancy().records.byId(tenantId);
  return record?.writes_paused_at !== null;
}

/** Somebody who is in the middle of a change: the last round waits for them. */
async function holdBack(url: string) {
  const client = new pg.Client({ connectionString: at(url) });
  client.on('error', () => {});
  await client.connect();
  await client.query('begin');
  await client.query('lock table tax_rates in row exclusive mode');
  return async (last: (client: pg.Client) => Promise<void> = async () => {}) => {
    await last(client);
    await client.query('commit');
    await client.end();
  };
}

describe('a move that is killed', () => {
  let release: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await release?.().catch(() => {});
    release = undefined;
  });

  test('before the switch leaves the tenant where it was, open for changes, and can be done again', async () => {
    await installation.node.mutate('vendors.create', { token, input: { code: 'KEPT', name: 'Kept' } });
    release = await holdBack(mainUrl());
    const mover = startCommand(installation, 'move-tenant', [`--tenant-id=${slug}`, '--to=east']);
    await expect.poll(() => paused(), { timeout: 20_000 }).toBe(true);
    mover.kill('SIGKILL');
    const waiting = installation.node.mutate('vendors.create', {
      token,
      input: { code: 'WAITED', name: 'Waited' },
    });
    await release();
    release = undefined;
    await leftoversEnded();
    expect((await waiting).status).toBe(200);
    expect([await existsOn(mainUrl()), await existsOn(east.url())]).toEqual([true, false]);
    const again = await runCommand(installation, 'move-tenant', `--tenant-id=${slug}`, '--to=east');
    expect(again.stdout).toContain('lives on east');
    expect(await vendorCodes()).toEqual(new Set(['KEPT', 'WAITED']));
  });

  test('after the switch leaves it at the new place, and the old one is cleared', async () => {
    await installation.node.mutate('vendors.create', { token, input: { code: 'KEPT', name: 'Kept' } });
    // Somebody is still reading at the old place: the mover waits for them.
    const reading = new pg.Client({
      connectionString: at(mainUrl()),
      user: database(),
      password: await passwordOf(),
    });
    reading.on('error', () => {});
    await reading.connect();
    await reading.query('begin');
    await reading.query('select 1 from vendors');
    const mover = startCommand(installation, 'move-tenant', [`--tenant-id=${slug}`, '--to=east']);
    await expect
      .poll(async () => (await tenancy().moves.underWay(tenantId))?.state, { timeout: 20_000 })
      .toBe('switched');
    mover.kill('SIGKILL');
    await reading.end();
    expect(await vendorCodes()).toEqual(new Set(['KEPT']));
    expect(
      (await installation.node.mutate('vendors.create', { token, input: { code: 'NEW', name: 'New' } }))
        .status,
    ).toBe(200);
    await leftoversEnded();
    expect([await existsOn(mainUrl()), await existsOn(east.url())]).toEqual([false, true]);
    expect(await vendorCodes()).toEqual(new Set(['KEPT', 'NEW']));
  });

  test('by the loss of the new server is undone, and changes that waited go through', async () => {
    release = await holdBack(mainUrl());
    const moving = tenancy().lifecycle.moveTenantDatabase(tenantId, 'east');
    const ended = expect(moving).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect.poll(() => paused(), { timeout: 20_000 }).toBe(true);
    const waiting = installation.node.mutate('vendors.create', {
      token,
      input: { code: 'WAITED', name: 'Waited' },
    });
    await sqlAt(east.url(), 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      database(),
    ]);
    await release();
    release = undefined;
    await ended;
    expect((await waiting).status).toBe(200);
    expect([await existsOn(mainUrl()), await existsOn(east.url())]).toEqual([true, false]);
    expect(await vendorCodes()).toEqual(new Set(['WAITED']));
  });

  test('cannot be done to a place that is the same server, unknown, or holds somebody else’s database', async () => {
    const { clusters } = tenancy();
    await expect(clusters.put('west', mainUrl())).rejects.toMatchObject({ code: 'INVALID' });
    await expect(tenancy().lifecycle.moveTenantDatabase(tenantId, 'nowhere')).rejects.toMatchObject({
      code: 'INVALID',
    });
    await sqlAt(east.url(), `create database "${database()}"`);
    await expect(tenancy().lifecycle.moveTenantDatabase(tenantId, 'east')).rejects.toThrow('somebody else');
    await sqlAt(east.url(), `drop database "${database()}"`);
    expect(await tenancy().moves.underWay(tenantId)).toBeUndefined();
    expect((await installation.node.query('vendors.list', { token, input: { limit: 1 } })).status).toBe(200);
  });
});

async function passwordOf(): Promise<string> {
  const record = await tenancy().records.byId(tenantId);
  if (!record) throw new Error('no tenant');
  return (await tenancy().records.address(record)).password;
}

describe('clusters', () => {
  test('are named with their tenants, connections and version, and closed to new tenants on request', async () => {
    const list = await runCommand(installation, 'clusters');
    expect(list.stdout).toMatch(
      /✓ east {2}127\.0\.0\.1:\d+ {2}\d+ tenants?, takes no new ones {2}PostgreSQL 18/,
    );
    const opened = await runCommand(installation, 'clusters', 'open', '--name=east');
    expect(opened.code).toBe(0);
    try {
      const there = await tenancy().clusters.list();
      const [fewest] = there.sort((one, other) => one.tenants - other.tenants);
      expect((await installation.provision(`${slug}-placed`)).cluster).toBe(fewest?.name);
    } finally {
      await runCommand(installation, 'clusters', 'close', '--name=east');
    }
    const removed = await runCommand(installation, 'clusters', 'remove', '--name=east');
    expect([removed.code, removed.stderr]).toEqual([1, expect.stringContaining('Tenants live on east')]);
  });
});
