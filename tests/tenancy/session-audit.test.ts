import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditTrail } from '../../server/control-plane/audit-trail.ts';
import { Refusals } from '../../server/auth/refusals.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';
import { startRelay } from '../fixtures/relay.ts';

let installation: Installation;
let node: Node;
let tenantId: string;
let operator: string;

beforeAll(async () => {
  installation = await startInstallation();
  node = installation.node;
  ({ id: tenantId } = await installation.provision('acme'));
  await installation.operator(`operator@${installation.prefix}.test`);
  operator = await installation.open(`operator@${installation.prefix}.test`);
});
afterAll(() => installation.close());

interface Entry {
  action: string;
  outcome: string;
  actorEmail: string | null;
  tenantId: string | null;
  subject: string | null;
  ip: string | null;
  details: { code?: string; refusals?: number; step?: string; entriesLeftOut?: number };
}

/** The trail as an operator reads it, newest first. */
async function entries(filter: object): Promise<Entry[]> {
  await node.server.platform.audit.flush();
  const all: Entry[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { data } = await node.query<{ items: Entry[]; nextCursor: string | null }>('admin.audit.list', {
      token: operator,
      input: { filter, limit: 100, cursor },
    });
    all.push(...data.items);
    cursor = data.nextCursor;
  }
  return all;
}

const keyOf = (token: string) => decodeJwt<{ session_id: string }>(token).session_id;

describe('the audit trail', () => {
  test('holds a sign-in, its end, and who tried to go on with it', async () => {
    const email = installation.ownerOf('acme');
    const token = await installation.open(email);
    await node.mutate('auth.logout', { token, input: { scope: 'local' } });
    await node.query('auth.me', { token });
    await node.mutate('auth.openSession', { token });
    const about = (await entries({ tenantId, action: ['session.opened', 'session.refused'] })).filter(
      ({ subject }) => subject === keyOf(token),
    );
    expect(about.map(({ action, outcome, details }) => [action, outcome, details])).toMatchObject([
      ['session.refused', 'refused', { code: 'SESSION_REVOKED' }],
      ['session.refused', 'refused', { code: 'SESSION_REVOKED' }],
      ['session.opened', 'done', { assurance: 'aal1' }],
    ]);
    for (const entry of about) expect(entry).toMatchObject({ actorEmail: email, tenantId, ip: '127.0.0.1' });
    const ends = await entries({ action: ['session.revoked'] });
    expect(ends.filter(({ subject }) => subject === keyOf(token))).toMatchObject([
      { outcome: 'done', actorEmail: email },
    ]);
  });

  test('holds who was refused without a token, with a forged one, and with one whose session was never opened: once each', async () => {
    const unopened = await installation.signIn(installation.ownerOf('acme'));
    const before = (await entries({ action: ['session.refused'] })).length;
    await node.query('auth.me');
    await node.query('auth.me', { token: 'x.y.z' });
    await node.query('auth.me', { token: unopened });
    const refused = await entries({ action: ['session.refused'] });
    expect(refused.length - before).toBe(3);
    expect(refused.slice(0, 3).every(({ details }) => details.code === 'UNAUTHENTICATED')).toBe(true);
    expect(refused[0]?.subject).toBe(keyOf(unopened));
  });

  test('holds who asked for what is the operators’, and who came to a suspended tenant', async () => {
    const email = installation.ownerOf('acme');
    const token = await installation.open(email);
    expect((await node.query('admin.tenants.list', { token })).status).toBe(403);
    await node.mutate('admin.tenants.suspend', {
      token: operator,
      input: { id: tenantId, reason: 'unpaid' },
    });
    await expect
      .poll(async () => (await node.query('vendors.list', { token, input: {} })).error?.data.code)
      .toBe('TENANT_SUSPENDED');
    const refused = (await entries({ action: ['session.refused'] })).filter(
      ({ subject }) => subject === keyOf(token),
    );
    expect(refused.map(({ details }) => [details.code, details.step])).toEqual([
      ['TENANT_SUSPENDED', 'tenant'],
      ['FORBIDDEN', 'platform'],
    ]);
    expect(refused.every(({ actorEmail }) => actorEmail === email)).toBe(true);
    await node.mutate('admin.tenants.reactivate', { token: operator, input: { id: tenantId } });
  });

  test('misses no refusal of a storm, and a storm is some entries only', async () => {
    const before = await entries({ action: ['session.refused'] });
    const storm = 3000;
    for (let sent = 0; sent < storm; sent += 50) {
      await Promise.all(
        Array.from({ length: 50 }, () => node.query('auth.me', { token: `no.token.${randomUUID()}` })),
      );
    }
    await expect
      .poll(
        async () => {
          const added = (await entries({ action: ['session.refused'] })).slice(0, -before.length);
          expect(added.length).toBeLessThan(storm / 5);
          return added.reduce((sum, { details }) => sum + (details.refusals ?? 1), 0);
        },
        { timeout: 20_000, interval: 1000 },
      )
      .toBe(storm);
  }, 60_000);
});

describe('what waits for the audit trail', () => {
  const pool = () => node.server.platform.tenancy.control.pool;
  const written = async (mark: string) =>
    installation.sql<{ details: { entriesLeftOut?: number } }>(
      `${installation.prefix}_control`,
      'select details from policy_sync_log where subject = $1 order by at',
      [mark],
    );
  const refusal = (mark: string) =>
    ({ action: 'session.refused', outcome: 'refused', subject: mark }) as const;

  test('is bounded, kept while the database is away, and says how much it left out', async () => {
    const mark = randomUUID();
    const direct = new URL(node.server.platform.tenancy.control.url);
    const relay = await startRelay(direct.hostname, Number(direct.port));
    const through = new URL(direct);
    through.port = String(relay.port);
    const away = new pg.Pool({ connectionString: through.href, connectionTimeoutMillis: 1000 });
    away.on('error', () => {});
    let failures = 0;
    const trail = new AuditTrail(away, () => (failures += 1), 20, 50);
    relay.set('refuse');
    for (let entry = 0; entry < 80; entry += 1) trail.record(refusal(mark));
    await expect.poll(() => failures).toBeGreaterThan(2);
    expect(trail.waiting).toBeLessThanOrEqual(50);
    relay.set('pass');
    await expect.poll(async () => (await written(mark)).length).toBe(50);
    trail.record(refusal(mark));
    await trail.close();
    const rows = await written(mark);
    expect(rows.reduce((sum, { details }) => sum + (details.entriesLeftOut ?? 0), 0)).toBe(30);
    expect(trail.leftOut).toBe(30);
    await away.end();
    await relay.close();
  });

  test('is all written when it is asked to be, what came during a write as well', async () => {
    const mark = randomUUID();
    const trail = new AuditTrail(pool(), () => {}, 60_000);
    const waiting = 1200;
    for (let entry = 0; entry < waiting; entry += 1) trail.record(refusal(mark));
    const under = trail.flush();
    trail.record(refusal(mark));
    await Promise.all([trail.flush(), trail.flush()]);
    expect(await written(mark)).toHaveLength(waiting + 1);
    await under;
    await trail.close();
  });

  test('isn’t held up by an entry the database refuses', async () => {
    const mark = randomUUID();
    const trail = new AuditTrail(pool(), () => {}, 60_000);
    trail.record(refusal(mark));
    trail.record({ ...refusal(mark), actorId: 'no user at all' });
    trail.record({ ...refusal(mark), actorEmail: 'a\u0000b' });
    trail.record(refusal(mark));
    await trail.flush();
    expect(await written(mark)).toHaveLength(2);
    expect([trail.waiting, trail.leftOut]).toEqual([0, 2]);
    await trail.close();
  });

  test('is told to the log when the database doesn’t come back before the end', async () => {
    const nowhere = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 500 });
    const trail = new AuditTrail(nowhere, () => {}, 60_000, 3);
    for (let entry = 0; entry < 5; entry += 1) trail.record(refusal('x'));
    const started = performance.now();
    let lost: Record<string, number> = {};
    await trail.close((entries) => (lost = entries));
    expect(performance.now() - started).toBeLessThan(3000);
    expect(lost).toEqual({ 'session.refused': 3, 'left out': 2 });
    await nowhere.end();
  });

  test('of refusals from ever new addresses stays small, and counts them all', async () => {
    const trail = new AuditTrail(pool(), () => {}, 60_000);
    const refusals = new Refusals(trail, { all: [1, 10], tallies: 20, everyMs: 60_000 });
    const device = `storm ${randomUUID()}`;
    for (let n = 0; n < 20_000; n += 1) {
      refusals.note('UNAUTHENTICATED', {
        ip: `10.${String(n >> 16)}.${String((n >> 8) & 255)}.${String(n & 255)}`,
        device,
      });
    }
    refusals.close();
    expect(trail.waiting).toBeLessThan(50);
    await trail.close();
    const rows = await installation.sql<{ sum: number }>(
      `${installation.prefix}_control`,
      `select sum(coalesce((details->>'refusals')::int, 1))::int as sum from policy_sync_log
        where device = $1 or (details ? 'refusals' and (ip is null or ip like '10.%'))`,
      [device],
    );
    expect(rows[0]?.sum).toBe(20_000);
  });
});
