import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from '../fixtures/command.ts';
import type { ApiProcess } from '../fixtures/command.ts';
import { holdAt, statementRuns } from '../fixtures/held.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';
import {
  expectActive,
  expectGone,
  outcomeOf,
  pointsOf,
  requestOf,
  undoingPointsOf,
} from '../fixtures/provisioned.ts';
import type { Seen } from '../fixtures/provisioned.ts';
import { callProcedure } from '../fixtures/wire.ts';

let installation: Installation;
let api: ApiProcess;
let seen: Seen;
const started: ApiProcess[] = [];

async function start(environment: NodeJS.ProcessEnv = {}): Promise<ApiProcess> {
  const one = await startApi(installation, environment);
  started.push(one);
  return one;
}
/** As the machine's service manager would. */
async function startAgain(): Promise<void> {
  api = await start();
  seen = { ...seen, apiUrl: api.apiUrl };
}
const create = (slug: string, ownerEmail?: string, apiUrl = api.apiUrl) =>
  callProcedure<{ id: string; status: string }>({
    apiUrl,
    procedure: 'admin.tenants.create',
    kind: 'mutation',
    token: seen.token,
    input: requestOf(installation, slug, ownerEmail),
  });

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('first');
  const operator = `operator@${installation.prefix}.test`;
  await installation.operator(operator);
  const token = await installation.open(operator);
  // Only the processes that are killed may go on with their work.
  await installation.node.server.close();
  seen = { installation, operator, token, apiUrl: '' };
  await startAgain();
});
afterAll(async () => {
  for (const one of started) await one.kill();
  await installation.close();
});

// Only the names: the points themselves need the installation.
const names = Object.keys(pointsOf({ prefix: '' } as Installation));
const undoingNames = Object.keys(undoingPointsOf({ prefix: '' } as Installation));

describe('a server killed while it makes a tenant', () => {
  test.each(names.map((name, index) => [name, `k${String(index)}`] as const))(
    '%s: the next one makes it whole',
    async (name, slug) => {
      const point = pointsOf(installation)[name];
      if (!point) throw new Error(name);
      const hold = await holdAt(clusterUrl, point);
      expect((await create(slug)).data.status).toBe('provisioning');
      await hold.reached();
      await api.kill();
      await hold.end('lost');
      await startAgain();
      await expectActive(seen, slug);
    },
    60_000,
  );

  test('while PostgreSQL copies the template: the next one makes it whole', async () => {
    const copying = statementRuns(clusterUrl(), `create database "${installation.prefix}_t_copied"%`);
    await create('copied');
    await copying;
    await api.kill();
    await startAgain();
    await expectActive(seen, 'copied');
  }, 60_000);

  test('whose last statement still arrives: the next one goes on behind it', async () => {
    const point = pointsOf(installation)['after the work of the step grants, before it is recorded'];
    if (!point) throw new Error('no such point');
    const hold = await holdAt(clusterUrl, point);
    await create('late');
    await hold.reached();
    await api.kill();
    await hold.end('done');
    await startAgain();
    await expectActive(seen, 'late');
  }, 60_000);

  test('is followed by another server that lives, without anybody starting one', async () => {
    const other = await start();
    const point = pointsOf(installation)['before the step owner'];
    if (!point) throw new Error('no such point');
    const hold = await holdAt(clusterUrl, point);
    await create('inherited');
    await hold.reached();
    await api.kill();
    await hold.end('lost');
    api = other;
    seen = { ...seen, apiUrl: other.apiUrl };
    await expectActive(seen, 'inherited');
  }, 60_000);
});

describe('a server killed while it takes a failed tenant back', () => {
  test.each(undoingNames.map((name, index) => [name, `u${String(index)}`] as const))(
    '%s: the next one leaves nothing of it, and the first reason',
    async (name, slug) => {
      const point = undoingPointsOf(installation)[name];
      if (!point) throw new Error(name);
      const hold = await holdAt(clusterUrl, point);
      const stolen = `theirs-${slug}@${installation.prefix}.test`;
      await installation.foreignAccount(stolen);
      expect((await create(slug, stolen)).data.status).toBe('provisioning');
      await hold.reached();
      await api.kill();
      await hold.end('lost');
      await startAgain();
      await expectGone(seen, slug, /another installation/, stolen, 1);
      // The owner of the address has lost nothing, and the name is free for a proper request.
      await installation.signIn(stolen);
      await create(slug);
      await expectActive(seen, slug, 1);
    },
    60_000,
  );

  test('a failure behind the making of the user takes the user back too', async () => {
    const point = pointsOf(installation)['when the user is made, before it belongs to the tenant'];
    if (!point) throw new Error('no such point');
    const hold = await holdAt(clusterUrl, point);
    await create('broken');
    await hold.reached();
    await installation.sql(`${installation.prefix}_t_broken`, 'drop table employees cascade');
    await hold.end('done');
    await expectGone(seen, 'broken', /employees/, installation.ownerOf('broken'));
  }, 60_000);
});

test('asked for by two servers at once it is one tenant, told once', async () => {
  const other = await start();
  const [one, two] = await Promise.all([create('twins'), create('twins', undefined, other.apiUrl)]);
  expect(one.error ?? two.error).toBeUndefined();
  expect(one.data.id).toBe(two.data.id);
  await expectActive(seen, 'twins');
  await other.kill();
}, 60_000);

test('asked for by two servers at once for different owners it goes to one, and the other hears that it is taken', async () => {
  const other = await start();
  const answers = await Promise.all([
    create('wanted'),
    create('wanted', `rival@${installation.prefix}.test`, other.apiUrl),
  ]);
  const refused = answers.filter(({ error }) => error !== undefined);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'slug' }] });
  expect(refused[0]?.error?.message).toMatch(/^The short name wanted is taken/);
  expect((await outcomeOf(seen, 'wanted')).status).toBe('active');
  await other.kill();
}, 60_000);
