import { GoTrueAdminApi, GoTrueClient } from '@supabase/supabase-js';
import { SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  memoryStorage,
  PASSWORD,
  signIn,
  startFixture,
  type AuthFixture,
} from '../../../tests/fixtures/local-auth.ts';
import { startLocalAuth } from '../server.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_110, {
    algorithm: 'HS256',
    signupEnabled: true,
    autoconfirm: true,
    phoneEnabled: true,
    anonymousEnabled: true,
  });
});
afterAll(() => auth.close());

const sign = (claims: JWTPayload, header: Record<string, string> = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(new TextEncoder().encode(auth.secrets.jwtSecret));
const bareClient = (url: string) =>
  new GoTrueClient({ url, autoRefreshToken: false, storage: memoryStorage() });

describe('a holder of the shared secret', () => {
  test.each(['service_role', 'supabase_admin'])(
    'is an administrator by a token of the role %s',
    async (role) => {
      const headers = { Authorization: `Bearer ${await sign({ sub: '1234567890', role })}` };
      const admin = new GoTrueAdminApi({ url: auth.url, headers });
      expect((await admin.listUsers()).error).toBeNull();
      const withKid = { Authorization: `Bearer ${await sign({ role }, { kid: 'of-another-installation' })}` };
      expect((await new GoTrueAdminApi({ url: auth.url, headers: withKid }).listUsers()).error).toBeNull();
    },
  );

  test('speaks for a user by a token without a session', async () => {
    const { id, email } = await auth.newUser();
    const claims = { sub: id, aud: 'authenticated', role: 'authenticated' };
    const bearer = await sign(claims);
    expect((await auth.call('GET', '/user', { bearer })).body).toMatchObject({ id, email });
    expect(
      (await auth.call('POST', '/factors', { bearer, body: { factor_type: 'totp' } })).body,
    ).toMatchObject({
      code: 'session_not_found',
    });
    const { aud: _none, ...mute } = claims;
    expect((await auth.call('GET', '/user', { bearer: await sign(mute) })).body).toMatchObject({
      code: 'validation_failed',
      message: "Token audience doesn't match request audience",
    });
    const me = await signIn(auth, email);
    const wish = { password: 'another one' };
    expect((await auth.call('PUT', '/user', { bearer, body: wish })).body['code']).toBe(
      'current_password_required',
    );
    const known = { ...wish, current_password: PASSWORD };
    expect((await auth.call('PUT', '/user', { bearer, body: known })).status).toBe(200);
    expect((await me.client.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
    await signIn(auth, email, 'another one');
    expect((await auth.call('POST', '/logout?scope=local', { bearer })).status).toBe(204);
  });

  test('is told what is wrong with a token that belongs to no user', async () => {
    const cases: [JWTPayload, number, string][] = [
      [{ role: 'anon' }, 403, 'missing sub claim'],
      [{ sub: '1234567890', role: 'anon_key' }, 400, 'sub claim must be a UUID'],
      [{ sub: crypto.randomUUID(), aud: 'authenticated' }, 403, 'User from sub claim in JWT does not exist'],
    ];
    for (const [claims, status, words] of cases) {
      const answer = await auth.call('GET', '/user', { bearer: await sign(claims) });
      expect([answer.status, answer.body['message']]).toEqual([status, expect.stringContaining(words)]);
    }
  });
});

describe('tokens signed with the shared secret', () => {
  test('are checked by the client at the server, because no key of theirs is published', async () => {
    const { email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    const { data, error } = await client.auth.getClaims();
    expect(error).toBeNull();
    expect(data?.header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(data?.claims).toMatchObject({ email });
    expect((await auth.call('GET', '/.well-known/jwks.json')).body).toEqual({ keys: [] });
  });

  test('go on being valid, as do earlier ones, when the algorithm is changed and changed back', async () => {
    const { email } = await auth.newUser();
    const symmetric = await signIn(auth, email);
    await auth.restart({ algorithm: 'ES256' });
    const asymmetric = await signIn(auth, email);
    expect((await symmetric.client.auth.getUser()).error).toBeNull();
    await auth.restart();
    expect((await asymmetric.client.auth.getUser()).error).toBeNull();
    expect((await asymmetric.client.auth.getClaims()).data?.header.alg).toBe('ES256');
  });

  test('give way to the keys there were when nobody names an algorithm any more', async () => {
    const { email } = await auth.newUser();
    const algorithmNow = async () =>
      (await (await signIn(auth, email)).client.auth.getClaims()).data?.header.alg;
    await auth.restart({ algorithm: 'RS256' });
    const kids = (await auth.call('GET', '/.well-known/jwks.json')).text;
    await auth.restart({ algorithm: undefined });
    expect(await algorithmNow()).toBe('RS256');
    expect((await auth.call('GET', '/.well-known/jwks.json')).text).toBe(kids);
    await auth.restart({ algorithm: 'ES256' });
    expect(await algorithmNow()).toBe('ES256');
    await auth.restart();
  });
});

describe('several servers on one database', () => {
  test('serve the same people, each with settings of its own', async () => {
    const strict = await startLocalAuth({
      databaseUrl: auth.databaseUrl,
      secrets: auth.secrets,
      port: 15_111,
      siteUrl: 'http://127.0.0.1:3000',
      algorithm: 'RS256',
      signupEnabled: true,
      rateLimits: 'off',
    });
    try {
      const asked = bareClient(strict.url);
      const { data } = await asked.signUp({ email: 'both@acme.test', password: PASSWORD });
      expect(data.session).toBeNull();
      expect(data.user?.email_confirmed_at).toBeUndefined();
      const { error } = await auth.admin.auth.admin.updateUserById(data.user?.id ?? '', {
        email_confirm: true,
      });
      expect(error).toBeNull();
      expect(
        (await asked.signInWithPassword({ email: 'both@acme.test', password: PASSWORD })).error,
      ).toBeNull();
      expect((await asked.getClaims()).data?.header.alg).toBe('RS256');
      const here = await signIn(auth, 'both@acme.test');
      expect((await here.client.auth.getClaims()).data?.header.alg).toBe('HS256');
      expect((await here.client.auth.signOut({ scope: 'global' })).error).toBeNull();
      expect((await asked.getUser()).error?.name).toBe('AuthSessionMissingError');
    } finally {
      await strict.close();
    }
  });
});

describe('ways of signing in that are off', () => {
  test('are refused with the code of the way, whatever else is off', async () => {
    await auth.restart({
      signupEnabled: false,
      autoconfirm: false,
      phoneEnabled: false,
      anonymousEnabled: false,
    });
    const { auth: client } = auth.client();
    expect((await client.signInAnonymously()).error).toMatchObject({
      status: 422,
      code: 'anonymous_provider_disabled',
    });
    const phone = '15555550100';
    expect((await client.signInWithPassword({ phone, password: PASSWORD })).error).toMatchObject({
      status: 422,
      code: 'phone_provider_disabled',
    });
    expect((await client.resend({ phone, type: 'sms' })).error?.code).toBe('phone_provider_disabled');
    expect((await client.signUp({ email: 'new@acme.test', password: PASSWORD })).error).toMatchObject({
      status: 422,
      code: 'signup_disabled',
      message: 'Signups not allowed for this instance',
    });
    expect((await auth.call('POST', '/token?grant_type=web3', { body: {} })).body['code']).toBe(
      'web3_provider_disabled',
    );
    expect((await auth.call('POST', '/token?grant_type=magic', { body: {} })).body).toMatchObject({
      code: 'invalid_credentials',
      message: 'unsupported_grant_type',
    });
    await auth.restart();
  });

  test('are listed among the settings, which name every provider', async () => {
    const { body } = await auth.call('GET', '/settings');
    expect(body).toMatchObject({
      external: {
        email: true,
        phone: true,
        anonymous_users: true,
        google: false,
        github: false,
        azure: false,
      },
      disable_signup: false,
      mailer_autoconfirm: true,
      phone_autoconfirm: true,
      saml_enabled: false,
    });
  });

  test('are nothing to a guest, who has no second factor and no identities of others either', async () => {
    const { auth: guest } = auth.client();
    await guest.signInAnonymously();
    expect((await guest.mfa.enroll({ factorType: 'totp' })).error).toMatchObject({
      status: 403,
      code: 'no_authorization',
    });
    const nobody = await auth.call('DELETE', `/user/identities/${crypto.randomUUID()}`);
    expect([nobody.status, nobody.body['code']]).toEqual([401, 'no_authorization']);
  });
});

describe('an administrator', () => {
  test('renames a factor, and is refused an empty page', async () => {
    const { id, email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    const { data } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'old phone' });
    const path = `/admin/users/${id}/factors/${data?.id ?? ''}`;
    const bearer = auth.secrets.serviceRoleKey;
    expect(
      (await auth.call('PUT', path, { bearer, body: { friendly_name: 'new phone' } })).body,
    ).toMatchObject({
      id: data?.id,
      friendly_name: 'new phone',
    });
    expect((await client.auth.mfa.listFactors()).data?.all[0]?.friendly_name).toBe('new phone');
    const empty = await auth.call('GET', '/admin/users?page=1&per_page=0', { bearer });
    expect([empty.status, empty.body['code']]).toEqual([400, 'validation_failed']);
  });
});

describe('a page in a browser', () => {
  const origin = 'http://127.0.0.1:4870';
  const preflight = (path: string, method: string) =>
    fetch(`${auth.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers':
          'apikey,authorization,content-type,x-client-info,x-supabase-api-version',
      },
    });

  test.each([
    ['/auth/v1/token?grant_type=password', 'POST'],
    ['/auth/v1/user', 'PUT'],
    ['/auth/v1/factors/1', 'DELETE'],
    ['/auth/v1/admin/users', 'GET'],
    ['/token?grant_type=password', 'POST'],
    ['/auth/v1/unknown', 'POST'],
  ])('is allowed to call %s by %s, with every header the client sends', async (path, method) => {
    const answer = await preflight(path, method);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain(method);
    expect(answer.headers.get('access-control-allow-headers')).toContain('x-supabase-api-version');
    expect(answer.headers.get('access-control-max-age')).toBe('600');
  });

  test('can read what the client needs of an answer, refusals included', async () => {
    for (const path of ['/auth/v1/user', '/auth/v1/settings', '/user']) {
      const answer = await fetch(`${auth.url}${path}`, { headers: { origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const exposed = answer.headers.get('access-control-expose-headers') ?? '';
      for (const header of ['X-Total-Count', 'Link', 'X-Supabase-Api-Version'])
        expect(exposed).toContain(header);
    }
  });

  test('can’t read the outbox', async () => {
    const answer = await fetch(auth.outboxUrl(), { headers: { origin } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the addresses', () => {
  test.each(['/auth/v1/health', '/auth/v1/health/', '/health', '//auth/v1//health'])(
    'answer with and without the project’s path, and with a slash too many: %s',
    async (path) => {
      const answer = await fetch(`${auth.url}${path}`);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        expect.objectContaining({ version: 'local' }),
      ]);
    },
  );

  test.each(['health', 'settings', '.well-known/jwks.json', '.well-known/openid-configuration'])(
    'let a monitor look by HEAD: %s',
    async (path) => {
      const answer = await fetch(`${auth.url}/auth/v1/${path}`, { method: 'HEAD' });
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    },
  );

  test('name the issuer and where its keys are, for libraries that begin there', async () => {
    const { body } = await auth.call('GET', '/.well-known/openid-configuration');
    const { email } = await auth.newUser();
    const { claims } = await signIn(auth, email);
    expect(body['issuer']).toBe(claims.iss);
    const keys = await fetch(String(body['jwks_uri']));
    expect(keys.status).toBe(200);
    expect(body).toMatchObject({ response_types_supported: ['code'], subject_types_supported: ['public'] });
  });

  test('answer an OPTIONS that is not a preflight', async () => {
    expect((await fetch(`${auth.url}/auth/v1/token`, { method: 'OPTIONS' })).status).toBe(204);
  });
});
