import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { domainMigrations, loadMigrations } from '../../server/db/migrating/migration-files.ts';
import { MigrationRunner } from '../../server/tenancy/migrating/migration-runner.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

const slugs = Array.from({ length: 12 }, (_, index) => `fleet-${String(index + 1).padStart(2, '0')}`);
const unlucky = 'fleet-07';

let installation: Installation;
let folder: string;
let runner: MigrationRunner;
let released: number;
const tokens = new Map<string, string>();

beforeAll(async () => {
  installation = await startInstallation();
  for (const slug of slugs) {
    await installation.provision(slug);
    tokens.set(slug, await installation.open(installation.ownerOf(slug)));
  }
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-fleet-'));
  await cp(domainMigrations, folder, { recursive: true });
  released = (await loadMigrations(folder)).length;
  const { control, records } = installation.node.server.platform.tenancy;
  runner = new MigrationRunner(control, records, folder);
}, 240_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await installation.close();
});

const database = (slug: string) => `${installation.prefix}_t_${slug}`;
const put = (ahead: number, name: string, sql: string) =>
  writeFile(path.join(folder, `${String(released + ahead).padStart(4, '0')}_${name}.sql`), sql);
const ask = (slug: string) => installation.node.query('auth.me', { token: tokens.get(slug) ?? '' });
const statusOf = async (slug: string) =>
  (await runner.status()).tenants.find((tenant) => tenant.slug === slug);

/** Everybody works while `work` runs; gives the answers that were not 200. */
async function whileServing(work: () => Promise<unknown>): Promise<{ calls: number; refused: string[] }> {
  let ended = false;
  let calls = 0;
  const refused: string[] = [];
  const people = slugs.map(async (slug) => {
    while (!ended) {
      const answer = await installation.node.query('vendors.list', {
        token: tokens.get(slug) ?? '',
        input: { limit: 5 },
      });
      calls += 1;
      if (answer.status !== 200) refused.push(`${slug}: ${answer.text}`);
    }
  });
  await work().finally(() => (ended = true));
  await Promise.all(people);
  return { calls, refused };
}

describe('the migration of a fleet', () => {
  test('passes by the tenant that fails, names its reason, and everybody is served throughout', async () => {
    await put(1, 'vendors_get_a_note', 'alter table vendors add column fleet_note text;');
    await put(
      2,
      'vendors_note_index',
      '-- no-transaction\ncreate index concurrently if not exists vendors_fleet_note on vendors (fleet_note);\n',
    );
    await installation.sql(database(unlucky), 'alter table vendors add column fleet_note int');

    const dry = await runner.run({ dryRun: true });
    expect(dry.plan.map(({ wave }) => wave)).toEqual([
      'template',
      'canary',
      ...slugs.slice(1).map(() => 'wave'),
    ]);
    expect(dry.plan[1]?.migrations[0]?.sql).toContain('fleet_note');
    expect((await statusOf('fleet-01'))?.pending).toBe(2);

    const order: string[] = [];
    const run: { result?: Awaited<ReturnType<MigrationRunner['run']>> } = {};
    const served = await whileServing(async () => {
      run.result = await runner.run({ onResult: ({ target }) => void order.push(target) });
    });
    expect(served.refused).toEqual([]);
    expect(served.calls).toBeGreaterThan(slugs.length);
    expect(order.slice(0, 2)).toEqual(['template on main', 'fleet-01']);

    const outcomes = new Map(run.result?.results.map((result) => [result.target, result]));
    for (const slug of slugs.filter((one) => one !== unlucky)) {
      expect(outcomes.get(slug)).toMatchObject({ outcome: 'migrated', version: released + 2 });
    }
    expect(outcomes.get(unlucky)).toMatchObject({ outcome: 'quarantined', version: released });
    expect(outcomes.get(unlucky)?.error).toContain('"fleet_note" of relation "vendors" already exists');
    expect(await statusOf(unlucky)).toMatchObject({ state: 'quarantined', schemaVersion: released });
    expect((await ask(unlucky)).status).toBe(200);
    const indexes = await installation.sql(
      database('fleet-02'),
      "select indexrelid from pg_index where indexrelid = 'vendors_fleet_note'::regclass and indisvalid",
    );
    expect(indexes).toHaveLength(1);
  });

  test('repeated once the reason is gone brings the quarantined one home and leaves the others alone', async () => {
    await installation.sql(database(unlucky), 'alter table vendors drop column fleet_note');
    const { results } = await runner.run();
    const migrated = results.filter(({ outcome }) => outcome === 'migrated').map(({ target }) => target);
    expect(migrated).toEqual([unlucky]);
    expect(await statusOf(unlucky)).toMatchObject({ state: 'current', error: null });
    const record = await installation.node.server.platform.tenancy.records.bySlug(unlucky);
    expect(record?.status).toBe('active');
  });

  test('refuses to begin when an applied file was edited, and changes nobody', async () => {
    const [first] = await loadMigrations(folder);
    const file = path.join(folder, `0001_${first?.name ?? ''}.sql`);
    const before = await readFile(file, 'utf8');
    await writeFile(file, `${before}\n-- edited\n`);
    await put(3, 'one_more', 'alter table vendors add column one_more text;');
    await expect(runner.run()).rejects.toThrow(/Migration 1 .* never edited/);
    await writeFile(file, before);
    expect((await statusOf('fleet-03'))?.schemaVersion).toBe(released + 2);
  });

  test('stops when the first tenants fail, and says which were left out', async () => {
    for (const slug of slugs) {
      await installation.sql(database(slug), 'alter table vendors add column one_more int');
    }
    const { results } = await runner.run();
    const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
    expect([count('quarantined'), count('skipped')]).toEqual([2, 10]);
    for (const slug of slugs) {
      await installation.sql(database(slug), 'alter table vendors drop column one_more');
    }
    const again = await runner.run();
    expect(again.results.filter(({ outcome }) => outcome === 'migrated')).toHaveLength(12 + 1 - 1);
  });
});

describe('a tenant whose schema is older than what is served', () => {
  test('is told that it is being upgraded, and gets in when it is', async () => {
    const { records } = installation.node.server.platform.tenancy;
    const record = await records.bySlug('fleet-04');
    if (!record) throw new Error('no tenant');
    await records.change(record.id, { schema_version: released - 1 });
    await expect.poll(async () => (await ask('fleet-04')).status).toBe(200);
    await records.change(record.id, { schema_version: released - 2 });
    await expect.poll(async () => (await ask('fleet-04')).error?.data.code).toBe('TENANT_UPGRADING');
    const refused = await ask('fleet-04');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    expect((await ask('fleet-05')).status).toBe(200);
    await records.change(record.id, { schema_version: record.schema_version });
    await expect.poll(async () => (await ask('fleet-04')).status).toBe(200);
  });
});
