import { setTimeout as delay } from 'node:timers/promises';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn, startFixture, type AuthFixture } from '../fixtures/local-auth.ts';
import { JwksCache } from '../../server/auth/jwks-cache.ts';
import {
  listLocalAuthKeys,
  replaceLocalAuthStandbyKey,
  revokeLocalAuthKey,
  rotateLocalAuthKeys,
} from '../../server/auth-server/index.ts';

let auth: AuthFixture;
let api: JwksCache;
let change: { databaseUrl: string; secrets: AuthFixture['secrets'] };
beforeAll(async () => {
  auth = await startFixture(15_112);
  change = { databaseUrl: auth.databaseUrl, secrets: auth.secrets };
  // As the API does it, but for the waits.
  api = new JwksCache({
    url: `${auth.url}/auth/v1/.well-known/jwks.json`,
    issuer: `${auth.url}/auth/v1`,
    audience: 'authenticated',
    cooldownMs: 0,
  });
  await api.start();
});
afterAll(async () => {
  api.stop();
  await auth.close();
});

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const publishedKids = async () =>
  ((await auth.call('GET', '/.well-known/jwks.json')).body['keys'] as { kid: string }[]).map(
    ({ kid }) => kid,
  );

/** Until the running server has noticed, which it promises to do within five seconds. */
async function noticed(check: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 7000; Date.now() < deadline; await delay(200)) if (await check()) return;
  throw new Error('The running server has not noticed within 7 s.');
}

/** Signs in and refreshes without a pause, and has the API verify every token, until told to stop. */
function keepWorking(email: string): { stop(): Promise<number> } {
  let isOver = false;
  const work = (async () => {
    const { client } = await signIn(auth, email);
    let verified = 0;
    for (; !isOver; verified += 1) {
      const { data, error } = await client.auth.refreshSession();
      if (error) throw error;
      await api.verifyJWT(data.session?.access_token ?? '');
      if ((await client.auth.getUser()).error) throw new Error('The auth server refused a token of its own.');
    }
    return verified;
  })();
  return {
    stop: () => {
      isOver = true;
      return work;
    },
  };
}

test('a running server rotates without a restart, and nobody is signed out at the auth server or the API', async () => {
  const { email } = await auth.newUser();
  const before = await signIn(auth, email);
  const working = keepWorking(email);
  const first = kidOf(before.session.access_token);
  const standby = (await publishedKids()).find((kid) => kid !== first) ?? '';

  await rotateLocalAuthKeys({ ...change, force: true });
  await noticed(async () => kidOf((await signIn(auth, email)).session.access_token) === standby);
  const after = await signIn(auth, email);
  for (const { session, client } of [before, after]) {
    expect(await api.verifyJWT(session.access_token)).toMatchObject({ email });
    expect((await client.auth.getUser()).error).toBeNull();
    expect((await client.auth.getClaims()).data?.header.kid).toBe(kidOf(session.access_token));
  }
  expect(await working.stop()).toBeGreaterThan(10);
  expect((await listLocalAuthKeys(change)).map((line) => line.slice(0, 15).trim()).sort()).toEqual([
    'in use',
    'previously used',
    'standby',
  ]);
});

test('a revoked key opens nothing any more, and its sessions go on with new tokens', async () => {
  const { email } = await auth.newUser();
  const before = await signIn(auth, email);
  const old = kidOf(before.session.access_token);
  await rotateLocalAuthKeys({ ...change, force: true });
  await noticed(async () => kidOf((await signIn(auth, email)).session.access_token) !== old);
  await revokeLocalAuthKey({ ...change, kid: old, force: true });
  await noticed(async () => !(await publishedKids()).includes(old));

  expect((await before.client.auth.getUser()).error?.code).toBe('bad_jwt');
  api.invalidateJWKSCache();
  await expect(api.verifyJWT(before.session.access_token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  const { data } = await before.client.auth.refreshSession();
  expect(await api.verifyJWT(data.session?.access_token ?? '')).toMatchObject({ email });
});

test('a standby key can be replaced before it ever signed, and the new one is published at once', async () => {
  const [said = ''] = await replaceLocalAuthStandbyKey(change);
  const made = said.slice(-36);
  expect(said).toMatch(/^standby +[0-9a-f-]{36}$/);
  await noticed(async () => (await publishedKids()).includes(made));
  await expect(rotateLocalAuthKeys(change)).rejects.toThrow('less than 20 minutes ago');
  await auth.db.query(`UPDATE signing_keys SET state_changed_at = now() - interval '21 min' WHERE kid = $1`, [
    made,
  ]);
  expect(await rotateLocalAuthKeys(change)).toContain(`in use           ${made}`);
});
