import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../fixtures/command.ts';
import type { ApiProcess } from '../fixtures/command.ts';
import { holdAt, statementRuns } from '../fixtures/held.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { startCluster } from '../fixtures/postgres.ts';
import type { OwnCluster } from '../fixtures/postgres.ts';
import { expectActive, expectGone, pointsOf, requestOf, undoingPointsOf } from '../fixtures/provisioned.ts';
import type { Seen } from '../fixtures/provisioned.ts';
import { callProcedure } from '../fixtures/wire.ts';

let cluster: OwnCluster;
let installation: Installation;
let api: ApiProcess;
let seen: Seen;

const urlOf = (database: string) => cluster.url(database);
const create = (slug: string, ownerEmail?: string) =>
  callProcedure<{ id: string; status: string }>({
    apiUrl: api.apiUrl,
    procedure: 'admin.tenants.create',
    kind: 'mutation',
    token: seen.token,
    input: requestOf(installation, slug, ownerEmail),
  });
async function ready(): Promise<void> {
  const health = () => fetch(`${api.apiUrl}/api/health`).then((response) => response.json());
  await expect.poll(health, { timeout: 15_000 }).toMatchObject({ ready: true });
}

beforeAll(async () => {
  cluster = await startCluster({ keepsCommits: true });
  installation = await startInstallation(cluster);
  await installation.provision('first');
  const operator = `operator@${installation.prefix}.test`;
  await installation.operator(operator);
  const token = await installation.open(operator);
  await installation.node.server.close();
  api = await startApi(installation);
  seen = { installation, operator, token, apiUrl: api.apiUrl };
});
afterAll(async () => {
  // The server is still the first one: it survived every one of these crashes.
  expect([api.child.exitCode, api.child.signalCode]).toEqual([null, null]);
  await api.kill();
  await installation.close();
  await cluster.stop();
});

const names = Object.keys(pointsOf({ prefix: '' } as Installation));
const undoingNames = Object.keys(undoingPointsOf({ prefix: '' } as Installation));

test.each(names.map((name, index) => [name, `c${String(index)}`] as const))(
  'PostgreSQL killed %s: the server makes the tenant whole when it is back',
  async (name, slug) => {
    const point = pointsOf(installation)[name];
    if (!point) throw new Error(name);
    const hold = await holdAt(urlOf, point);
    expect((await create(slug)).data.status).toBe('provisioning');
    await hold.reached();
    await cluster.kill();
    await cluster.startAgain();
    await hold.forget();
    await expectActive(seen, slug);
    await ready();
  },
  90_000,
);

test('PostgreSQL killed while it copies the template: the half copy is made anew', async () => {
  const copying = statementRuns(cluster.url(), `create database "${installation.prefix}_t_copied"%`);
  await create('copied');
  await copying;
  await cluster.kill();
  await cluster.startAgain();
  await expectActive(seen, 'copied');
  await ready();
}, 90_000);

test('PostgreSQL away for some seconds: the tenant is made as soon as it is back', async () => {
  const point = pointsOf(installation)['before the step grants'];
  if (!point) throw new Error('no such point');
  const hold = await holdAt(urlOf, point);
  await create('patient');
  await hold.reached();
  await cluster.kill();
  await sleep(6000);
  await cluster.startAgain();
  await hold.forget();
  await expectActive(seen, 'patient');
  await ready();
}, 90_000);

test.each(undoingNames.map((name, index) => [name, `w${String(index)}`] as const))(
  'PostgreSQL killed while a failed tenant is taken back, %s: nothing of it is left',
  async (name, slug) => {
    const point = undoingPointsOf(installation)[name];
    if (!point) throw new Error(name);
    const hold = await holdAt(urlOf, point);
    const stolen = `theirs-${slug}@${installation.prefix}.test`;
    await installation.foreignAccount(stolen);
    expect((await create(slug, stolen)).data.status).toBe('provisioning');
    await hold.reached();
    await cluster.kill();
    await cluster.startAgain();
    await hold.forget();
    await expectGone(seen, slug, /another installation/, stolen, 1);
    await ready();
  },
  90_000,
);
