import { randomBytes } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { freshDatabase } from '../../../../tests/fixtures/postgres.ts';
import { loadLocalAuthSecrets, type LocalAuthSecrets } from '../keys.ts';
import { startLocalAuth, type LocalAuthOptions } from '../server.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A real client that keeps its session to itself. */
function connect(url: string, key: string, flowType: 'pkce' | 'implicit' = 'implicit') {
  return createClient(url, key, {
    auth: { autoRefreshToken: false, detectSessionInUrl: false, storage: memoryStorage(), flowType },
  });
}
export type Client = ReturnType<typeof connect>;

export const PASSWORD = 'correct horse';

/** A running auth server with a database of its own, and real clients for it. */
export interface AuthFixture {
  url: string;
  secrets: LocalAuthSecrets;
  databaseUrl: string;
  outboxFile: string;
  db: pg.Pool;
  /** A client nobody has signed in to yet. */
  client(options?: { flowType?: 'pkce' | 'implicit' }): Client;
  admin: Client;
  /** A confirmed user made by the administrator. */
  newUser(more?: Record<string, unknown>): Promise<{ id: string; email: string }>;
  /** The newest mail to this address. */
  mailTo(address: string): Promise<Mail>;
  /** A plain request to the wire, as `curl` would send it. */
  call(method: string, path: string, options?: CallOptions): Promise<WireAnswer>;
  restart(more?: Partial<LocalAuthOptions>): Promise<void>;
  close(): Promise<void>;
}

export interface Mail {
  kind: string;
  sent_to: string;
  code: string;
  link: string | null;
}

export interface CallOptions {
  bearer?: string;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
}

export interface WireAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export async function startFixture(
  port: number,
  settings: Partial<LocalAuthOptions> = {},
): Promise<AuthFixture> {
  const database = await freshDatabase('qm_auth');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qm-auth-'));
  const secrets = await loadLocalAuthSecrets(dataDir);
  const outboxFile = path.join(dataDir, 'outbox.jsonl');
  const base: LocalAuthOptions = {
    databaseUrl: database.url,
    port,
    siteUrl: 'http://127.0.0.1:3000',
    secrets,
    outboxFile,
    rateLimits: 'off',
    ...settings,
  };
  let server = await startLocalAuth(base);
  const admin = connect(server.url, secrets.serviceRoleKey);
  const db = new pg.Pool({ connectionString: database.url, max: 2 });
  return {
    url: server.url,
    secrets,
    databaseUrl: database.url,
    outboxFile,
    db,
    client: ({ flowType } = {}) => connect(server.url, secrets.anonKey, flowType),
    admin,
    async newUser(more = {}) {
      const email = `${randomBytes(6).toString('hex')}@acme.test`;
      const { data, error } = await admin.auth.admin.createUser({
        email,
        password: PASSWORD,
        email_confirm: true,
        ...more,
      });
      if (error) throw error;
      return { id: data.user.id, email };
    },
    async mailTo(address) {
      const result = await db.query<Mail>(
        'SELECT kind, sent_to, code, link FROM outbox WHERE sent_to = $1 ORDER BY id DESC LIMIT 1',
        [address],
      );
      const mail = result.rows[0];
      if (!mail) throw new Error(`no mail to ${address}`);
      return mail;
    },
    async call(method, wirePath, { bearer, body, raw, headers } = {}) {
      const response = await fetch(`${server.url}/auth/v1${wirePath}`, {
        method,
        redirect: 'manual',
        headers: {
          'x-supabase-api-version': '2024-01-01',
          ...(method === 'GET' ? {} : { 'content-type': 'application/json;charset=UTF-8' }),
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
          ...headers,
        },
        ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: readJson(text) };
    },
    async restart(more = {}) {
      await server.close();
      server = await startLocalAuth({ ...base, ...more });
    },
    async close() {
      await server.close();
      await db.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Signs a fresh client in and gives its tokens. */
export async function signIn(auth: AuthFixture, email: string, password = PASSWORD) {
  const client = auth.client();
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  const claims = decodeJwt(data.session.access_token);
  return { client, session: data.session, user: data.user, claims };
}

export function memoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
