import pg from 'pg';
import { wireTypes } from './pg-types.ts';

/** The names of our databases and roles on a cluster; `prefix` lets several installations share one. */
export function databaseNames(prefix: string) {
  return {
    control: `${prefix}_control`,
    template: `${prefix}_template`,
    tenant: (slug: string) => `${prefix}_t_${slug}`,
  };
}
export type DatabaseNames = ReturnType<typeof databaseNames>;

/** The same server and login, another database. */
export function urlOfDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.toString();
}

/** The address without its password, for messages. */
export function maskedUrl(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '****';
    return parsed.toString();
  } catch {
    return 'an address that cannot be read';
  }
}

/** Runs `work` on a connection of its own, which is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    // A server that vanishes is noticed within half a minute, however long a statement may take.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'quartermaster-admin',
    types: wireTypes,
  });
  // A connection that drops between two statements reports here; the next statement fails and tells the caller.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

export const quoted = pg.escapeIdentifier;
export const literal = pg.escapeLiteral;

export async function databaseExists(client: pg.ClientBase, name: string): Promise<boolean> {
  const found = await client.query('select 1 from pg_database where datname = $1', [name]);
  return found.rows.length > 0;
}
