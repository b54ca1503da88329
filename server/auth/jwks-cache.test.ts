import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
  [fetches, down, published] = [0, false, [await key('first')]];
  server = createServer((_request, response) => {
    fetches += 1;
    if (down) {
      response.destroy();
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
