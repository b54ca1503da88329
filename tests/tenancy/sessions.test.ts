import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';

let installation: Installation;
let node: Node;
let owner: string;

beforeAll(async () => {
  installation = await startInstallation();
  node = installation.node;
  await installation.provision('acme');
  owner = installation.ownerOf('acme');
});
afterAll(() => installation.close());

describe('a session', () => {
  test('must be opened before its token is worth anything', async () => {
    const token = await installation.signIn(owner);
    const early = await node.query('auth.me', { token });
    expect(early.status).toBe(401);
    expect(early.error.data.code).toBe('UNAUTHENTICATED');
    expect((await node.mutate('auth.openSession', { token, input: { device: 'Desk 1' } })).status).toBe(200);
    const me = await node.query<{
      tenant: { slug: string };
      roles: string[];
      permissions: string[];
      settings: object;
    }>('auth.me', { token });
    expect(me.status).toBe(200);
    expect(me.data.tenant.slug).toBe('acme');
    expect(me.data.roles).toEqual(['owner']);
    expect(me.data.permissions).toContain('employees:reveal_pii');
    expect(me.data.settings).toMatchObject({ currency: 'INR', approvalThreshold: '50000.00' });
  });

  test('leaves the time of the sign-in with the employee, and opens without it too', async () => {
    const database = `${installation.prefix}_t_acme`;
    const sql = (text: string) => installation.sql<{ at: string; version: number }>(database, text);
    const noted = async () =>
      (await sql("select last_sign_in_at as at, version from employees where 'owner' = any(roles)"))[0];
    await sql("update employees set last_sign_in_at = '2020-01-01T00:00:00Z'");
    const before = await noted();
    const opened = Date.now();
    await installation.open(owner);
    // The sign-in's own time, in whole seconds.
    await expect
      .poll(async () => Date.parse((await noted())?.at ?? ''))
      .toBeGreaterThanOrEqual(opened - 1000);
    expect((await noted())?.version).toBe(before?.version);

    await sql(`revoke update on employees from "${database}"`);
    try {
      const token = await installation.open(owner);
      expect((await node.query('auth.me', { token })).status).toBe(200);
    } finally {
      await sql(`grant update on employees to "${database}"`);
    }
  });

  test('that was signed out is refused at once and can never be opened again', async () => {
    const token = await installation.open(owner);
    expect((await node.mutate('auth.logout', { token, input: { scope: 'local' } })).data).toEqual({
      revoked: 1,
    });
    const after = await node.query('auth.me', { token });
    expect([after.status, after.error.data.code]).toEqual([401, 'SESSION_REVOKED']);
    const again = await node.mutate('auth.openSession', { token });
    expect([again.status, again.error.data.code]).toEqual([401, 'SESSION_REVOKED']);
  });

  test('is listed with its device, and can be revoked from another one', async () => {
    const [desk, phone] = [await installation.open(owner), await installation.open(owner)];
    const list = await node.query<{ items: { jti: string; device: string; current: boolean }[] }>(
      'auth.listSessions',
      {
        token: desk,
      },
    );
    const other = list.data.items.find((session) => !session.current);
    expect(list.data.items.filter((session) => session.current)).toHaveLength(1);
    expect(other?.device).toBe('test');
    await node.mutate('auth.logout', { token: desk, input: { scope: 'others' } });
    expect((await node.query('auth.me', { token: phone })).error.data.code).toBe('SESSION_REVOKED');
    expect((await node.query('auth.me', { token: desk })).status).toBe(200);
  });

  test('of somebody else does not exist', async () => {
    await installation.provision('other');
    const token = await installation.open(owner);
    const foreign = await installation.open(installation.ownerOf('other'));
    const list = await node.query<{ items: { jti: string }[] }>('auth.listSessions', { token: foreign });
    const jti = list.data.items[0]?.jti;
    const answer = await node.mutate('auth.revokeSession', { token, input: { jti } });
    expect([answer.status, answer.error.data.code]).toEqual([404, 'NOT_FOUND']);
    expect((await node.query('auth.me', { token: foreign })).status).toBe(200);
  });

  test('can be opened again right after everything was revoked, with a new sign-in only', async () => {
    const before = await installation.open(owner);
    await node.mutate('auth.logout', { token: before, input: { scope: 'global' } });
    expect((await node.query('auth.me', { token: before })).error.data.code).toBe('SESSION_REVOKED');
    const after = await installation.open(owner);
    expect((await node.query('auth.me', { token: after })).status).toBe(200);
  });
});

describe('two API nodes', () => {
  test('refuse within 250 ms what was revoked on the other one', async () => {
    const second = await installation.startNode();
    const token = await installation.open(owner);
    expect((await second.query('auth.me', { token })).status).toBe(200);
    await node.mutate('auth.logout', { token });
    const started = performance.now();
    let code: string | undefined;
    while (performance.now() - started < 1000) {
      code = (await second.query('auth.me', { token })).error?.data.code;
      if (code === 'SESSION_REVOKED') break;
    }
    expect(code).toBe('SESSION_REVOKED');
    expect(performance.now() - started).toBeLessThan(250);
  });

  test('lock a whole tenant out on both, and let it in again', async () => {
    const second = await installation.startNode();
    const tenant = await installation.provision('locked');
    const token = await installation.open(installation.ownerOf('locked'));
    expect((await second.query('auth.me', { token })).status).toBe(200);
    await installation.operator(`operator@${installation.prefix}.test`);
    const operator = await installation.open(`operator@${installation.prefix}.test`);
    const lockdown = await node.mutate('admin.tenants.lockdown', {
      token: operator,
      input: { id: tenant.id },
    });
    expect(lockdown.data).toMatchObject({ status: 'locked', activeSessions: 0 });
    await expect
      .poll(async () => (await second.query('auth.me', { token })).error?.data.code)
      .toBe('SESSION_REVOKED');
    await expect
      .poll(async () => {
        const fresh = await installation.open(installation.ownerOf('locked'), second);
        return (await second.query('auth.me', { token: fresh })).error?.data.code;
      })
      .toBe('TENANT_SUSPENDED');
    await node.mutate('admin.tenants.reactivate', { token: operator, input: { id: tenant.id } });
    const back = await installation.open(installation.ownerOf('locked'), second);
    await expect.poll(async () => (await second.query('auth.me', { token: back })).status).toBe(200);
  });
});
