import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, isFree } from '../../server/local/postgres.ts';
import { callProcedure } from '../fixtures/wire.ts';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(path.join(os.tmpdir(), 'qm-start-'));
const running = new Set<ChildProcess>();
let ports: { api: number; auth: number };

interface Started {
  child: ChildProcess;
  /** Everything it wrote so far, both outputs. */
  said(): string;
  /** The JSON of the `ready` line. */
  ready: Promise<Record<string, string>>;
  ended: Promise<number | null>;
}

function start(environment: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['server/cli/start.ts', '--headless'], {
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
  let out = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const ready = new Promise<Record<string, string>>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      out += chunk.toString();
      const line = /^ready (\{.*\})$/m.exec(out);
      if (line) resolve(JSON.parse(line[1] ?? '') as Record<string, string>);
    });
    void ended.then((code) => reject(new Error(`ended with ${code} before it was ready: ${said}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, ended, said: () => said };
}

async function stop(
  started: Started,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<{ code: number | null; ms: number }> {
  const at = Date.now();
  started.child.kill(signal);
  const code = await started.ended;
  return { code, ms: Date.now() - at };
}

beforeAll(async () => {
  ports = { api: await freePort(), auth: await freePort() };
});
afterAll(async () => {
  for (const child of running) child.kill('SIGTERM');
  await delay(running.size > 0 ? 3000 : 0);
  rmSync(directory, { recursive: true, force: true });
});

test(
  'killed at any moment of the first start, the next start comes up with both tenants',
  { timeout: 240_000 },
  async () => {
    for (const moment of [700, 1800, 3000]) {
      const killed = start();
      await delay(moment);
      await stop(killed, 'SIGKILL');
    }
    const started = start();
    const ready = await started.ready;
    expect(Object.keys(ready)).toEqual(['api', 'auth', 'anonKey', 'web']);
    expect(ready).toMatchObject({
      api: `http://127.0.0.1:${ports.api}`,
      auth: `http://127.0.0.1:${ports.auth}`,
    });
    expect(ready.web).toBe(`${ready.api}/`);
    expect((await fetch(`${ready.api}/api/health`)).status).toBe(200);
    for (const person of ['owner', 'buyer', 'approver', 'warehouse', 'sales', 'viewer'])
      expect(await callAs(ready, `${person}@acme.test`, 'auth.me')).toMatchObject({
        tenant: { slug: 'acme' },
        roles: [person],
      });
    expect(await callAs(ready, 'operator@quartermaster.test', 'auth.me')).toMatchObject({
      isOperator: true,
      tenant: null,
    });
    expect(await callAs(ready, 'owner@globex.test', 'auth.me')).toMatchObject({ tenant: { slug: 'globex' } });
    for (const [list, atLeast] of [
      ['vendors.list', 40],
      ['products.list', 100],
    ] as const) {
      const { items } = (await callAs(ready, 'owner@acme.test', list, { limit: 100 })) as {
        items: unknown[];
      };
      expect(items.length).toBeGreaterThanOrEqual(atLeast);
    }

    const beside = start();
    expect(await beside.ended).toBe(1);
    expect(beside.said()).toMatch(/already runs|in use by another Quartermaster/);

    const { code, ms } = await stop(started);
    expect({ code, quick: ms < 5000 }).toEqual({ code: 0, quick: true });
    expect(await isFree(ports.api)).toBe(true);
    expect(await isFree(ports.auth)).toBe(true);
  },
);

test(
  'after a kill -9 of a running one the next start is ready in a few seconds, with the same keys',
  { timeout: 120_000 },
  async () => {
    const killed = start();
    const before = await killed.ready;
    const announcement = path.join(directory, 'local.json');
    expect(statSync(announcement).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(announcement, 'utf8'))).toMatchObject({
      apiUrl: before.api,
      anonKey: before.anonKey,
    });
    await stop(killed, 'SIGKILL');

    const at = Date.now();
    const next = start();
    const after = await next.ready;
    expect(after.anonKey).toBe(before.anonKey);
    expect(Date.now() - at).toBeLessThan(15_000);
    const { code, ms } = await stop(next, 'SIGINT');
    expect({ code, quick: ms < 5000 }).toEqual({ code: 0, quick: true });
  },
);

test('stopped while it is still coming up, it stops cleanly and in time', { timeout: 60_000 }, async () => {
  const started = start();
  while (started.child.exitCode === null && !existsSync(path.join(directory, 'running.lock')))
    await delay(10);
  const { code, ms } = await stop(started);
  expect({ code, quick: ms < 5000 }).toEqual({ code: 0, quick: true });
});

test('half of a real installation stops the start with one clear sentence', { timeout: 30_000 }, async () => {
  const started = start({ SUPABASE_URL: 'https://project.supabase.co' });
  expect(await started.ended).toBe(1);
  expect(started.said().trim()).toMatch(
    /^SUPABASE_URL is set, but SUPABASE_ANON_KEY, .* are missing\. [^\n]*$/,
  );
});

/** What a demo sign-in is answered when it asks over HTTP. */
async function callAs(
  ready: Record<string, string>,
  email: string,
  procedure: string,
  input?: unknown,
): Promise<unknown> {
  const response = await fetch(`${ready.auth}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: ready.anonKey ?? '', 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'quartermaster' }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const apiUrl = ready.api ?? '';
  await callProcedure({ apiUrl, procedure: 'auth.openSession', kind: 'mutation', input: {}, token });
  return (await callProcedure({ apiUrl, procedure, kind: 'query', input, token })).data;
}
