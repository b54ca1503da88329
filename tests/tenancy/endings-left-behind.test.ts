import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../server/main.ts';
import type { ServerConfig } from '../../server/config.ts';
import { resultOf, startCommand } from '../fixtures/command.ts';
import { PASSWORD, startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay, RelayMode } from '../fixtures/relay.ts';

/** The two halves of a revocation, with an auth server that is away or hangs between them. */
let installation: Installation;
/** Before the auth server, and before its database. */
let relays: Relay[];
let far: ServerConfig;
let owner: string;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  owner = installation.ownerOf('acme');
  const { auth } = installation.config;
  const database = new URL(auth.databaseUrl ?? '');
  const server = new URL(auth.url);
  relays = [
    await startRelay(server.hostname, Number(server.port)),
    await startRelay(database.hostname, Number(database.port)),
  ];
  const [url, databaseUrl] = [new URL(server), new URL(database)];
  url.port = String(relays[0]?.port);
  databaseUrl.port = String(relays[1]?.port);
  const through = { url: url.origin, databaseUrl: databaseUrl.href, issuer: auth.issuer };
  far = { ...installation.config, port: 0, auth: { ...auth, ...through } };
});
afterAll(async () => {
  setRelays('pass');
  await installation.close();
  for (const relay of relays) await relay.close();
});

const setRelays = (mode: RelayMode) => {
  for (const relay of relays) relay.set(mode);
};

/** Signed in by Supabase's own client, with the session open. */
async function thief(): Promise<{ client: SupabaseClient; token: string }> {
  const client = createClient(installation.authUrl, installation.config.auth.anonKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await client.auth.signInWithPassword({ email: owner, password: PASSWORD });
  if (error) throw error;
  const { access_token: token } = data.session;
  expect((await installation.node.mutate('auth.openSession', { token })).status).toBe(200);
  return { client, token };
}

const refreshes = async (client: SupabaseClient) => (await client.auth.refreshSession()).error === null;
const codeOfMe = async (token: string): Promise<string | undefined> =>
  (await installation.node.query('auth.me', { token })).error?.data.code;
const soon = { timeout: 40_000, interval: 250 };

test.each<RelayMode>(['stall', 'refuse'])(
  'a revocation counts here at once while the auth server is away (%s), and is brought there later',
  async (mode) => {
    setRelays('pass');
    const node = await startServer(far);
    try {
      const { client, token } = await thief();
      setRelays(mode);
      const started = performance.now();
      const response = await fetch(`${node.url}/api/trpc/auth.logout`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ scope: 'global' }),
      });
      expect(response.status).toBe(200);
      expect(performance.now() - started).toBeLessThan(4000);
      const me = await fetch(`${node.url}/api/trpc/auth.me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await me.json()).toMatchObject({ error: { data: { code: 'SESSION_REVOKED' } } });
      // The other process is told by the database, a moment later.
      await expect.poll(() => codeOfMe(token)).toBe('SESSION_REVOKED');
      expect(await refreshes(client)).toBe(true);
      setRelays('pass');
      await expect.poll(() => refreshes(client), soon).toBe(false);
    } finally {
      await node.close();
    }
  },
  60_000,
);

test('a revocation whose process is killed before the auth server has it is finished by a server that lives', async () => {
  const { client, token } = await thief();
  setRelays('stall');
  const command = startCommand(installation, 'sessions', ['revoke-user', `--email=${owner}`], {
    SUPABASE_URL: far.auth.url,
    SUPABASE_DB_URL: far.auth.databaseUrl,
  });
  const ended = resultOf(command);
  const noted = () =>
    installation
      .sql(`${installation.prefix}_control`, 'select 1 from session_endings')
      .then((rows) => rows.length);
  await expect.poll(noted, { ...soon, interval: 20 }).toBe(1);
  command.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  await expect.poll(() => codeOfMe(token)).toBe('SESSION_REVOKED');
  await expect.poll(() => refreshes(client), soon).toBe(false);
  expect(await noted()).toBe(0);
}, 60_000);

test('an issuer that the tokens do not name is told by health and log, and nobody else’s token tells it', async () => {
  const { auth } = installation.config;
  const lines: string[] = [];
  const wrong = { ...installation.config, port: 0, logLevel: 'error' };
  const node = await startServer(
    { ...wrong, auth: { ...auth, issuer: 'https://elsewhere.example/auth/v1' } },
    { logStream: { write: (line: string) => void lines.push(line) } },
  );
  try {
    const health = async () => (await fetch(`${node.url}/api/health`)).json() as Promise<object>;
    const me = (token: string) =>
      fetch(`${node.url}/api/trpc/auth.me`, { headers: { authorization: `Bearer ${token}` } });
    const { token } = await thief();
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ iss: 'https://evil.example', sub: 'x' })).toString(
      'base64url',
    );
    expect((await me([head, claims, signature].join('.'))).status).toBe(401);
    expect(await health()).toMatchObject({ ready: true, checks: { issuer: true } });
    expect((await me(token)).status).toBe(401);
    await expect.poll(health, soon).toMatchObject({ ready: false, checks: { auth: true, issuer: false } });
    expect(lines.filter((line) => line.includes('QM_JWT_ISSUER'))).toHaveLength(1);
  } finally {
    await node.close();
  }
});

test('giving a sign-in while the auth server hangs is UNAVAILABLE in bounded time, and works once it answers', async () => {
  setRelays('pass');
  const node = await startServer(far);
  try {
    const token = await installation.open(owner);
    const call = async (procedure: string, body: unknown) => {
      const response = await fetch(`${node.url}/api/trpc/${procedure}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as {
        result?: { data: { id: string; version: number } };
        error?: { data: { code: string } };
      };
      return { data: answer.result?.data, code: answer.error?.data.code };
    };
    const email = `late@${installation.prefix}.test`;
    const made = await call('employees.create', { name: 'Late', email });
    expect(made.code).toBeUndefined();
    const { id, version } = made.data ?? { id: '', version: 0 };
    setRelays('stall');
    const started = performance.now();
    expect((await call('employees.linkSignIn', { id, version })).code).toBe('UNAVAILABLE');
    expect(performance.now() - started).toBeLessThan(12_000);
    setRelays('pass');
    await expect
      .poll(async () => (await call('employees.linkSignIn', { id, version })).code, soon)
      .toBeUndefined();
  } finally {
    setRelays('pass');
    await node.close();
  }
}, 90_000);
