import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import '../../electron/words/testing/english.ts';
import type { AuthSession } from '../../electron/ipc/contract.ts';
import { AuthService } from '../../electron/main/auth/auth-service.ts';
import { ServerClock } from '../../electron/main/auth/server-clock.ts';
import { TokenStore } from '../../electron/main/auth/token-store.ts';
import { freePort } from '../../server/local/postgres.ts';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { PASSWORD, startFixture } from '../fixtures/local-auth.ts';
import type { AuthFixture } from '../fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(await freePort());
});
afterAll(() => auth.close());

const running: AuthService[] = [];
afterEach(() => {
  for (const service of running.splice(0)) service.stop();
});

/** What survives a restart of the app. */
function disk() {
  const map = new Map<string, unknown>();
  return {
    get: (key: string) => map.get(key),
    set: (key: string, value: unknown) => void map.set(key, value),
    delete: (key: string) => void map.delete(key),
  };
}

/** The shell's auth on a machine whose keyring works, and whose clock may be wrong. */
async function shell({ shelf = disk(), offset = 0, fetch = globalThis.fetch, url = auth.url } = {}) {
  const changes: (AuthSession | null)[] = [];
  const calls: string[] = [];
  const encryption = {
    isAvailable: () => Promise.resolve(true),
    encrypt: (text: string) => Promise.resolve(Buffer.from(text)),
    decrypt: (bytes: Buffer) => Promise.resolve(bytes.toString()),
  };
  const service = new AuthService({
    connection: { apiUrl: url, authUrl: url, anonKey: auth.secrets.anonKey, webUrl: url },
    storage: new TokenStore(shelf, encryption),
    clock: new ServerClock(offset, () => undefined),
    fetch: (input, init) => {
      calls.push(new URL(input instanceof Request ? input.url : input).search);
      return fetch(input, init);
    },
    onChange: (session) => changes.push(session),
    patience: 1_000,
  });
  running.push(service);
  await service.start();
  return { service, changes, shelf, calls };
}

test('a sign-in gives a token, never the refresh token, and tells the windows', async () => {
  const { email, id } = await auth.newUser();
  const { service, changes } = await shell();
  const answer = await service.signIn(email, PASSWORD);
  expect(answer).toMatchObject({ ok: true, session: { user: { id, email } } });
  expect(Object.keys((await service.getSession()) ?? {}).sort()).toEqual([
    'accessToken',
    'companyId',
    'expiresAt',
    'user',
  ]);
  expect(changes.at(-1)?.user.email).toBe(email);
});

test('a wrong password is told with the code of the auth server', async () => {
  const { email } = await auth.newUser();
  const { service, changes } = await shell();
  expect(await service.signIn(email, 'wrong')).toMatchObject({ ok: false, code: 'invalid_credentials' });
  expect(await service.getSession()).toBeNull();
  expect(changes).toEqual([]);
});

test('after a restart the session is there without asking the network', async () => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const again = await shell({ shelf: first.shelf });
  expect((await again.service.getSession())?.user.email).toBe(email);
  expect(again.calls).toEqual([]);
});

test('a token close to its end is replaced once, however many windows ask', async () => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const before = await first.service.getSession();
  await delay(1_100);
  // The server's clock is nearly an hour ahead of what this machine believed.
  const later = await shell({ shelf: first.shelf, offset: 3_595_000 });
  const sessions = await Promise.all([
    later.service.getSession(),
    later.service.getSession(),
    later.service.getSession(),
  ]);
  expect(later.calls.filter((search) => search.includes('refresh_token'))).toHaveLength(1);
  expect(sessions[0]?.accessToken).not.toBe(before?.accessToken);
  expect(new Set(sessions.map((session) => session?.accessToken)).size).toBe(1);
});

test('a clock two hours off refreshes at the first call at most, not at every call', async () => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const later = await shell({ shelf: first.shelf, offset: 7_200_000 });
  for (let call = 0; call < 5; call += 1) await later.service.getSession();
  expect(later.calls.filter((search) => search.includes('refresh_token'))).toHaveLength(1);
});

test.each([409, 429, 503])('a refresh answered %i keeps the person signed in', async (status) => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const busy = () => Promise.resolve(new Response('{}', { status }));
  const later = await shell({ shelf: first.shelf, offset: 3_595_000, fetch: busy });
  expect((await later.service.getSession())?.user.email).toBe(email);
  const after = await shell({ shelf: first.shelf });
  expect((await after.service.getSession())?.user.email).toBe(email);
});

test('a session that was ended elsewhere ends here at the next refresh', async () => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const elsewhere = auth.client();
  await elsewhere.auth.signInWithPassword({ email, password: PASSWORD });
  await elsewhere.auth.signOut({ scope: 'global' });
  const later = await shell({ shelf: first.shelf, offset: 3_595_000 });
  expect(await later.service.getSession()).toBeNull();
  expect(later.changes).toEqual([null]);
});

test('signing out works without a network, and nothing is left behind', async () => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const offline = await shell({
    shelf: first.shelf,
    fetch: () => Promise.reject(new TypeError('no network')),
  });
  await offline.service.signOut('local');
  expect(await offline.service.getSession()).toBeNull();
  expect(offline.changes).toEqual([null]);
  expect(await (await shell({ shelf: first.shelf })).service.getSession()).toBeNull();
});

test('signing the other devices out leaves this one, and says so when it could not be done', async () => {
  const { email } = await auth.newUser();
  const { service, shelf } = await shell();
  await service.signIn(email, PASSWORD);
  await service.signOut('others');
  expect(await service.getSession()).not.toBeNull();
  const offline = await shell({ shelf, fetch: () => Promise.reject(new TypeError('no network')) });
  await expect(offline.service.signOut('others')).rejects.toThrow(/online/);
  expect(await offline.service.getSession()).not.toBeNull();
});

test('an auth server that is away is a network problem, not a wrong password', async () => {
  const { service } = await shell({ url: `http://127.0.0.1:${await freePort()}` });
  expect(await service.signIn('a@b.test', 'x')).toMatchObject({ ok: false, code: 'network' });
});

test('with a second factor the password alone is not a session', async () => {
  const { email } = await auth.newUser();
  const first = await shell();
  await first.service.signIn(email, PASSWORD);
  const enrolment = await first.service.enrolTotp('Phone');
  if (!enrolment.ok) throw new Error(enrolment.message);
  const code = () => codeOf(enrolment.secret);
  expect(await first.service.verifyTotp(enrolment.factorId, await code())).toMatchObject({ ok: true });
  expect(await first.service.listTotp()).toMatchObject([{ factorId: enrolment.factorId, name: 'Phone' }]);

  const second = await shell();
  const answer = await second.service.signIn(email, PASSWORD);
  expect(answer).toMatchObject({ ok: true, mfaRequired: { factorId: enrolment.factorId } });
  expect(await second.service.getSession()).toBeNull();
  expect(second.changes.filter((session) => session !== null)).toEqual([]);
  expect(await (await shell({ shelf: second.shelf })).service.getSession()).toBeNull();

  const verified = await second.service.verifyTotp(enrolment.factorId, await code());
  expect(verified).toMatchObject({ ok: true });
  expect(verified).not.toHaveProperty('mfaRequired');
  expect((await second.service.getSession())?.user.email).toBe(email);
});

test('a recovery code opens the session only once the new password is set', async () => {
  const { email } = await auth.newUser();
  const { service, changes } = await shell();
  expect(await service.sendRecoveryCode(email)).toEqual({ ok: true });
  const { code } = await auth.mailTo(email);
  expect(await service.verifyMailedCode(email, '000000', 'recovery')).toMatchObject({
    ok: false,
    code: 'otp_expired',
  });
  expect(await service.verifyMailedCode(email, code, 'recovery')).toMatchObject({ ok: true });
  expect(await service.getSession()).toBeNull();
  expect(changes.filter((session) => session !== null)).toEqual([]);
  expect(await service.changePassword('a new long password', {})).toEqual({ ok: true });
  expect((await service.getSession())?.user.email).toBe(email);
  expect(changes.at(-1)?.user.email).toBe(email);
  expect(await (await shell()).service.signIn(email, 'a new long password')).toMatchObject({ ok: true });
});
