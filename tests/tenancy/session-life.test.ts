import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateJTI } from '../../server/auth/session-manager.ts';
import type { NewSession, SessionManager } from '../../server/auth/session-manager.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation, Node } from '../fixtures/installation.ts';

let installation: Installation;
let here: Node;
let there: Node;
let tenantId: string;

beforeAll(async () => {
  installation = await startInstallation();
  here = installation.node;
  there = await installation.startNode();
  ({ id: tenantId } = await installation.provision('acme'));
});
afterAll(() => installation.close());

const managerOf = (node: Node): SessionManager => node.server.platform.tenancy.sessions;
const control = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  installation.sql<R>(`${installation.prefix}_control`, text, values);
const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
const session = (more: Partial<NewSession> = {}): NewSession => ({
  jti: generateJTI(),
  userId: randomUUID(),
  tenantId,
  email: 'someone@acme.test',
  device: 'a desk',
  ip: '127.0.0.1',
  signedInAt: secondsAgo(60),
  authSessionId: null,
  ...more,
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('a session whose opening has begun, signed in within the very second', () => {
  test.each(['user', 'tenant'] as const)(
    'is not opened once its %s is signed out meanwhile',
    async (scope) => {
      // By a clock a little ahead, so that its time alone would say that it came after.
      const opening = session({ signedInAt: secondsAgo(-1) });
      const revokedBefore = await managerOf(here).revokedBefore(opening);
      const sessions = managerOf(there);
      if (scope === 'user') await sessions.revokeAllUserSessions(opening.userId, 'signed out by the company');
      else await sessions.revokeAllTenantSessions(tenantId, 'lockdown');
      expect(await codeOf(managerOf(here).createSession({ ...opening, revokedBefore }))).toBe(
        'SESSION_REVOKED',
      );
    },
  );
});

describe('a session that is opened while its user is signed out everywhere', () => {
  test.each(['user', 'tenant', 'session'] as const)(
    '(by %s) is never left open, on no node',
    async (scope) => {
      for (let round = 0; round < 25; round += 1) {
        const opening = session();
        const revoke = () => {
          const sessions = managerOf(there);
          if (scope === 'user')
            return sessions.revokeAllUserSessions(opening.userId, 'signed out by the company');
          if (scope === 'tenant')
            return sessions.revokeAllTenantSessions(tenantId, 'signed out by the company');
          return sessions.revokeSession(opening.jti, 'signed out by the company');
        };
        const [, opened] = await Promise.all([
          sleep(Math.random() * 4).then(revoke),
          sleep(Math.random() * 4).then(() => codeOf(managerOf(here).createSession(opening))),
        ]);
        expect(['done', 'SESSION_REVOKED']).toContain(opened);
        expect(await codeOf(managerOf(here).createSession(opening))).toBe('SESSION_REVOKED');
        expect(await managerOf(here).getUserActiveSessions(opening.userId)).toEqual([]);
        for (const node of [here, there]) {
          await expect
            .poll(() => managerOf(node).isSessionValid(opening.jti), { timeout: 250, interval: 5 })
            .toMatch(/revoked|unknown/);
        }
      }
    },
  );
});

describe('revocations', () => {
  test('that overlap with each other, with openings and with noted activity wait for each other, none fails', async () => {
    const userId = randomUUID();
    for (let round = 0; round < 5; round += 1) {
      const open = await Promise.all(
        Array.from({ length: 20 }, () =>
          managerOf(here).createSession(session({ userId, signedInAt: secondsAgo(-1) })),
        ),
      );
      for (const { jti } of open) {
        await managerOf(there).isSessionValid(jti);
        await managerOf(here).isSessionValid(jti);
      }
      await Promise.all([
        managerOf(here).revokeAllUserSessions(userId, 'signed out by the company'),
        managerOf(there).revokeAllTenantSessions(tenantId, 'signed out by the company'),
        ...open
          .slice(0, 5)
          .map(({ jti }) => managerOf(there).revokeSession(jti, 'signed out by the company')),
        managerOf(here).saveActivity(),
        managerOf(there).saveActivity(),
      ]);
      expect(await managerOf(here).getUserActiveSessions(userId)).toEqual([]);
      await sleep(1100);
    }
  });

  test('of all others spare the session they were asked from, and reach every other one', async () => {
    const token = await installation.open(installation.ownerOf('acme'));
    const { sub: userId = '' } = decodeJwt(token);
    await control(
      `insert into sessions (jti, user_id, tenant_id, email, expires_at)
       select 'many ' || n, $1, $2, 'x@acme.test', now() + interval '1 day' from generate_series(1, 450) n`,
      [userId, tenantId],
    );
    expect(await managerOf(there).isSessionValid('many 450')).toBe('open');
    const { data } = await here.mutate('auth.logout', { token, input: { scope: 'others' } });
    expect(data.revoked).toBe(450);
    await expect.poll(() => managerOf(there).isSessionValid('many 450')).toBe('revoked');
    for (const node of [here, there]) expect((await node.query('auth.me', { token })).status).toBe(200);
    // Also for a node that reads it anew, and when its opening is repeated.
    const fresh = await installation.startNode();
    expect((await fresh.query('auth.me', { token })).status).toBe(200);
    expect((await fresh.mutate('auth.openSession', { token })).status).toBe(200);
    const list = await fresh.query<{ items: { current: boolean }[] }>('auth.listSessions', { token });
    expect(list.data.items.map(({ current }) => current)).toEqual([true]);
    expect((await there.mutate('auth.logout', { token, input: { scope: 'global' } })).data.revoked).toBe(1);
    await expect
      .poll(async () => (await fresh.query('auth.me', { token })).error?.data.code)
      .toBe('SESSION_REVOKED');
  });
});

describe('a session', () => {
  test('under the key of another user’s is refused, and that one stays as it is', async () => {
    const theirs = session({ tenantId: null });
    await managerOf(here).createSession(theirs);
    const mine = session({ jti: theirs.jti, tenantId: null, device: 'not theirs' });
    expect(await codeOf(managerOf(here).createSession(mine))).toBe('UNAUTHENTICATED');
    for (const node of [here, there]) {
      expect(await managerOf(node).isSessionValid(theirs.jti, { userId: mine.userId })).toBe('unknown');
      expect(await managerOf(node).isSessionValid(theirs.jti, { userId: theirs.userId })).toBe('open');
    }
    const [kept] = await managerOf(here).getUserActiveSessions(theirs.userId);
    expect(kept?.device).toBe('a desk');
  });

  test('ends 30 days after its sign-in, is cleaned up after that, and can’t be opened again by a refreshed token', async () => {
    const old = session({ tenantId: null, signedInAt: secondsAgo(29 * 86_400) });
    const { expires_at: end } = await managerOf(here).createSession(old);
    expect(Math.abs(Date.parse(end) - (old.signedInAt + 30 * 86_400) * 1000)).toBeLessThan(1000);
    await control("update sessions set expires_at = now() - interval '1 hour' where jti = $1", [old.jti]);
    expect(await managerOf(there).isSessionValid(old.jti)).toBe('expired');
    expect(await codeOf(managerOf(there).createSession(old))).toBe('UNAUTHENTICATED');
    expect(await managerOf(there).getUserActiveSessions(old.userId)).toEqual([]);
    await managerOf(there).cleanupExpiredSessions();
    expect(await managerOf(there).isSessionOf(old.userId, old.jti)).toBe(true);
    await control("update sessions set expires_at = now() - interval '2 days' where jti = $1", [old.jti]);
    expect(await managerOf(there).cleanupExpiredSessions()).toBeGreaterThan(0);
    expect(await managerOf(there).isSessionOf(old.userId, old.jti)).toBe(false);
    // Still in that node's memory; nowhere is it open.
    expect(await managerOf(there).isSessionValid(old.jti)).toBe('expired');
    const later = { ...old, signedInAt: secondsAgo(31 * 86_400) };
    expect(await codeOf(managerOf(there).createSession(later))).toBe('UNAUTHENTICATED');
  });

  test('that was revoked stays closed after its row was cleaned up', async () => {
    const revoked = session({ tenantId: null });
    await managerOf(here).createSession(revoked);
    await managerOf(here).revokeSession(revoked.jti, 'signed out by the company');
    await control("update sessions set expires_at = now() - interval '2 days' where jti = $1", [revoked.jti]);
    await managerOf(here).cleanupExpiredSessions();
    expect(await codeOf(managerOf(there).createSession(revoked))).toBe('SESSION_REVOKED');
    expect(await codeOf(managerOf(there).createSession({ ...revoked, signedInAt: secondsAgo(0) }))).toBe(
      'SESSION_REVOKED',
    );
  });

  test('shows when it was used last, also after the server went away or could not write it', async () => {
    const node = await installation.startNode();
    const token = await installation.open(installation.ownerOf('acme'), node);
    const { session_id: jti } = decodeJwt<{ session_id: string }>(token);
    const lastUse = async () => {
      const list = await here.query<{
        items: { jti: string; lastActivityAt: string; ip: string; device: string }[];
      }>('auth.listSessions', { token });
      const mine = list.data.items.find((one) => one.jti === jti);
      expect(mine).toMatchObject({ ip: '127.0.0.1', device: 'test' });
      return Date.parse(mine?.lastActivityAt ?? '');
    };
    const old = async () => {
      await managerOf(node).saveActivity();
      await control("update sessions set last_activity_at = '2020-01-01Z' where jti = $1", [jti]);
      expect(await lastUse()).toBe(Date.parse('2020-01-01Z'));
      expect((await node.query('auth.me', { token })).status).toBe(200);
    };
    await old();
    await control('alter table sessions rename to sessions_away');
    await expect(managerOf(node).saveActivity()).rejects.toThrow();
    await control('alter table sessions_away rename to sessions');
    await managerOf(node).saveActivity();
    expect(Date.now() - (await lastUse())).toBeLessThan(10_000);

    await old();
    await node.server.close();
    expect(Date.now() - (await lastUse())).toBeLessThan(10_000);

    // A refused request doesn't count as use.
    await managerOf(here).revokeSession(jti, 'signed out by the company');
    await control("update sessions set last_activity_at = '2020-01-01Z' where jti = $1", [jti]);
    expect((await there.query('auth.me', { token })).error?.data.code).toBe('SESSION_REVOKED');
    await managerOf(there).saveActivity();
    const [row] = await control<{ at: string }>(
      'select last_activity_at::text as at from sessions where jti = $1',
      [jti],
    );
    expect(row?.at).toMatch(/^2020/);
  });

  test('that ended with its tenant’s lockdown is in nobody’s list', async () => {
    const token = await installation.open(installation.ownerOf('acme'));
    const { sub: userId = '' } = decodeJwt(token);
    expect((await managerOf(here).getUserActiveSessions(userId)).length).toBeGreaterThan(0);
    await managerOf(there).revokeAllTenantSessions(tenantId, 'lockdown');
    expect(await managerOf(here).getUserActiveSessions(userId)).toEqual([]);
  });
});
