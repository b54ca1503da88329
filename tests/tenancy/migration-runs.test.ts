import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MigrationRun, MigrationStatus } from '../../server/tenancy/migrating/migrations.contract.ts';
import { MigrationCommands } from '../../server/admin/migrations/migrations.service.ts';
import { domainMigrations, loadMigrations } from '../../server/db/migrating/migration-files.ts';
import { MigrationRunner } from '../../server/tenancy/migrating/migration-runner.ts';
import { resultOf, startCommand } from '../fixtures/command.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';

const slugs = ['one', 'two', 'three', 'four', 'five', 'six'];

let installation: Installation;
let folder: string;
let released: number;
let operator: string;
/** How many files this test has added to the released ones. */
let ahead = 0;
let runner: MigrationRunner;
/** A server whose newest migrations are those of the folder. */
let newer: Node;

beforeAll(async () => {
  installation = await startInstallation();
  await Promise.all(slugs.slice(0, 1).map((slug) => installation.provision(slug)));
  for (const slug of slugs.slice(1)) await installation.provision(slug);
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-runs-'));
  await cp(domainMigrations, folder, { recursive: true });
  released = (await loadMigrations(folder)).length;
  const { control, records } = installation.node.server.platform.tenancy;
  runner = new MigrationRunner(control, records, folder);
  await installation.operator(`operator@${installation.prefix}.test`);
  operator = await installation.open(`operator@${installation.prefix}.test`);
  await put(
    'create table migration_marks (version int not null, at timestamptz not null default clock_timestamp());',
  );
  newer = await installation.startNode({ migrationsFolder: folder });
});
afterAll(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  expect((await runner.status()).run?.state).not.toBe('running');
});

const database = (slug: string) => `${installation.prefix}_t_${slug}`;

async function put(sql: string): Promise<number> {
  ahead += 1;
  const version = released + ahead;
  await writeFile(path.join(folder, `${String(version).padStart(4, '0')}_step_${String(ahead)}.sql`), sql);
  return version;
}

/** A migration that takes its time and leaves a mark each time it is run. */
const slow = (seconds: number) =>
  put(
    `insert into migration_marks (version) values (${String(released + ahead + 1)}); select pg_sleep(${String(seconds)});`,
  );

async function marksOf(version: number): Promise<number[]> {
  const counts = slugs.map((slug) =>
    installation.sql<{ n: number }>(
      database(slug),
      'select count(*)::int as n from migration_marks where version = $1',
      [version],
    ),
  );
  return (await Promise.all(counts)).map(([row]) => row?.n ?? 0);
}

const once = slugs.map(() => 1);
const status = (node: Node) => node.query<MigrationStatus>('admin.migrations.status', { token: operator });
const run = (node: Node, input: object = {}) =>
  node.mutate<MigrationRun>('admin.migrations.run', { token: operator, input });
const outcomes = (results: MigrationRun['results']) =>
  Object.fromEntries(results.map(({ target, outcome }) => [target, outcome]));
const command = (...args: string[]) =>
  startCommand(installation, 'migrate-domain', args, { QM_MIGRATIONS_DIR: folder });

async function until(check: (run: NonNullable<MigrationStatus['run']>) => boolean): Promise<void> {
  await expect
    .poll(
      async () => {
        const { run: current } = await runner.status();
        return current !== null && check(current);
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(true);
}

describe('a run of migrations', () => {
  test('answers an operator with its results, and every node tells how it went', async () => {
    const answer = await run(newer);
    expect(answer.status).toBe(200);
    expect(answer.data).toMatchObject({ dryRun: false, running: false });
    expect(outcomes(answer.data.results)).toEqual({
      'template on main': 'migrated',
      ...Object.fromEntries(slugs.map((slug) => [slug, 'migrated'])),
    });
    const told = await status(installation.node);
    expect(told.data.run).toMatchObject({
      id: answer.data.runId,
      state: 'done',
      total: slugs.length + 1,
      done: slugs.length + 1,
      startedBy: `operator@${installation.prefix}.test`,
    });
    const audit = await newer.query<{ items: { action: string; outcome: string; details: object }[] }>(
      'admin.audit.list',
      { token: operator, input: { limit: 1, filter: { action: ['migrations.run'] } } },
    );
    expect(audit.data.items[0]).toMatchObject({ outcome: 'done', details: { targets: slugs.length + 1 } });
  });

  test('that takes longer than anybody waits goes on in the background, seen live from the other nodes', async () => {
    const version = await slow(0.3);
    const { tenancy } = newer.server.platform;
    const answer = await new MigrationCommands(tenancy, 500).run(undefined, false, {});
    expect(answer.running).toBe(true);
    expect(answer.results.length).toBeLessThan(slugs.length);
    const seen: MigrationStatus[] = [];
    for (let live = true; live; await sleep(50)) {
      seen.push((await status(installation.node)).data);
      live = seen.at(-1)?.run?.state === 'running';
    }
    expect(seen.at(-1)?.run).toMatchObject({ id: answer.runId, state: 'done', latest: version });
    const during = seen.filter(({ run: current }) => current?.state === 'running');
    expect(during.some(({ tenants }) => tenants.some(({ state }) => state === 'running'))).toBe(true);
    expect(new Set(during.map(({ run: current }) => current?.done)).size).toBeGreaterThan(1);
    expect(new Set(during.map(({ run: current }) => current?.wave)).has(2)).toBe(true);
    expect(await marksOf(version)).toEqual(once);
  });

  test('asked for on two nodes and by a command line at once is one run with one outcome', async () => {
    const version = await slow(0.3);
    const second = await installation.startNode({ migrationsFolder: folder });
    const cli = resultOf(command('--all'));
    await until(({ state, latest }) => state === 'running' && latest === version);
    const answers = await Promise.all([run(newer), run(second)]);
    const ids = new Set(answers.map(({ data }) => data.runId));
    expect(ids.size).toBe(1);
    for (const { data } of answers) {
      expect(outcomes(data.results)).toMatchObject(
        Object.fromEntries(slugs.map((slug) => [slug, 'migrated'])),
      );
    }
    const printed = await cli;
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    for (const slug of slugs)
      expect(printed.stdout).toContain(`✓ ${slug}: migrated to version ${String(version)}`);
    expect(await marksOf(version)).toEqual(once);
  });

  test('for one tenant is refused in words while another is under way, and a command line waits for its turn', async () => {
    const version = await slow(1);
    const { ended } = await newer.server.platform.tenancy.runner.start({
      parallel: 1,
      trace: { actorEmail: 'first@ops.test' },
    });
    const record = await installation.node.server.platform.tenancy.records.bySlug('six');
    const refused = await run(newer, { tenantId: record?.id });
    expect([refused.status, refused.error.data.code]).toEqual([409, 'CONFLICT']);
    expect(refused.error.message).toMatch(/started by first@ops.test .* is under way: \d of 7 done/);
    const printed = await resultOf(command('--tenant-id=six'));
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    expect(printed.stdout).toMatch(/is under way: \d of 7 done. Its end is awaited first.\n/);
    expect(printed.stdout).toContain(`six: is at version ${String(version)} already`);
    await ended;
    const unknown = await run(newer, { tenantId: '00000000-0000-7000-8000-000000000000' });
    expect(unknown.error.data.code).toBe('NOT_FOUND');
  });

  test('killed in the middle is seen to be broken off, and run again completes without doing anything twice', async () => {
    const version = await slow(0.4);
    const child = command('--all', '--parallel=2');
    const killed = resultOf(child);
    await until(({ latest, done, running }) => latest === version && done >= 3 && running.length > 0);
    child.kill('SIGKILL');
    expect((await killed).signal).toBe('SIGKILL');
    await until(({ state }) => state === 'abandoned');
    const broken = await status(newer);
    expect(broken.data.run?.error).toMatch(/stopped or killed/);
    expect(broken.data.tenants.filter(({ state }) => state === 'running')).toEqual([]);
    const looked = await resultOf(command('--status'));
    expect(looked.stdout).toMatch(/was broken off; run it again: \d of 7 done/);

    const again = await resultOf(command('--all'));
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(/ already\n/);
    expect(await marksOf(version)).toEqual(once);
    expect((await status(installation.node)).data.run?.state).toBe('done');
    const after = await resultOf(command('--status'));
    expect(after.stdout).toMatch(/one +\d+ +up to date/);
    expect(after.stdout).toContain('went well: 7 of 7 done');
  });

  test('ends with the server that runs it, and another goes on', async () => {
    const version = await slow(0.5);
    const stopped = await installation.startNode({ migrationsFolder: folder });
    const { ended } = await stopped.server.platform.tenancy.runner.start({ parallel: 1 });
    await until(({ latest, done }) => latest === version && done >= 2);
    const joined = run(newer);
    await stopped.server.close();
    expect((await ended).results.some(({ outcome }) => outcome === 'skipped')).toBe(true);
    expect(outcomes((await joined).data.results)).toMatchObject({ six: 'migrated' });
    expect(await marksOf(version)).toEqual(once);
  });
});

describe('one tenant of a run', () => {
  test('whose connection drops in the middle is tried again', async () => {
    const version = await slow(0.5);
    const running = runner.run();
    await until(({ latest, running: names }) => latest === version && names.includes('four'));
    await sleep(100);
    await installation.sql(
      'postgres',
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'quartermaster-admin'",
      [database('four')],
    );
    expect(outcomes((await running).results)).toMatchObject({ four: 'migrated' });
    expect(await marksOf(version)).toEqual(once);
  });

  test('whose database stays away is quarantined with the reason while the others go on, and comes home later', async () => {
    const version = await slow(0);
    const closed = (allowed: boolean) =>
      installation.sql('postgres', `alter database ${database('five')} allow_connections ${String(allowed)}`);
    await closed(false);
    const answer = await run(newer);
    expect(outcomes(answer.data.results)).toMatchObject({
      four: 'migrated',
      five: 'quarantined',
      six: 'migrated',
    });
    const told = (await status(newer)).data;
    expect(told.run).toMatchObject({ state: 'failed', counts: { quarantined: 1 } });
    expect(told.run?.problems[0]?.error).toMatch(/not currently accepting connections/);
    await closed(true);
    const record = await installation.node.server.platform.tenancy.records.bySlug('five');
    const retried = await run(newer, { tenantId: record?.id });
    expect(outcomes(retried.data.results)).toMatchObject({ five: 'migrated' });
    expect(await marksOf(version)).toEqual(once);
  });

  test('that fails in its second migration stays at the version it reached, and is served there', async () => {
    await put('select 1;');
    const version = await put('create table only_here (x int);');
    await installation.sql(database('three'), 'create table only_here (x int)');
    const answer = await run(newer);
    expect(answer.data.results.find(({ target }) => target === 'three')).toMatchObject({
      outcome: 'quarantined',
      version: version - 1,
    });
    const token = await installation.open(installation.ownerOf('three'), newer);
    expect((await newer.query('vendors.list', { token, input: { limit: 1 } })).status).toBe(200);
    // It is too old for the next server, whose newest migration is two further on.
    await put('select 1;');
    const next = await installation.startNode({ migrationsFolder: folder });
    const refused = await next.query('vendors.list', { token, input: { limit: 1 } });
    expect(refused.error.data.code).toBe('TENANT_UPGRADING');
    expect((await newer.query('vendors.list', { token, input: { limit: 1 } })).status).toBe(200);
    await installation.sql(database('three'), 'drop table only_here');
    await run(next);
    await expect
      .poll(async () => (await next.query('vendors.list', { token, input: { limit: 1 } })).status)
      .toBe(200);
  });
});

describe('servers of two versions side by side', () => {
  test('both serve tenants at either version, and the older one leaves alone what the newer has done', async () => {
    const older = await installation.startNode({ migrationsFolder: folder });
    const before = (await loadMigrations(folder)).length;
    const version = await put("alter table vendors add column moreover text default 'x' not null;");
    const fresh = await installation.startNode({ migrationsFolder: folder });
    const token = await installation.open(installation.ownerOf('two'));
    const work = async (node: Node) => {
      const read = await node.query('vendors.list', { token, input: { limit: 5 } });
      const sku = `SKU-${String(Math.random()).slice(2, 12)}`;
      const made = await node.mutate('products.create', {
        token,
        key: sku,
        input: { sku, name: 'Made meanwhile', hsnCode: '7318' },
      });
      return [read.status, made.status];
    };
    // The new server before its migration, as when nodes are replaced first.
    expect(await work(fresh)).toEqual([200, 200]);
    const record = await installation.node.server.platform.tenancy.records.bySlug('two');
    await run(fresh, { tenantId: record?.id });
    expect([await work(older), await work(fresh)]).toEqual([
      [200, 200],
      [200, 200],
    ]);

    const { control, records } = installation.node.server.platform.tenancy;
    const { tenants, template } = await runner.status();
    expect([template, tenants.find(({ slug }) => slug === 'two')?.schemaVersion]).toEqual([version, version]);
    const old = await mkdtemp(path.join(os.tmpdir(), 'qm-old-'));
    await cp(folder, old, {
      recursive: true,
      filter: (file) => !file.includes(`_step_${String(ahead)}.sql`),
    });
    const oldRunner = new MigrationRunner(control, records, old);
    expect((await oldRunner.migrations()).length).toBe(before);
    const { results } = await oldRunner.run();
    await rm(old, { recursive: true });
    expect(results.find(({ target }) => target === 'two')).toMatchObject({ outcome: 'current', version });
    expect(results.find(({ target }) => target === 'template on main')).toMatchObject({
      outcome: 'current',
      version,
    });
    expect((await runner.status()).template).toBe(version);
    // A tenant that the older server makes is a clone of the newer template, and says so.
    const made = await older.server.platform.tenancy.lifecycle.createTenantDatabase({
      slug: 'made-by-older',
      name: 'Made by the older server',
      plan: 'standard',
      ownerEmail: installation.ownerOf('made-by-older'),
      ownerName: 'The owner',
      ownerPassword: 'correct horse battery',
    });
    expect(made.schema_version).toBe(version);
  });
});
