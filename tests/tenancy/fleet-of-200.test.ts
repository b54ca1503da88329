import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MigrationResult } from '../../server/tenancy/migrating/migrations.contract.ts';
import { domainMigrations, loadMigrations } from '../../server/db/migrating/migration-files.ts';
import { MigrationRunner } from '../../server/tenancy/migrating/migration-runner.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

const slugs = Array.from({ length: 200 }, (_, index) => `t${String(index + 1).padStart(3, '0')}`);
const unlucky = 't123';
/** The tenants whose people work all the time: the canary, the one that fails, and some of every wave. */
const working = slugs.filter((slug, index) => index % 8 === 0 || slug === unlucky);

let installation: Installation;
let folder: string;
let released: number;
const tokens = new Map<string, string>();

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision(slugs[0] ?? '');
  const waiting = slugs.slice(1);
  const lanes = [1, 2, 3, 4].map(async () => {
    for (let slug = waiting.shift(); slug; slug = waiting.shift()) await installation.provision(slug);
  });
  await Promise.all(lanes);
  for (const slug of working) tokens.set(slug, await installation.open(installation.ownerOf(slug)));
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-fleet-of-200-'));
  await cp(domainMigrations, folder, { recursive: true });
  released = (await loadMigrations(folder)).length;
}, 240_000);
afterAll(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

const put = (ahead: number, name: string, sql: string) =>
  writeFile(path.join(folder, `${String(released + ahead).padStart(4, '0')}_${name}.sql`), sql);

interface Served {
  calls: number;
  refused: string[];
  slowestMs: number;
}

/** One person of each working tenant reads and writes, a dozen times a second, until `work` has ended. */
async function whileServing(work: Promise<unknown>): Promise<Served> {
  const served: Served = { calls: 0, refused: [], slowestMs: 0 };
  let ended = false;
  const people = working.map(async (slug) => {
    const token = tokens.get(slug) ?? '';
    for (let turn = 0; !ended; turn += 1) {
      const started = performance.now();
      const sku = `${slug}-${String(turn)}`;
      const answer = await (turn % 3 === 2
        ? installation.node.mutate('products.create', {
            token,
            key: sku,
            input: { sku, name: 'Made meanwhile', hsnCode: '7318' },
          })
        : installation.node.query(turn % 3 === 0 ? 'products.list' : 'vendors.list', {
            token,
            input: { limit: 5 },
          }));
      served.calls += 1;
      served.slowestMs = Math.max(served.slowestMs, performance.now() - started);
      if (answer.status !== 200) served.refused.push(`${slug}: ${answer.text}`);
      await sleep(80);
    }
  });
  await work.finally(() => (ended = true));
  await Promise.all(people);
  return served;
}

test('of 200 tenants 199 are migrated and one is quarantined with its reason, while everybody is served', async () => {
  await put(1, 'products_get_a_note', 'alter table products add column fleet_note text;');
  // The tables change under statements that were prepared before.
  await put(2, 'longer_contacts', 'alter table vendors alter column contact_name type varchar(200);');
  await put(
    3,
    'products_note_index',
    '-- no-transaction\ncreate index concurrently products_fleet_note on products (fleet_note);\n',
  );
  await installation.sql(
    `${installation.prefix}_t_${unlucky}`,
    'alter table products add column fleet_note int',
  );
  const { control, records } = installation.node.server.platform.tenancy;
  const runner = new MigrationRunner(control, records, folder);
  const results: MigrationResult[] = [];
  const started = performance.now();
  const run = runner.run({ onResult: (result) => void results.push(result) });
  const served = await whileServing(run);
  const seconds = (performance.now() - started) / 1000;

  expect(served.refused).toEqual([]);
  expect(served.calls).toBeGreaterThan(working.length * 5);
  expect(served.slowestMs).toBeLessThan(5000);
  expect(seconds).toBeLessThan(120);

  const tenants = results.filter(({ target }) => target !== 'template on main');
  expect(tenants).toHaveLength(200);
  const well = tenants.filter(({ outcome, version }) => outcome === 'migrated' && version === released + 3);
  expect(well).toHaveLength(199);
  const [failed] = tenants.filter(({ outcome }) => outcome !== 'migrated');
  expect(failed).toMatchObject({ target: unlucky, outcome: 'quarantined', version: released });
  expect(failed?.error).toContain('"fleet_note" of relation "products" already exists');

  const status = await runner.status();
  expect(status.tenants.filter(({ state }) => state === 'current')).toHaveLength(199);
  expect(status.run).toMatchObject({ state: 'failed', total: 201, done: 201, counts: { quarantined: 1 } });
  expect((await records.bySlug(unlucky))?.status).toBe('quarantined');
  const token = tokens.get(unlucky) ?? '';
  const still = await installation.node.query('products.list', { token, input: { limit: 1 } });
  expect(still.status).toBe(200);
}, 240_000);
