import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@supabase/supabase-js';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../server/local/postgres.ts';
import { callProcedure } from '../fixtures/wire.ts';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(path.join(os.tmpdir(), 'qm-auth-commands-'));
const running = new Set<ChildProcess>();
const secret = 'shared between the tests of these commands';
const credentials = { email: 'guest@acme.test', password: 'correct horse' };
let ports: { api: number; auth: number; beside: number };

interface Ended {
  code: number | null;
  said: string;
}

function run(command: string, args: string[] = [], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`server/cli/${command}.ts`, ...args], {
    cwd: repoRoot,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      QM_DATA_DIR: directory,
      QM_API_PORT: String(ports.api),
      QM_AUTH_PORT: String(ports.auth),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, said };
  });
  const ready = new Promise<Record<string, string>>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const line = /^ready (\{.*\})$/m.exec(said);
      if (line) resolve(JSON.parse(line[1] ?? '') as Record<string, string>);
    });
    void ended.then(({ code }) =>
      reject(new Error(`ended with ${String(code)} before it was ready: ${said}`)),
    );
  });
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    async stop(): Promise<Ended> {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

const connect = ({ auth = '', anonKey = '' }: Record<string, string>) =>
  createClient(auth, anonKey, { auth: { persistSession: false, autoRefreshToken: false } });
const kidOf = (token = '') => decodeProtectedHeader(token).kid ?? '';

/** `auth:keys` as people call it: its lines, by the state they begin with. */
async function keys(...args: string[]): Promise<Record<string, string>> {
  const { code, said } = await run('auth-keys', args).ended;
  if (code !== 0) throw new Error(said);
  const lines = said.matchAll(/^([a-z ]+?) {2,}([0-9a-f-]{36})/gm);
  return Object.fromEntries(Array.from(lines, ([, state = '', kid = '']): [string, string] => [state, kid]));
}

beforeAll(async () => {
  ports = { api: await freePort(), auth: await freePort(), beside: await freePort() };
});
afterAll(async () => {
  for (const child of running) child.kill('SIGTERM');
  await delay(running.size > 0 ? 3000 : 0);
  rmSync(directory, { recursive: true, force: true });
});

test(
  'the auth server runs alone, a second one beside it, and its keys rotate while it runs',
  { timeout: 120_000 },
  async () => {
    const first = run('auth-local', [], { QM_AUTH_SIGNUP: 'on', QM_AUTH_AUTOCONFIRM: 'on' });
    const ready = await first.ready;
    expect(Object.keys(ready)).toEqual(['auth', 'anonKey', 'keys']);
    const client = connect(ready);
    const { data: signedUp } = await client.auth.signUp(credentials);
    const before = signedUp.session?.access_token;
    expect(decodeProtectedHeader(before ?? '').alg).toBe('ES256');

    const file = JSON.parse(readFileSync(ready.keys ?? '', 'utf8')) as { serviceRoleKey: string };
    expect(statSync(ready.keys ?? '').mode & 0o777).toBe(0o600);
    const admin = connect({ ...ready, anonKey: file.serviceRoleKey });
    expect((await admin.auth.admin.listUsers()).data.users.map(({ email }) => email)).toEqual([
      credentials.email,
    ]);

    const second = run('auth-local', [], {
      QM_AUTH_PORT: String(ports.beside),
      QM_AUTH_ALGORITHM: 'HS256',
      QM_AUTH_JWT_SECRET: secret,
    });
    const beside = connect(await second.ready);
    const { data: there } = await beside.auth.signInWithPassword(credentials);
    expect(decodeProtectedHeader(there.session?.access_token ?? '').alg).toBe('HS256');
    expect((await beside.auth.signUp({ ...credentials, email: 'other@acme.test' })).error?.code).toBe(
      'signup_disabled',
    );

    const listed = await keys('list');
    expect(listed['in use']).toBe(kidOf(before));
    expect((await run('auth-keys', ['rotate']).ended).said).toMatch(/less than 20 minutes ago/);
    const rotated = await keys('rotate', '--force');
    expect(rotated).toMatchObject({ 'in use': listed['standby'], 'previously used': listed['in use'] });
    const signInAgain = async () =>
      kidOf((await connect(ready).auth.signInWithPassword(credentials)).data.session?.access_token);
    await expect.poll(signInAgain, { timeout: 8000, interval: 500 }).toBe(rotated['in use']);
    expect((await client.auth.getUser()).error).toBeNull();
    expect((await client.auth.getClaims(before)).data?.claims.email).toBe(credentials.email);

    await keys('revoke', `--kid=${kidOf(before)}`, '--force');
    await expect
      .poll(async () => (await client.auth.getUser(before)).error?.code, { timeout: 8000, interval: 500 })
      .toBe('bad_jwt');
    expect((await client.auth.refreshSession()).error).toBeNull();

    expect((await second.stop()).code).toBe(0);
    const { code, said } = await first.stop();
    expect(code).toBe(0);
    expect(said).not.toContain(file.serviceRoleKey);
    expect(existsSync(ready.keys ?? '')).toBe(false);
  },
);

test('the keys can be seen and changed when nothing runs', { timeout: 60_000 }, async () => {
  const listed = await keys('list');
  const { standby } = await keys('standby');
  expect(standby).not.toBe(listed['standby']);
  expect(await keys('list')).toMatchObject({ 'in use': listed['in use'], standby });
});

test.each([
  ['auth-local', [], { QM_AUTH_ALGORITHM: 'md5' }, /^QM_AUTH_ALGORITHM must be ES256, RS256 or HS256\.\n$/],
  ['auth-local', ['--port=1'], {}, /takes no arguments/],
  ['auth-keys', ['shuffle'], {}, /^Usage: npm run auth:keys/],
  ['auth-keys', ['revoke'], {}, /^Usage: npm run auth:keys/],
  ['auth-keys', ['revoke', '--kid=nobody'], {}, /^The key nobody is not a previously used one/],
  [
    'auth-keys',
    ['rotate'],
    {
      SUPABASE_URL: 'https://x.supabase.co',
      SUPABASE_ANON_KEY: 'a',
      SUPABASE_SERVICE_ROLE_KEY: 'b',
      DATABASE_URL: 'postgresql://x',
      QM_SECRET_KEY: 'c',
    },
    /a Supabase project rotates its own/,
  ],
] as const)(
  '%s %o says in one sentence what is wrong',
  { timeout: 30_000 },
  async (command, args, environment, words) => {
    const { code, said } = await run(command, [...args], environment).ended;
    expect(code).toBe(1);
    expect(said).toMatch(words);
    expect(said).not.toMatch(/^\s+at /m);
  },
);

test('with a shared secret the start verifies its tokens all the same', { timeout: 240_000 }, async () => {
  const started = run('start', ['--headless'], { QM_AUTH_ALGORITHM: 'HS256', QM_AUTH_JWT_SECRET: secret });
  const ready = await started.ready;
  const client = connect(ready);
  const { data } = await client.auth.signInWithPassword({
    email: 'owner@acme.test',
    password: 'quartermaster',
  });
  const token = data.session?.access_token ?? '';
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
  const call = { apiUrl: ready.api ?? '', input: {}, token };
  await callProcedure({ ...call, procedure: 'auth.openSession', kind: 'mutation' });
  const me = await callProcedure({ ...call, procedure: 'auth.me', kind: 'query' });
  expect(me.data).toMatchObject({ tenant: { slug: 'acme' } });
  const [head, payload] = token.split('.');
  const forged = { ...call, token: `${head}.${payload}.${'A'.repeat(43)}` };
  expect((await callProcedure({ ...forged, procedure: 'auth.me', kind: 'query' })).status).toBe(401);
  const anon = { ...call, token: ready.anonKey ?? '' };
  expect((await callProcedure({ ...anon, procedure: 'auth.me', kind: 'query' })).status).toBe(401);
  expect((await started.stop()).code).toBe(0);
});
