import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterUrl, freshDatabase } from '../../../tests/fixtures/postgres.ts';
import pg from 'pg';
import { loadLocalAuthSecrets } from '../keys.ts';
import { revokeLocalAuthKey, rotateLocalAuthKeys } from '../key-rotation.ts';
import { Passwords } from '../passwords.ts';
import { RateLimits } from '../rate-limits.ts';
import { PASSWORD, signIn, startFixture, type AuthFixture } from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_107);
});
afterAll(() => auth.close());

describe('signing keys', () => {
  test('rotate without signing anyone out, and a revoked one is refused', async () => {
    const change = { databaseUrl: auth.databaseUrl, secrets: auth.secrets };
    const { email } = await auth.newUser();
    const before = await signIn(auth, email);
    const oldKid = decodeProtectedHeader(before.session.access_token).kid ?? '';
    await expect(rotateLocalAuthKeys(change)).rejects.toThrow('less than 20 minutes ago');
    await auth.db.query(`UPDATE signing_keys SET state_changed_at = now() - interval '21 min'`);
    const [inUse = '', previouslyUsed = ''] = await rotateLocalAuthKeys(change);
    expect(previouslyUsed).toContain(oldKid);
    await auth.restart();
    const after = await signIn(auth, email);
    expect(decodeProtectedHeader(after.session.access_token).kid).toBe(inUse.split(/\s+/).at(-1));
    const jwks = createRemoteJWKSet(new URL(`${auth.url}/auth/v1/.well-known/jwks.json`));
    for (const { session } of [before, after]) await jwtVerify(session.access_token, jwks);
    expect((await before.client.auth.getUser()).error).toBeNull();

    await expect(revokeLocalAuthKey({ ...change, kid: inUse.slice(-36) })).rejects.toThrow(
      'not a previously used one',
    );
    await expect(revokeLocalAuthKey({ ...change, kid: oldKid })).rejects.toThrow('less than 20 minutes ago');
    await revokeLocalAuthKey({ ...change, kid: oldKid, force: true });
    await auth.restart();
    const published = await auth.call('GET', '/.well-known/jwks.json');
    expect(published.text).not.toContain(oldKid);
    const refused = await auth.call('GET', '/user', { bearer: before.session.access_token });
    expect([refused.status, refused.body['code']]).toEqual([403, 'bad_jwt']);
    expect((await before.client.auth.refreshSession()).error).toBeNull();
  });

  test('are not readable in the database', async () => {
    const { rows } = await auth.db.query<{ row: string }>(
      'SELECT signing_keys::text AS row FROM signing_keys',
    );
    for (const { row } of rows) expect(row).not.toMatch(/"d":|"p":/);
  });
});

describe('secrets', () => {
  test('are made once, readable by their owner only, and never replaced when damaged', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'qm-auth-secrets-'));
    const made = await Promise.all([1, 2, 3].map(() => loadLocalAuthSecrets(dir)));
    expect(new Set(made.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
    const file = path.join(dir, 'local-auth-secrets.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40));
    await expect(loadLocalAuthSecrets(dir)).rejects.toThrow('is damaged');
    await rm(dir, { recursive: true });
  });
});

describe('a killed server', () => {
  test('loses nobody’s session', async () => {
    const database = await freshDatabase('qm_auth_kill');
    const script = `
      import { startLocalAuth } from ${JSON.stringify(path.resolve(import.meta.dirname, '../server.ts'))};
      await startLocalAuth({ ...JSON.parse(process.env.AUTH_OPTIONS), rateLimits: 'off' });
      console.log('listening');`;
    const options = {
      databaseUrl: database.url,
      port: 15_108,
      siteUrl: 'http://127.0.0.1:3000',
      secrets: auth.secrets,
    };
    const start = async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, AUTH_OPTIONS: JSON.stringify(options) },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      return child;
    };
    const url = 'http://127.0.0.1:15108';
    const admin = createClient(url, auth.secrets.serviceRoleKey, { auth: { persistSession: false } });
    const client = createClient(url, auth.secrets.anonKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    });

    let child = await start();
    await admin.auth.admin.createUser({ email: 'kill@acme.test', password: PASSWORD, email_confirm: true });
    expect(
      (await client.auth.signInWithPassword({ email: 'kill@acme.test', password: PASSWORD })).error,
    ).toBeNull();
    expect((await client.auth.refreshSession()).error).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    child = await start();
    expect((await client.auth.getUser()).data.user?.email).toBe('kill@acme.test');
    expect((await client.auth.refreshSession()).error).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await database.drop();
  });
});

describe('many sign-ins at once', () => {
  test('get an answer each, in bounded memory, and the next normal one works', async () => {
    const { email } = await auth.newUser();
    const before = process.memoryUsage().rss;
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        auth.call('POST', '/token?grant_type=password', {
          body: { email: `x${index}@acme.test`, password: 'x' },
        }),
      ),
    );
    for (const { body } of answers)
      expect(['invalid_credentials', 'request_timeout']).toContain(body['code']);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    expect((await signIn(auth, email)).user.email).toBe(email);
  }, 60_000);

  test('wait in a line of bounded length', async () => {
    const passwords = new Passwords(1);
    const cheap =
      '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const outcomes = await Promise.allSettled(
      Array.from({ length: 140 }, () => passwords.verify('x', cheap)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(129);
    expect(await passwords.verify('x', await passwords.hash('x'))).toBe(true);
  });

  test('say nothing by their time about who exists', async () => {
    const { email } = await auth.newUser();
    const time = async (address: string) => {
      const begun = performance.now();
      await auth.call('POST', '/token?grant_type=password', { body: { email: address, password: 'wrong' } });
      return performance.now() - begun;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < 15; turn += 1) {
      known.push(await time(email));
      unknown.push(await time(`nobody${turn}@acme.test`));
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7] ?? 0;
    expect(median(known) / median(unknown)).toBeGreaterThan(0.6);
    expect(median(known) / median(unknown)).toBeLessThan(1.6);
  });
});

describe('rate limits', () => {
  test('are on unless switched off: sign-ins, codes and mails, but never a refresh', async () => {
    const { email } = await auth.newUser();
    const me = await signIn(auth, email);
    await auth.restart({ rateLimits: 'production' });
    const wrong = { email, password: 'wrong' };
    // All at once: one after the other, a slow machine would let the allowance refill.
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => auth.call('POST', '/token?grant_type=password', { body: wrong })),
    );
    const limited = answers.filter(({ body }) => body['code'] === 'over_request_rate_limit');
    expect(answers.filter(({ body }) => body['code'] === 'invalid_credentials')).toHaveLength(
      40 - limited.length,
    );
    expect(limited.length).toBeGreaterThan(5);
    expect(limited.length).toBeLessThanOrEqual(10);
    for (const { status, headers } of limited) {
      expect(status).toBe(429);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await me.client.auth.refreshSession()).error).toBeNull();

    for (const address of [email, 'nobody@acme.test']) {
      expect((await auth.client().auth.resetPasswordForEmail(address)).error).toBeNull();
      const { error } = await auth.client().auth.resetPasswordForEmail(address);
      expect(error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
    }
    await auth.restart();
  });

  test('refill with time, and a refresh over its own limit is put off, not refused', () => {
    let now = 0;
    const limits = new RateLimits({ refresh: { count: 60, seconds: 60, burst: 2 } }, () => now);
    const attempt = (action: 'refresh' | 'verify') => {
      try {
        limits.count(action, '127.0.0.1');
        return 200;
      } catch (error) {
        return error instanceof Error && 'status' in error ? error.status : 0;
      }
    };
    expect([attempt('refresh'), attempt('refresh'), attempt('refresh')]).toEqual([200, 200, 503]);
    now += 1000;
    expect([attempt('refresh'), attempt('refresh')]).toEqual([200, 503]);
    expect(Array.from({ length: 31 }, () => attempt('verify')).at(-1)).toBe(429);
  });
});

describe('a database out of reach', () => {
  test('is told as a passing fault, so that no client throws its session away', async () => {
    const { email } = await auth.newUser();
    const me = await signIn(auth, email);
    const name = new URL(auth.databaseUrl).pathname.slice(1);
    await using cluster = await outside();
    await cluster.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    await cluster.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = $1 AND application_name = 'quartermaster-local-auth'`,
      [name],
    );
    const refused = await auth.call('GET', '/user', { bearer: me.session.access_token });
    expect(refused.status).toBe(503);
    const refresh = await auth.call('POST', '/token?grant_type=refresh_token', {
      body: { refresh_token: me.session.refresh_token },
    });
    expect(refresh.status).toBe(503);
    await cluster.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
    expect((await me.client.auth.refreshSession()).error).toBeNull();
  });
});

async function outside() {
  const client = new pg.Client({ connectionString: clusterUrl() });
  await client.connect();
  return {
    query: (sql: string, values: unknown[] = []) => client.query(sql, values),
    [Symbol.asyncDispose]: () => client.end(),
  };
}
