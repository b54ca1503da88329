import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, signIn, startFixture, type AuthFixture } from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
let bearer: string;
beforeAll(async () => {
  auth = await startFixture(15_106, { signupEnabled: true });
});
afterAll(() => auth.close());

/** Every address that reads a body. */
const addresses: [string, string][] = [
  ['POST', '/token?grant_type=password'],
  ['POST', '/token?grant_type=refresh_token'],
  ['POST', '/token?grant_type=pkce'],
  ['POST', '/token'],
  ['POST', '/signup'],
  ['POST', '/recover'],
  ['POST', '/otp'],
  ['POST', '/resend'],
  ['POST', '/verify'],
  ['PUT', '/user'],
  ['POST', '/logout?scope=x'],
  ['POST', '/factors'],
  ['POST', `/factors/${randomUUID()}/verify`],
  ['POST', '/invite'],
  ['POST', '/admin/users'],
  ['PUT', `/admin/users/${randomUUID()}`],
  ['POST', '/admin/generate_link'],
];

const fields = [
  'email',
  'phone',
  'password',
  'token',
  'token_hash',
  'type',
  'refresh_token',
  'auth_code',
  'code_verifier',
  'data',
  'nonce',
  'app_metadata',
  'user_metadata',
  'ban_duration',
  'password_hash',
  'id',
  'role',
  'factor_type',
  'friendly_name',
  'issuer',
  'challenge_id',
  'code',
  'code_challenge',
  'code_challenge_method',
  'redirect_to',
  'new_email',
  'should_soft_delete',
  'email_confirm',
  'create_user',
];

async function expectCoded(method: string, path: string, options: { body?: unknown; raw?: string }) {
  // Both kinds of bearer, so that nothing hides behind a refusal.
  for (const key of [bearer, auth.secrets.serviceRoleKey]) {
    const answer = await auth.call(method, path, { bearer: key, ...options });
    expect(answer.status, `${method} ${path} ${answer.text}`).toBeLessThan(500);
    if (answer.status >= 400) expect(answer.body['code'], `${method} ${path}`).toEqual(expect.any(String));
    expect(answer.text).not.toMatch(/\bat .*\.ts:\d|node_modules/);
  }
}

describe('hostile input', () => {
  beforeAll(async () => {
    const { email } = await auth.newUser();
    bearer = (await signIn(auth, email)).session.access_token;
  });

  test.each([
    ['broken JSON', '{"email":'],
    ['an array', '[]'],
    ['a string', '"x"'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['deep nesting', `${'{"data":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['a prototype', '{"__proto__":{"email":"x"},"data":{"__proto__":{"a":1},"constructor":1}}'],
    ['not JSON at all', '\u0001\u0002<xml/>'],
  ])('as %s gets a code, never a 500', async (_name, raw) => {
    await Promise.all(addresses.map(([method, path]) => expectCoded(method, path, { raw })));
  });

  test.each<[string, unknown]>([
    ['a NUL', 'a\0b'],
    ['half a surrogate pair', '\ud800'],
    ['a huge text', 'x'.repeat(20_000)],
    ['a number', 7],
    ['an array', ['x', { y: 1 }]],
    ['an object', { a: { b: 'c\0' } }],
    ['an object of objects', { a: { b: 'c' }, __proto__: { d: 1 } }],
    ['true', true],
    ['null', null],
    ['SQL', `'; DROP TABLE users; --`],
    ['an impossible address', 'a@b.cc\r\nBcc: x@y.zz'],
  ])('in every field, as %s, gets a code, never a 500', async (_name, value) => {
    const body = Object.fromEntries(fields.map((field) => [field, value]));
    const deep = { email: 'someone@acme.test', password: PASSWORD, type: 'recovery', data: { deep: value } };
    await Promise.all(
      addresses.flatMap(([method, path]) => [
        expectCoded(method, path, { body }),
        expectCoded(method, path, { body: deep }),
      ]),
    );
  });

  test('made up at random gets a code, never a 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...addresses),
        fc.dictionary(fc.constantFrom(...fields), fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue())),
        async ([method, path], body) => expectCoded(method, path, { body }),
      ),
      { numRuns: 100 },
    );
  });

  test('in the query and the path gets a code, never a 500', async () => {
    const bad = ['%00', '%ZZ', '%ED%A0%80', '..%2f..%2f', 'x'.repeat(5000), '%27%3B--', '-1', '1e3', '[]'];
    for (const value of bad) {
      for (const path of [
        `/verify?token=${value}&type=${value}&redirect_to=${value}`,
        `/verify?token=${value}&type=signup`,
        `/admin/users?page=${value}&per_page=${value}&filter=${value}`,
        `/admin/users/${value}`,
        `/user?redirect_to=${value}`,
        `/${value}`,
      ]) {
        await expectCoded('GET', path, {});
      }
    }
  });

  test('in a body of 50 MB is refused without being read into memory', async () => {
    const answer = await auth
      .call('POST', '/token?grant_type=password', { raw: `{"email":"${'x'.repeat(50_000_000)}"}` })
      .catch(() => null);
    if (answer) expect([answer.status, answer.body['code']]).toEqual([413, 'validation_failed']);
    expect((await auth.call('GET', '/health')).status).toBe(200);
  });

  test('as a redirect chosen by the Host header changes nothing', async () => {
    const { email } = await auth.newUser();
    await auth.call('POST', '/recover', { body: { email }, headers: { 'x-forwarded-host': 'evil.test' } });
    expect((await auth.mailTo(email)).link).toMatch(/^http:\/\/127\.0\.0\.1:15106\/auth\/v1\/verify\?/);
  });

  test('is answered in the older form to clients that don’t name a version', async () => {
    const response = await fetch(`${auth.url}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      body: JSON.stringify({ email: 'nobody@acme.test', password: 'x' }),
    });
    expect(response.headers.get('x-supabase-api-version')).toBeNull();
    expect(response.headers.get('x-sb-error-code')).toBe('invalid_credentials');
    expect(await response.json()).toEqual({
      code: 400,
      error_code: 'invalid_credentials',
      msg: 'Invalid login credentials',
    });
  });

  test('empty JSON bodies, as the client sends them, are fine', async () => {
    const { email } = await auth.newUser();
    const me = await signIn(auth, email);
    const response = await fetch(`${auth.url}/auth/v1/logout?scope=local`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${me.session.access_token}`,
        'content-type': 'application/json;charset=UTF-8',
      },
    });
    expect(response.status).toBe(204);
  });
});

describe('browsers', () => {
  test('may call from any page and read what the client needs', async () => {
    const preflight = await fetch(`${auth.url}/auth/v1/token?grant_type=password`, {
      method: 'OPTIONS',
      headers: {
        origin: 'app://main',
        'access-control-request-method': 'POST',
        'access-control-request-headers':
          'apikey,authorization,content-type,x-client-info,x-supabase-api-version',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-supabase-api-version');
    const answer = await auth.call('POST', '/token', { headers: { origin: 'app://main' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toMatch(
      /X-Total-Count, Link, X-Supabase-Api-Version/,
    );
  });
});
