import { t } from '@lingui/core/macro';
import { parseAddress } from '../../ipc/address.ts';
import { connectionSchema } from '../../ipc/contract.ts';
import type { Connection } from '../../ipc/contract.ts';
import { Refused } from '../../ipc/answer.ts';

/** What the local default (`npm start`) listens on when nothing else is said. */
const localDefault: Connection = {
  apiUrl: 'http://127.0.0.1:4870',
  authUrl: 'http://127.0.0.1:4871',
  anonKey: '',
  webUrl: 'http://127.0.0.1:4870/',
};

/** The connection and whether a person may change it: one given by the launcher is fixed. */
export interface ResolvedConnection {
  readonly connection: Connection;
  readonly fixed: boolean;
}

/**
 * Finds out where the services are: the launcher's environment first, then the fleet's policy, then what the person has set, then what the
 * release was built with, then the local default.
 * @throws {Error} with one sentence when the environment names an address that isn't one.
 */
export function resolveConnection(
  environment: Readonly<Record<string, string | undefined>>,
  stored: unknown,
  built: { readonly [K in keyof Connection]?: string | undefined },
  managed?: Connection,
): ResolvedConnection {
  const { QM_API_URL: apiUrl, SUPABASE_ANON_KEY: anonKey, QM_WEB_URL: webUrl } = environment;
  const authUrl = environment.QM_AUTH_URL ?? environment.SUPABASE_URL;
  if (apiUrl && authUrl && anonKey) {
    const given = connectionSchema.safeParse({ apiUrl, authUrl, anonKey, webUrl: webUrl ?? rootOf(apiUrl) });
    if (!given.success) {
      const variable = {
        apiUrl: 'QM_API_URL',
        authUrl: 'QM_AUTH_URL',
        anonKey: 'SUPABASE_ANON_KEY',
        webUrl: 'QM_WEB_URL',
      };
      const field = String(given.error.issues[0]?.path[0]) as keyof typeof variable;
      throw new Error(`${variable[field]} is not a valid value for the desktop app.`);
    }
    return { connection: given.data, fixed: true };
  }
  if (managed) return { connection: managed, fixed: true };
  const kept = connectionSchema.safeParse(stored);
  if (kept.success) return { connection: kept.data, fixed: false };
  const release = connectionSchema.safeParse({
    ...built,
    webUrl: built.webUrl || rootOf(built.apiUrl ?? ''),
  });
  return { connection: release.success ? release.data : localDefault, fixed: false };
}

/**
 * Checks a connection that a person typed.
 * @throws {Refused} when a password would travel unencrypted beyond this machine.
 */
export function acceptConnection(connection: Connection): Connection {
  for (const address of [connection.apiUrl, connection.authUrl, connection.webUrl]) {
    const url = new URL(address);
    if (url.username || url.password)
      throw new Refused(t`The addresses must not contain a user name or password.`);
    if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
      const { host } = url;
      throw new Refused(t`${host} must be reached by https: passwords would travel unencrypted.`);
    }
  }
  return connection;
}

/** Whether both lead to the same services with the same project key. */
export function isSameConnection(one: Connection, other: Connection): boolean {
  return (['apiUrl', 'authUrl', 'anonKey', 'webUrl'] as const).every((field) => one[field] === other[field]);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function rootOf(address: string): string {
  return parseAddress(address) ? new URL('/', address).href : address;
}
