import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.close());

test('a login that has changed its own password and settings is laid down anew, and its company works on', async () => {
  const { id } = await installation.provision('acme');
  const token = await installation.open(installation.ownerOf('acme'));
  const { records, pools, lifecycle } = installation.node.server.platform.tenancy;
  const record = await records.byId(id);
  if (!record) throw new Error('no tenant');
  const thief = new pg.Client(await records.address(record));
  await thief.connect();
  await thief.query(`alter role ${record.login_role} set statement_timeout = '1ms'`);
  await thief.query(`alter role ${record.login_role} password 'mine now'`);
  await thief.end();
  await pools.drop(id);
  await records.change(id, { reason: null });

  const ask = () => installation.node.query('vendors.list', { token, input: { limit: 1 } });
  const first = await ask();
  expect([first.status, first.error.data.code]).toEqual([503, 'UNAVAILABLE']);
  await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(200);
  const { checks } = await lifecycle.healthCheck(id);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const settings = await installation.sql<{ setting: string[] }>(
    'postgres',
    'select rolconfig as setting from pg_roles where rolname = $1 and rolconfig is not null',
    [record.login_role],
  );
  expect(settings).toEqual([]);
});

test('a login made by an earlier server, with fewer limits, has all of them once a new one has started', async () => {
  const { databases, records, control } = installation.node.server.platform.tenancy;
  const record = await records.bySlug('acme');
  if (!record) throw new Error('no tenant');
  const login = `alter role ${record.login_role} in database ${record.database_name}`;
  await installation.sql('postgres', `${login} reset temp_file_limit`);
  await installation.sql('postgres', `${login} reset work_mem`);
  const cluster = await control.cluster(record.cluster);
  const found = async () => (await databases.loginsOutOfOrder(cluster, [record])).length;
  expect(await found()).toBe(1);
  await installation.startNode();
  await expect.poll(found, { timeout: 10_000 }).toBe(0);
});
