import path from 'node:path';
import pg from 'pg';
import {
  type AuthEnvironment,
  type LocalAuth,
  type LocalAuthSecrets,
  authEnvironment,
  loadLocalAuthSecrets,
  signedWith,
  startLocalAuth,
} from '../auth-server/index.ts';
import type { DataDirectory } from './data-directory.ts';
import { upgradeLocale } from './locale-upgrade.ts';
import { startLocalPostgres } from './postgres.ts';
import type { LocalPostgres } from './postgres.ts';
import type { ServiceAddresses } from './service-addresses.ts';

/** The local auth server's own database. The control plane makes the others (server/tenancy). */
const authDatabase = 'qm_auth';

export interface LocalServices {
  postgres: LocalPostgres;
  addresses: ServiceAddresses;
  stop(): Promise<void>;
}

export interface LocalServicesOptions {
  directory: DataDirectory;
  ports: { api: number; auth: number };
  /** false in tests only. */
  durable?: boolean;
  log?: (line: string) => void;
}

/** Starts the embedded PostgreSQL and the local auth server on it. Whatever was started is stopped when a part fails. */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  const { directory, ports } = options;
  const environment = authEnvironment(process.env);
  const [postgres, secrets] = await Promise.all([
    startLocalPostgres({ directory: directory.path, durable: options.durable }),
    localAuthSecrets(directory.path, environment),
  ]);
  try {
    await upgradeLocale(postgres);
    await makeAuthDatabase(postgres);
    const databaseUrl = postgres.url();
    const auth = await startAuthOn({ databaseUrl, directory: directory.path, ports, environment, secrets });
    return {
      postgres,
      addresses: {
        databaseUrl,
        authUrl: auth.url,
        outboxUrl: auth.outboxUrl,
        authDatabaseUrl: authDatabaseUrl(databaseUrl),
        apiUrl: apiUrlOf(ports),
        anonKey: secrets.anonKey,
        serviceRoleKey: secrets.serviceRoleKey,
        secretKey: directory.secretKey,
        ...(environment.settings.algorithm === 'HS256' ? { jwtSecret: secrets.jwtSecret } : {}),
      },
      async stop() {
        await auth.close().finally(() => postgres.stop());
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The secrets of this data directory, signed with the secret of the environment where there is one. */
export async function localAuthSecrets(
  directory: string,
  environment: AuthEnvironment,
): Promise<LocalAuthSecrets> {
  const secrets = await loadLocalAuthSecrets(directory);
  return environment.jwtSecret === undefined ? secrets : signedWith(secrets, environment.jwtSecret);
}

/** Starts an auth server on the local PostgreSQL; several may serve one database, each with settings of its own. */
export function startAuthOn(options: {
  /** The PostgreSQL server's address, whatever database it names. */
  databaseUrl: string;
  /** The data directory. */
  directory: string;
  ports: { api: number; auth: number };
  environment: AuthEnvironment;
  secrets: LocalAuthSecrets;
}): Promise<LocalAuth> {
  const apiUrl = apiUrlOf(options.ports);
  return startLocalAuth({
    siteUrl: `${apiUrl}/`,
    redirectAllowList: [`${apiUrl}/**`, 'quartermaster://**'],
    // Everybody on this machine comes from one address: as many sign-ins as Supabase Auth's 150 per five minutes, but
    // all of them may come at once.
    rateLimits: { token: { count: 150, seconds: 300, burst: 150 } },
    ...options.environment.settings,
    databaseUrl: authDatabaseUrl(options.databaseUrl),
    port: options.ports.auth,
    secrets: options.secrets,
    outboxFile: path.join(options.directory, 'outbox.jsonl'),
  });
}

/** The auth server's own database on the PostgreSQL server of this address. */
export function authDatabaseUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${authDatabase}`;
  return url.href;
}

const apiUrlOf = (ports: { api: number }): string => `http://127.0.0.1:${ports.api}`;

async function makeAuthDatabase(postgres: LocalPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url() });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [authDatabase]);
    if (rows.length === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(authDatabase)}`);
    // Only the superuser works there; tenants' logins must not.
    await client.query(`REVOKE ALL ON DATABASE ${pg.escapeIdentifier(authDatabase)} FROM PUBLIC`);
  } finally {
    await client.end();
  }
}
