import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { JwksCache } from './jwks-cache.ts';
import type { JwksCacheOptions } from './jwks-cache.ts';
import { VerifiedTokens } from './verified-tokens.ts';

interface SigningKey {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

const issuer = 'https://auth.test/auth/v1';
const audience = 'authenticated';
let server: Server;
let published: SigningKey[] = [];
let fetches = 0;
let down = false;
/** Answers in another way than with the published keys. */
let answer: ((response: ServerResponse) => void) | undefined;
let url = '';
let cache: JwksCache | undefined;

async function key(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

function token(
  signer: SigningKey,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
) {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: issuer,
    aud: audience,
    sub: '0198c0de-0000-7000-8000-000000000001',
    iat: now,
    exp: now + 3600,
    session_id: 's-1',
    ...claims,
  })
    .setProtectedHeader({ alg: signer.alg, kid: signer.kid, ...header })
    .sign(signer.privateKey);
}

async function open(options: Partial<JwksCacheOptions> = {}): Promise<JwksCache> {
  cache = new JwksCache({ url, issuer, audience, cooldownMs: 200, ...options });
  await cache.start();
  return cache;
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  );

beforeEach(async () => {
  [fetches, down, answer, published] = [0, false, undefined, [await key('first')]];
  server = createServer((_request, response) => {
    fetches += 1;
    if (down) {
      response.destroy();
      return;
    }
    if (answer) {
      answer(response);
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});
afterEach(async () => {
  cache?.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const first = () => published[0] as SigningKey;

describe('a token', () => {
  test('signed with a published key is accepted, ES256 and RS256 alike', async () => {
    published.push(await key('rsa', 'RS256'));
    const keys = await open();
    for (const signer of published)
      expect(await codeOf(keys.verifyJWT(await token(signer)))).toBe('accepted');
    expect(fetches).toBe(1);
  });

  test('with anything wrong about it is refused', async () => {
    const keys = await open();
    const now = Math.floor(Date.now() / 1000);
    const stranger = { ...(await key('first')), kid: 'first' };
    const spki = new TextEncoder().encode(await exportSPKI(first().publicKey));
    const confused = new SignJWT({ iss: issuer, aud: audience, sub: 'x', exp: now + 60 });
    const wrong = [
      token(first(), { exp: now - 60 }),
      token(first(), { exp: undefined }),
      token(first(), { nbf: now + 600 }),
      token(first(), { iss: 'https://other.test/auth/v1' }),
      token(first(), { aud: 'anon' }),
      token(first(), { sub: undefined }),
      token(first(), {}, { kid: undefined }),
      token(stranger),
      token({ ...(await key('of-another-project')), kid: 'of-another-project' }),
      token(first(), {}, { alg: 'RS256' }).catch(() => 'x'),
      token(first(), {}, { crit: ['made-up'], 'made-up': true }).catch(() => 'x'),
      confused.setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(spki),
      Promise.resolve('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'),
      Promise.resolve('not a token'),
      Promise.resolve(''),
    ];
    for (const bad of wrong) expect(await codeOf(keys.verifyJWT(await bad))).toBe('UNAUTHENTICATED');
  });

  test('may be off by half a minute of clock, no more', async () => {
    const keys = await open();
    const now = Math.floor(Date.now() / 1000);
    expect(await codeOf(keys.verifyJWT(await token(first(), { exp: now - 20 })))).toBe('accepted');
    expect(await codeOf(keys.verifyJWT(await token(first(), { exp: now - 40 })))).toBe('UNAUTHENTICATED');
    expect(keys.isJWTExpired(await token(first(), { exp: now - 40 }))).toBe(true);
    expect(keys.isJWTExpired('x')).toBe(true);
    expect(keys.decodeJWTUnsafe('x')).toBeUndefined();
  });

  test('signed with a shared secret is accepted only where one is set', async () => {
    const secret = 'a shared secret of more than 32 characters';
    const now = Math.floor(Date.now() / 1000);
    const legacy = await new SignJWT({ iss: issuer, aud: audience, sub: 'x', exp: now + 60 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret));
    expect(await codeOf((await open()).verifyJWT(legacy))).toBe('UNAUTHENTICATED');
    cache?.stop();
    expect(await codeOf((await open({ legacySecret: secret })).verifyJWT(legacy))).toBe('accepted');
  });
});

describe('keys', () => {
  test('that are new are fetched when first seen; verified tokens are forgotten with the old ones', async () => {
    let forgotten = 0;
    const keys = await open({ onKeysChanged: () => (forgotten += 1), cooldownMs: 0 });
    const second = await key('second');
    const old = first();
    published = [second];
    expect(await codeOf(keys.verifyJWT(await token(second)))).toBe('accepted');
    expect(forgotten).toBe(1);
    expect(await codeOf(keys.verifyJWT(await token(old)))).toBe('UNAUTHENTICATED');
  });

  test('nobody knows cause one fetch, however many tokens name them, also with the endpoint down', async () => {
    const keys = await open({ cooldownMs: 60_000 });
    const unknown = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => token({ ...first(), kid: `unknown-${String(index)}` })),
    );
    await Promise.all(unknown.map((bad) => codeOf(keys.verifyJWT(bad))));
    down = true;
    await Promise.all(unknown.map((bad) => codeOf(keys.verifyJWT(bad))));
    expect(fetches).toBeLessThanOrEqual(2);
    expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
  });

  test('are kept while the endpoint is down, but not for ever', async () => {
    const keys = await open({ refreshMs: 30, maxAgeMs: 300 });
    down = true;
    expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
    await expect.poll(async () => codeOf(keys.verifyJWT(await token(first())))).toBe('UNAVAILABLE');
    down = false;
    await expect.poll(async () => codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
  });

  test('that cannot be had at the start come later', async () => {
    down = true;
    const keys = await open({ refreshMs: 50, cooldownMs: 10 });
    expect(keys.ready).toBe(false);
    expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('UNAVAILABLE');
    down = false;
    await expect.poll(() => keys.ready).toBe(true);
  });

  test('nobody knows hold nobody up while the endpoint hangs, and are no reason to sign anyone out then', async () => {
    const errors: unknown[] = [];
    const keys = await open({ timeoutMs: 1500, patienceMs: 200, onError: (error) => errors.push(error) });
    answer = () => {};
    const unknown = await Promise.all(
      Array.from({ length: 100 }, (_, n) => token({ ...first(), kid: `new-${String(n)}` })),
    );
    const good = await token(first());
    await new Promise((resolve) => setTimeout(resolve, 1050));
    const started = performance.now();
    const storm = Promise.all(unknown.map((bad) => codeOf(keys.verifyJWT(bad))));
    expect(await codeOf(keys.verifyJWT(good))).toBe('accepted');
    expect(performance.now() - started).toBeLessThan(150);
    expect(new Set(await storm)).toEqual(new Set(['UNAVAILABLE']));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(fetches).toBe(2);
    await expect.poll(() => errors.length, { timeout: 3000 }).toBe(1);
    answer = undefined;
    await expect
      .poll(async () => codeOf(keys.verifyJWT(unknown[0] ?? '')), { timeout: 3000 })
      .toBe('UNAUTHENTICATED');
  });

  test('are rotated while requests run: standby, in use, previous, revoked; nobody is refused who need not be', async () => {
    const keys = await open({ refreshMs: 20, cooldownMs: 0 });
    const tokens = new VerifiedTokens(keys);
    const [old, next] = [first(), await key('next', 'RS256')];
    let signer = old;
    let isOver = false;
    const refused: unknown[] = [];
    const running = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (!isOver) {
          try {
            await tokens.claimsOf(await token(signer, { session_id: crypto.randomUUID() }));
          } catch (error) {
            refused.push(error);
          }
        }
      }),
    );
    const settle = () => new Promise((resolve) => setTimeout(resolve, 80));
    await settle();
    published = [old, next];
    await settle();
    signer = next;
    await settle();
    published = [next];
    await settle();
    isOver = true;
    await running;
    expect(refused).toEqual([]);
    expect(await codeOf(Promise.resolve(tokens.claimsOf(await token(old))))).toBe('UNAUTHENTICATED');
  });

  test('that are published no more end what was verified with them at once', async () => {
    const keys = await open({ refreshMs: 20, onKeysChanged: () => tokens.clear() });
    const tokens = new VerifiedTokens(keys);
    const remembered = await token(first());
    await tokens.claimsOf(remembered);
    expect(tokens.claimsOf(remembered)).not.toBeInstanceOf(Promise);
    published = [await key('second')];
    await expect.poll(() => codeOf(Promise.resolve(tokens.claimsOf(remembered)))).toBe('UNAUTHENTICATED');
  });

  test('that came from an answer under way when they were dropped are not believed', async () => {
    const keys = await open({ cooldownMs: 0 });
    const stolen = first();
    const waiting: ServerResponse[] = [];
    answer = (response) => waiting.push(response);
    const early = codeOf(keys.verifyJWT(await token({ ...stolen, kid: 'unknown' })));
    await expect.poll(() => waiting.length).toBe(1);
    const old = JSON.stringify({ keys: [stolen.jwk] });
    answer = undefined;
    published = [await key('second')];
    keys.invalidateJWKSCache();
    expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
    for (const response of waiting) response.end(old);
    await early;
    expect(await codeOf(keys.verifyJWT(await token(stolen)))).toBe('UNAUTHENTICATED');
    expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
  });

  const strange: Record<string, (response: ServerResponse) => void> = {
    garbage: (response) => response.end('<html>Bad gateway</html>'),
    empty: (response) => response.end(),
    'an error': (response) => response.writeHead(500).end('{"keys":[]}'),
    'no keys': (response) => response.end('{"keys":[]}'),
    'another form': (response) => response.end('[{"kid":"first"}]'),
    'keys that are none': (response) =>
      response.end(
        '{"keys":[null,7,{"kid":"first"},{"kid":"first","kty":"EC","crv":"P-256","x":"AA","y":"AA"},{"kid":"first","kty":"oct","k":"c2VjcmV0"}]}',
      ),
    huge: (response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more).on('error', () => {});
      response.write('{"keys":["');
      more();
    },
    endless: (response) => {
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    },
    'a redirect': (response) => response.writeHead(302, { location: `${url}elsewhere` }).end(),
    reset: (response) => response.socket?.resetAndDestroy(),
  };
  test.each(Object.entries(strange))(
    'are kept when the endpoint answers with %s',
    async (_what, strangely) => {
      const errors: unknown[] = [];
      const keys = await open({ cooldownMs: 0, timeoutMs: 400, onError: (error) => errors.push(error) });
      answer = strangely;
      const before = process.memoryUsage().rss;
      expect(await codeOf(keys.verifyJWT(await token({ ...first(), kid: 'unknown' })))).toBe('UNAVAILABLE');
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
      expect(errors.length).toBeGreaterThan(0);
      expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
      answer = undefined;
      expect(await codeOf(keys.verifyJWT(await token({ ...first(), kid: 'unknown' })))).toBe(
        'UNAUTHENTICATED',
      );
    },
  );

  test('older than an hour are trusted no more, and nobody is signed out for it', async () => {
    const clock = vi.spyOn(performance, 'now');
    const real = performance.now.bind(performance);
    try {
      const keys = await open();
      const tokens = new VerifiedTokens(keys);
      const good = await token(first());
      await tokens.claimsOf(good);
      down = true;
      const now = real();
      clock.mockImplementation(() => now + 59 * 60_000);
      expect(tokens.claimsOf(good)).not.toBeInstanceOf(Promise);
      clock.mockImplementation(() => now + 61 * 60_000);
      expect(keys.ready).toBe(false);
      expect(await codeOf(Promise.resolve(tokens.claimsOf(good)))).toBe('UNAVAILABLE');
    } finally {
      clock.mockRestore();
    }
  });

  test('are fetched anew after they were invalidated', async () => {
    const keys = await open();
    published = [await key('first')];
    keys.invalidateJWKSCache();
    expect(await codeOf(keys.verifyJWT(await token(first())))).toBe('accepted');
    expect((await keys.getJWKS()).keys).toHaveLength(1);
  });
});

describe('verified tokens', () => {
  test('are believed without a second check, until their time or their key is over', async () => {
    const keys = await open();
    const tokens = new VerifiedTokens(keys);
    const short = await token(first(), {
      app_metadata: { tenant_id: 't' },
      user_metadata: { tenant_id: 'mine' },
    });
    const claims = await tokens.claimsOf(short);
    expect(claims).toMatchObject({ sessionKey: 's-1', tenantClaim: 't', assurance: 'aal1' });
    expect(tokens.claimsOf(short)).toBe(claims);
    tokens.clear();
    expect(tokens.claimsOf(short)).toBeInstanceOf(Promise);
    const named = await tokens.claimsOf(await token(first(), { jti: 'j-1', aal: 'aal2' }));
    expect(named).toMatchObject({ sessionKey: 'j-1', assurance: 'aal2' });
  });

  test('without a user or a session are refused', async () => {
    const tokens = new VerifiedTokens(await open());
    for (const claims of [
      { sub: 'x' },
      { session_id: undefined },
      { session_id: 'a b' },
      { session_id: 5 },
    ]) {
      expect(await codeOf(Promise.resolve(tokens.claimsOf(await token(first(), claims))))).toBe(
        'UNAUTHENTICATED',
      );
    }
  });
});
