import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi } from '../fixtures/command.ts';
import type { ApiProcess } from '../fixtures/command.ts';
import { holdAt } from '../fixtures/held.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { clusterUrl } from '../fixtures/postgres.ts';
import { expectActive, expectGone, outcomeOf, pointsOf, requestOf } from '../fixtures/provisioned.ts';
import type { Seen } from '../fixtures/provisioned.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';
import { callProcedure } from '../fixtures/wire.ts';

let installation: Installation;
let relay: Relay;
let api: ApiProcess;
let seen: Seen;

/** Its way to the sign-in service can be cut. */
async function start(): Promise<void> {
  api = await startApi(installation, {
    SUPABASE_URL: `http://127.0.0.1:${String(relay.port)}`,
    QM_JWT_ISSUER: installation.config.auth.issuer,
  });
  seen = { ...seen, apiUrl: api.apiUrl };
}
const create = (slug: string) =>
  callProcedure<{ id: string; status: string }>({
    apiUrl: api.apiUrl,
    procedure: 'admin.tenants.create',
    kind: 'mutation',
    token: seen.token,
    input: requestOf(installation, slug),
  });
const control = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  installation.sql<R>(`${installation.prefix}_control`, text, values);

beforeAll(async () => {
  installation = await startInstallation();
  const operator = `operator@${installation.prefix}.test`;
  await installation.operator(operator);
  const token = await installation.open(operator);
  await installation.node.server.close();
  const { hostname, port } = new URL(installation.authUrl);
  relay = await startRelay(hostname, Number(port));
  seen = { installation, operator, token, apiUrl: '' };
  await start();
});
beforeEach(() => relay.set('pass'));
afterAll(async () => {
  await api.kill();
  await relay.close();
  await installation.close();
});

test('a sign-in service that is away for a moment is waited for', async () => {
  const point = pointsOf(installation)['before the step owner'];
  if (!point) throw new Error('no such point');
  const hold = await holdAt(clusterUrl, point);
  await create('waited');
  await hold.reached();
  relay.set('refuse');
  await hold.end('done');
  setTimeout(() => relay.set('pass'), 1500);
  await expectActive(seen, 'waited');
}, 60_000);

test('one that stays away: everything is taken back, and the same request later makes the tenant', async () => {
  relay.set('refuse');
  await create('refused');
  await expectGone(seen, 'refused', /sign-in service/, installation.ownerOf('refused'));
  relay.set('pass');
  await create('refused');
  await expectActive(seen, 'refused', 1);
}, 60_000);

test('one that made the user and never answered: the user is taken back when it answers again', async () => {
  const email = installation.ownerOf('unheard');
  const point = pointsOf(installation)['while the sign-in service makes the user'];
  if (!point) throw new Error('no such point');
  const hold = await holdAt(clusterUrl, point);
  await create('unheard');
  await hold.reached();
  relay.set('stall');
  await hold.end('done');
  await expect
    .poll(() =>
      installation.sql(`${installation.prefix}_auth`, 'select 1 from users where email = $1', [email]),
    )
    .toHaveLength(1);
  relay.set('refuse');
  await expectGone(seen, 'unheard', /sign-in service/, email, 1);
  const events = await control<{ message: string }>(
    `select message from provisioning_events where status = 'undone' and tenant_id =
     (select id from tenant_metadata where slug = 'unheard')`,
  );
  expect(events[0]?.message).toContain('when the sign-in service answers again');

  relay.set('pass');
  await control("update sign_in_intents set created_at = created_at - interval '1 hour'");
  await api.kill();
  await start();
  await expect
    .poll(
      () => installation.sql(`${installation.prefix}_auth`, 'select 1 from users where email = $1', [email]),
      {
        timeout: 10_000,
      },
    )
    .toEqual([]);
}, 60_000);

test('one that never answers fails the tenant in bounded time', async () => {
  const point = pointsOf(installation)['before the step owner'];
  if (!point) throw new Error('no such point');
  const hold = await holdAt(clusterUrl, point);
  await create('stalled');
  await hold.reached();
  relay.set('stall');
  await hold.end('done');
  await expect
    .poll(
      async () =>
        (await control<{ status: string }>("select status from tenant_metadata where slug = 'stalled'"))[0],
      { timeout: 70_000, interval: 500 },
    )
    .toEqual({ status: 'failed' });
}, 90_000);

test('a user made for a tenant that failed and taken in by another since then stays', async () => {
  const { prefix } = installation;
  await create('kept');
  await expectActive(seen, 'kept');
  // As if an earlier tenant had made the user and failed silently.
  const [user] = await installation.sql<{ intent: string }>(
    `${prefix}_auth`,
    "select app_metadata->'quartermaster'->>'made_for' as intent from users where email = $1",
    [installation.ownerOf('kept')],
  );
  await control(
    `insert into sign_in_intents (id, tenant_id, kind, subject, attempt, created_at)
     select $1, id, 'give', $2, gen_random_uuid(), now() - interval '1 hour' from tenant_metadata where slug = 'stalled'
     on conflict (id) do update set tenant_id = excluded.tenant_id, created_at = excluded.created_at`,
    [user?.intent, installation.ownerOf('kept')],
  );
  await api.kill();
  await start();
  await expect.poll(() => control('select 1 from sign_in_intents where id = $1', [user?.intent])).toEqual([]);
  expect(await installation.signIn(installation.ownerOf('kept'))).toBeTypeOf('string');
}, 60_000);

test('names that the server has already are neither taken over nor taken away', async () => {
  const name = `${installation.prefix}_t_foreign`;
  await installation.sql('postgres', `create database ${name}`);
  try {
    await create('foreign');
    const record = await outcomeOf(seen, 'foreign');
    expect(record.status).toBe('failed');
    expect(record.reason).toBe(
      `The database server has a database named ${name} already, which this installation did not make. Choose another short name.`,
    );
    // The same after the operator removes the failed one.
    const cleared = await callProcedure({
      apiUrl: api.apiUrl,
      procedure: 'admin.tenants.deprovision',
      kind: 'mutation',
      token: seen.token,
      input: { id: record.id, confirm: 'foreign' },
    });
    expect(cleared.error).toBeUndefined();
    expect(
      await installation.sql('postgres', 'select 1 from pg_database where datname = $1', [name]),
    ).toHaveLength(1);
  } finally {
    await installation.sql('postgres', `drop database ${name}`);
  }
  await create('foreign');
  await expectActive(seen, 'foreign', 1);
}, 60_000);
