import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { urlOfDatabase } from '../../server/db/databases.ts';
import { migrateDatabase } from '../../server/db/migrating/migrate-database.ts';
import { domainMigrations, loadMigrations } from '../../server/db/migrating/migration-files.ts';
import { exportTenant } from '../../server/tenancy/removal/tenant-export.ts';
import { resultOf, runCommand, startCommand } from '../fixtures/command.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { clusterUrl, freshDatabase } from '../fixtures/postgres.ts';

let installation: Installation;
let folder: string;
let slug: string;
let tenantId: string;
let token: string;
let made = 0;

beforeAll(async () => {
  installation = await startInstallation();
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-exports-'));
});
afterAll(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  made += 1;
  slug = `back-${String(made)}`;
  tenantId = (await installation.provision(slug)).id;
  token = await installation.open(installation.ownerOf(slug));
});

const tenancy = () => installation.node.server.platform.tenancy;
const database = () => `${installation.prefix}_t_${slug}`;
const change = async (procedure: string, input: Record<string, unknown>) => {
  const answer = await installation.node.mutate<{ id: string }>(procedure, { token, key: uuidv7(), input });
  expect(answer.text).toContain('"result"');
  return answer.data;
};

/** One of everything that is hard to restore: exact decimals, reversals, sealed values, quotes, line breaks, emoji. */
async function work(): Promise<void> {
  const [product, place] = [uuidv7(), uuidv7()];
  await change('warehouses.create', { id: place, code: 'W1', name: 'One "and" only' });
  await change('products.create', {
    id: product,
    sku: 'P-1',
    name: 'Bolt\\n\t“M8” \u2028 🔩',
    hsnCode: '731815',
    unit: 'KGS',
  });
  const quantity = '12345678.125';
  const stock = { productId: product, warehouseId: place, quantity, unitCost: '0.3333', reason: 'opening' };
  const posted = await change('inventory.adjust', stock);
  expect(posted).toBeDefined();
  await change('vendors.create', { code: 'V-1', name: "O'Neil; drop table vendors" });
  await change('employees.create', {
    employeeCode: 'E0002',
    name: 'Asha',
    email: `asha@${slug}.test`,
    pan: 'ABCPA1234Z',
  });
}

/** Every row of every table as text. What a restore may change is left out: who may sign in, and the login's name. */
async function contents(): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: clusterUrl(database()) });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    );
    const found: Record<string, string[]> = {};
    for (const { name } of tables.filter((table) => table.name !== 'schema_migrations')) {
      const { rows } = await client.query<{ row: string }>(
        `select (to_jsonb(t) - '{auth_user_id,login_role,slug}'::text[])::text as row from "${name}" t order by 1`,
      );
      found[name] = rows.map(({ row }) => row);
    }
    return found;
  } finally {
    await client.end();
  }
}

async function takeAway(): Promise<string> {
  const { exportFolder } = await tenancy().lifecycle.deleteTenantDatabase(tenantId, slug, {}, 0);
  await tenancy().lifecycle.purge(new Date(Date.now() + 1000));
  expect(await tenancy().records.byId(tenantId)).toBeUndefined();
  return exportFolder ?? '';
}

test('a tenant that was deleted comes back from its export row by row, and its people sign in again', async () => {
  await work();
  const before = await contents();
  const from = await takeAway();
  const restored = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect(restored.stderr).toBe('');
  expect(restored.stdout).toContain(`(${slug}) is back`);
  expect(await contents()).toEqual(before);

  const health = await tenancy().lifecycle.healthCheck(tenantId);
  expect(health.checks.filter(({ ok }) => !ok)).toEqual([]);
  // The account went with the tenant; it was invited anew and chooses a password.
  const { identities } = tenancy();
  const owner = await identities.findByEmail(installation.ownerOf(slug));
  await setPassword(owner?.id ?? '');
  token = await installation.open(installation.ownerOf(slug));
  const me = await installation.node.query<{ tenant: { id: string }; roles: string[] }>('auth.me', { token });
  expect([me.data.tenant.id, me.data.roles]).toEqual([tenantId, ['owner']]);
  const people = await installation.node.query<{ items: { id: string; email: string }[] }>('employees.list', {
    token,
    input: { limit: 10 },
  });
  const asha = people.data.items.find(({ email }) => email.startsWith('asha'));
  const revealed = await installation.node.mutate<{ pan: string }>('employees.revealPii', {
    token,
    input: { id: asha?.id, field: 'pan', reason: 'restored' },
  });
  expect(revealed.text).toContain('ABCPA1234Z');
  const proof = await runCommand(installation, 'reconcile', `--tenant-id=${slug}`);
  expect(proof.stdout).toContain('reconciled');

  const again = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already, active')]);
});

async function setPassword(userId: string): Promise<void> {
  await fetch(`${installation.authUrl}/auth/v1/admin/users/${userId}`, {
    method: 'PUT',
    headers: {
      apikey: installation.serviceRoleKey,
      authorization: `Bearer ${installation.serviceRoleKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ password: PASSWORD, email_confirm: true }),
  });
}

test('an export of an earlier schema comes back at today’s', async () => {
  const migrations = await loadMigrations(domainMigrations);
  const earlier = migrations.length - 1;
  await using old = await freshDatabase('earlier');
  await migrateDatabase(old.url, migrations.slice(0, earlier));
  const id = uuidv7();
  const client = new pg.Client({ connectionString: old.url });
  await client.connect();
  await client.query('select establish_tenant($1, $2, $3, $4)', [id, 'earlier', 'nobody', 'Earlier Ltd']);
  await client.query(
    "insert into vendors (id, tenant_id, code, name) values ($1, $2, 'OLD', 'From earlier')",
    [uuidv7(), id],
  );
  await client.end();
  const tenant = { id, slug: `earlier-${slug}`, name: 'Earlier Ltd', plan: 'standard' };
  const from = await exportTenant(clusterUrl(), old.name, tenant, earlier, folder);
  const { record } = await tenancy().restore.run(from);
  expect(record).toMatchObject({ status: 'active', schema_version: migrations.length });
  const url = urlOfDatabase(clusterUrl(), record.database_name);
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  const { rows } = await reader.query('select code from vendors');
  await reader.end();
  expect(rows).toEqual([{ code: 'OLD' }]);
});

test('a damaged export is refused by name before anything is made', async () => {
  await work();
  const from = await takeAway();
  const vendors = path.join(from, 'vendors.jsonl');
  const whole = await readFile(vendors);
  await appendFile(vendors, '{}\n');
  const changed = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect([changed.code, changed.stderr]).toEqual([
    1,
    expect.stringContaining('vendors.jsonl is not what was exported'),
  ]);
  await rm(vendors);
  expect((await runCommand(installation, 'restore-tenant', `--from=${from}`)).stderr).toContain(
    'vendors.jsonl is missing',
  );
  await writeFile(vendors, whole);
  const manifest = path.join(from, 'manifest.json');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace('"vendors.jsonl"', '"../../../etc/passwd"'));
  expect((await runCommand(installation, 'restore-tenant', `--from=${from}`)).stderr).toContain(
    'manifest.json',
  );
  await writeFile(manifest, text);
  expect(
    await installation.sql('postgres', 'select 1 from pg_database where datname = $1', [database()]),
  ).toEqual([]);
  expect((await runCommand(installation, 'restore-tenant', `--from=${from}`)).code).toBe(0);
});

test('a restore that is killed is simply done again', async () => {
  await work();
  const before = await contents();
  const from = await takeAway();
  for (const patience of [500, 900, 1300, 1800]) {
    const child = startCommand(installation, 'restore-tenant', [`--from=${from}`]);
    const ended = resultOf(child);
    setTimeout(() => child.kill('SIGKILL'), patience);
    await ended;
  }
  const last = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect(`${last.stdout}${last.stderr}`).toMatch(/is back|is there already, active/);
  expect(await contents()).toEqual(before);
  expect((await tenancy().records.byId(tenantId))?.status).toBe('active');
});

test('a restore that was killed before its new database said whose it is is done again, and a stranger’s is left alone', async () => {
  await work();
  const from = await takeAway();
  const name = `${installation.prefix}_t_${slug}`;
  await installation.sql('postgres', `create database "${name}"`);
  await installation.sql(name, 'create table somebody_elses (id int)');
  const refused = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining(`A database ${name} is there already`),
  ]);
  await installation.sql(name, 'drop table somebody_elses');
  const done = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect(done.stderr).toBe('');
  expect((await tenancy().records.byId(tenantId))?.status).toBe('active');
});

test('an export leaves the tenant at work, and its short name can be given to another', async () => {
  await work();
  const exported = await runCommand(installation, 'export-tenant', `--tenant-id=${slug}`, `--out=${folder}`);
  const from = /exported to (.+)/.exec(exported.stdout)?.[1] ?? '';
  expect((await installation.node.query('vendors.list', { token, input: { limit: 1 } })).status).toBe(200);
  await takeAway();
  await installation.provision(slug);
  const taken = await runCommand(installation, 'restore-tenant', `--from=${from}`);
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining(`The short name ${slug} is taken`)]);
  const other = await runCommand(
    installation,
    'restore-tenant',
    `--from=${from}`,
    `--tenant-id=${slug}-again`,
  );
  expect(other.stderr).toBe('');
  expect((await tenancy().records.bySlug(`${slug}-again`))?.id).toBe(tenantId);
});
