import { randomBytes, randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { opaqueApiKeys } from '../keys.ts';
import { encodeRefreshToken } from '../refresh-tokens.ts';
import { PASSWORD, signIn, startFixture, type AuthFixture } from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_101);
});
afterAll(() => auth.close());

describe('signing in with a password', () => {
  test('gives a session whose token carries what an administrator wrote about the user', async () => {
    const { id, email } = await auth.newUser({
      app_metadata: { tenant_id: '0191' },
      user_metadata: { name: 'Asha' },
    });
    const { session, user, claims } = await signIn(auth, email);
    expect(user.id).toBe(id);
    expect(session.token_type).toBe('bearer');
    expect(session.expires_in).toBe(3600);
    expect(claims).toMatchObject({
      iss: `${auth.url}/auth/v1`,
      sub: id,
      aud: 'authenticated',
      role: 'authenticated',
      email,
      phone: '',
      app_metadata: { provider: 'email', providers: ['email'], tenant_id: '0191' },
      user_metadata: { name: 'Asha' },
      aal: 'aal1',
      is_anonymous: false,
    });
    expect(claims['amr']).toMatchObject([{ method: 'password' }]);
    expect(claims['session_id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(claims).not.toHaveProperty('jti');
    expect(claims).not.toHaveProperty('nbf');
    expect(user.identities?.[0]).toMatchObject({ provider: 'email', id, identity_data: { email, sub: id } });
    expect(user.email_confirmed_at).toBeTruthy();
    expect(user.last_sign_in_at).toBeTruthy();
  });

  test('is refused in the same words for a wrong password and for an address nobody has', async () => {
    const { email } = await auth.newUser();
    for (const address of [email, 'nobody@acme.test']) {
      const { error } = await auth.client().auth.signInWithPassword({ email: address, password: 'wrong' });
      expect(error).toMatchObject({
        status: 400,
        code: 'invalid_credentials',
        message: 'Invalid login credentials',
      });
    }
  });

  test('is refused before the address is confirmed, and to banned users, only once the password is right', async () => {
    const unconfirmed = await auth.newUser({ email_confirm: false });
    const banned = await auth.newUser({ ban_duration: '24h' });
    const attempt = async (email: string, password: string) =>
      (await auth.client().auth.signInWithPassword({ email, password })).error?.code;
    expect(await attempt(unconfirmed.email, PASSWORD)).toBe('email_not_confirmed');
    expect(await attempt(banned.email, PASSWORD)).toBe('user_banned');
    expect(await attempt(unconfirmed.email, 'wrong')).toBe('invalid_credentials');
    expect(await attempt(banned.email, 'wrong')).toBe('invalid_credentials');
  });

  test('takes the address in any case, and reports a missing one', async () => {
    const { email } = await auth.newUser();
    expect((await signIn(auth, email.toUpperCase())).user.email).toBe(email);
    const { status, body } = await auth.call('POST', '/token?grant_type=password', {
      body: { password: 'x' },
    });
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });
});

describe('refreshing', () => {
  test('rotates the token, keeps the session and brings the newest app_metadata', async () => {
    const { id, email } = await auth.newUser();
    const { client, session, claims } = await signIn(auth, email);
    await auth.admin.auth.admin.updateUserById(id, { app_metadata: { tenant_id: 'new' } });
    const { data, error } = await client.auth.refreshSession();
    expect(error).toBeNull();
    expect(data.session?.refresh_token).not.toBe(session.refresh_token);
    expect(data.session?.user.app_metadata['tenant_id']).toBe('new');
    const { data: fresh } = await client.auth.getClaims();
    expect(fresh?.claims.session_id).toBe(claims['session_id']);
  });

  test('hands the current token to a client that lost the answer, however often it asks at once', async () => {
    const { email } = await auth.newUser();
    const { session } = await signIn(auth, email);
    const body = { refresh_token: session.refresh_token };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => auth.call('POST', '/token?grant_type=refresh_token', { body })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map((answer) => answer.body['refresh_token'])).size).toBe(1);
  });

  test('ends the session when a long replaced token comes back', async () => {
    const { email } = await auth.newUser();
    const { client, session } = await signIn(auth, email);
    for (let turn = 0; turn < 2; turn += 1) await client.auth.refreshSession();
    await auth.db.query(`UPDATE sessions SET refreshed_at = now() - interval '1 minute'`);
    const thief = await auth.client().auth.refreshSession({ refresh_token: session.refresh_token });
    expect(thief.error).toMatchObject({ status: 400, code: 'refresh_token_already_used' });
    const owner = await client.auth.refreshSession();
    expect(owner.error).toMatchObject({ status: 400, code: 'refresh_token_not_found' });
  });

  test('knows its own tokens only', async () => {
    const { email } = await auth.newUser();
    const { session } = await signIn(auth, email);
    const forged = `${session.refresh_token.slice(0, -8)}AAAAAAAA`;
    for (const token of ['invalid', forged, `${session.refresh_token}A`, 'é'.repeat(10), 'abcdefghijk!']) {
      const { error } = await auth.client().auth.refreshSession({ refresh_token: token });
      const words = { status: 400, code: 'validation_failed', message: 'Refresh token is not valid' };
      expect(error).toMatchObject(words);
    }
    // Well formed, as the older kind and as the newer one, and nobody's.
    const foreign = encodeRefreshToken(randomUUID(), 0, randomBytes(32));
    for (const token of ['abcdefghijk1', foreign]) {
      const { error } = await auth.client().auth.refreshSession({ refresh_token: token });
      expect(error).toMatchObject({
        status: 400,
        code: 'refresh_token_not_found',
        message: 'Invalid Refresh Token: Refresh Token Not Found',
      });
    }
    const { status, body } = await auth.call('POST', '/token?grant_type=refresh_token', { body: {} });
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });

  test('is refused to a banned user, and possible again when the ban is lifted', async () => {
    const { id, email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    await auth.admin.auth.admin.updateUserById(id, { ban_duration: '1h30m' });
    expect((await client.auth.getUser()).error).toMatchObject({ status: 403, code: 'user_banned' });
    const { session } = (await client.auth.getSession()).data;
    const body = { refresh_token: session?.refresh_token };
    const refused = await auth.call('POST', '/token?grant_type=refresh_token', { body });
    expect([refused.status, refused.body['code']]).toEqual([400, 'user_banned']);
    for (const lifted of ['none', '0', '0s', '-1h']) {
      await auth.admin.auth.admin.updateUserById(id, { ban_duration: '1h' });
      const { data } = await auth.admin.auth.admin.updateUserById(id, { ban_duration: lifted });
      expect(Date.parse(data.user?.banned_until ?? '') > Date.now(), lifted).toBe(false);
    }
    expect((await client.auth.refreshSession()).error).toBeNull();
  });

  test('works after the server was stopped and started again', async () => {
    const { email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    await auth.restart();
    expect((await client.auth.getUser()).data.user?.email).toBe(email);
    expect((await client.auth.refreshSession()).error).toBeNull();
  });
});

describe('signing out', () => {
  test('in its three scopes ends this session, the others, or all of them, at once', async () => {
    const { email } = await auth.newUser();
    const [one, two, three] = await Promise.all([
      signIn(auth, email),
      signIn(auth, email),
      signIn(auth, email),
    ]);
    const isAlive = async (token: string) =>
      (await auth.call('GET', '/user', { bearer: token })).status === 200;
    const alive = () => Promise.all([one, two, three].map(({ session }) => isAlive(session.access_token)));

    expect((await one.client.auth.signOut({ scope: 'local' })).error).toBeNull();
    expect(await alive()).toEqual([false, true, true]);
    expect((await two.client.auth.signOut({ scope: 'others' })).error).toBeNull();
    expect(await alive()).toEqual([false, true, false]);
    const four = await signIn(auth, email);
    expect((await four.client.auth.signOut({ scope: 'global' })).error).toBeNull();
    expect(await alive()).toEqual([false, false, false]);
    const { error } = await two.client.auth.refreshSession();
    expect(error?.code).toBe('refresh_token_not_found');
  });

  test('by the administrator takes the user’s own token', async () => {
    const { email } = await auth.newUser();
    const { session } = await signIn(auth, email);
    const { error } = await auth.admin.auth.admin.signOut(session.access_token, 'global');
    expect(error).toBeNull();
    const gone = await auth.call('GET', '/user', { bearer: session.access_token });
    expect([gone.status, gone.body['code']]).toEqual([403, 'session_not_found']);
  });

  test('refuses a scope it does not know', async () => {
    const { email } = await auth.newUser();
    const { session } = await signIn(auth, email);
    const { status, body } = await auth.call('POST', '/logout?scope=everywhere', {
      bearer: session.access_token,
    });
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });
});

describe('tokens', () => {
  test('verify against the published keys, by jose and by supabase-js', async () => {
    const { email } = await auth.newUser();
    const { client, session } = await signIn(auth, email);
    const jwks = createRemoteJWKSet(new URL(`${auth.url}/auth/v1/.well-known/jwks.json`));
    const { payload } = await jwtVerify(session.access_token, jwks, {
      issuer: `${auth.url}/auth/v1`,
      audience: 'authenticated',
      algorithms: ['ES256'],
    });
    expect(payload['email']).toBe(email);
    const { data, error } = await client.auth.getClaims();
    expect(error).toBeNull();
    expect(data?.claims.email).toBe(email);
    const published = await auth.call('GET', '/.well-known/jwks.json');
    expect(published.headers.get('cache-control')).toBe('public, max-age=600');
    expect(published.body['keys']).toHaveLength(2);
    expect(published.text).not.toContain('"d":');
  });

  test('of a bearer that is missing, malformed, forged or not a user’s are refused with a code', async () => {
    const { email } = await auth.newUser();
    const { session } = await signIn(auth, email);
    const [head, payload] = session.access_token.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const cases: [string | undefined, number, string][] = [
      [undefined, 401, 'no_authorization'],
      ['garbage', 403, 'bad_jwt'],
      [`${head}.${payload}.AAAA`, 403, 'bad_jwt'],
      [`${none}.${payload}.`, 403, 'bad_jwt'],
      [auth.secrets.anonKey, 403, 'bad_jwt'],
    ];
    for (const [bearer, status, code] of cases) {
      const answer = await auth.call('GET', '/user', bearer === undefined ? {} : { bearer });
      expect([answer.status, answer.body['code']]).toEqual([status, code]);
      expect(answer.headers.get('x-sb-error-code')).toBe(code);
      expect(answer.headers.get('x-supabase-api-version')).toBe('2024-01-01');
    }
  });

  test('of a user give no administrator’s rights', async () => {
    const { email } = await auth.newUser();
    const { session } = await signIn(auth, email);
    for (const bearer of [session.access_token, auth.secrets.anonKey]) {
      const { status, body } = await auth.call('POST', '/admin/users', {
        bearer,
        body: { email: 'x@y.test' },
      });
      expect([status, body['code']]).toEqual([403, 'not_admin']);
    }
  });

  test('are signed by RS256 or HS256 where that is set, and earlier ones stay valid', async () => {
    const { email } = await auth.newUser();
    const before = await signIn(auth, email);
    expect(decodeProtectedHeader(before.session.access_token).alg).toBe('ES256');
    for (const algorithm of ['RS256', 'HS256', 'ES256'] as const) {
      await auth.restart({ algorithm });
      const { client, session } = await signIn(auth, email);
      expect(decodeProtectedHeader(session.access_token).alg).toBe(algorithm);
      expect((await client.auth.getClaims()).data?.claims.email).toBe(email);
      expect((await before.client.auth.getUser()).error).toBeNull();
    }
  });

  test('may be API keys in the newer opaque form', async () => {
    const keys = opaqueApiKeys(auth.secrets);
    const admin = createClient(auth.url, keys.secret, { auth: { persistSession: false } });
    const { data, error } = await admin.auth.admin.createUser({
      email: 'opaque@acme.test',
      password: PASSWORD,
    });
    expect(error).toBeNull();
    expect(data.user?.email_confirmed_at).toBeUndefined();
    const publishable = createClient(auth.url, keys.publishable, { auth: { persistSession: false } });
    const { error: refused } = await publishable.auth.admin.createUser({ email: 'other@acme.test' });
    expect(refused).toMatchObject({ status: 403, code: 'not_admin' });
  });
});
