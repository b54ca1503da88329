import path from 'node:path';
import pg from 'pg';
import { startLocalAuth } from './auth/server.ts';
import { loadLocalAuthSecrets } from './auth/keys.ts';
import type { DataDirectory } from './data-directory.ts';
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
  const [postgres, secrets] = await Promise.all([
    startLocalPostgres({ directory: directory.path, durable: options.durable }),
    loadLocalAuthSecrets(directory.path),
  ]);
  try {
    await makeAuthDatabase(postgres);
    const apiUrl = `http://127.0.0.1:${ports.api}`;
    const auth = await startLocalAuth({
      databaseUrl: postgres.url(authDatabase),
      port: ports.auth,
      siteUrl: `${apiUrl}/`,
      redirectAllowList: [`${apiUrl}/**`, 'quartermaster://**'],
      secrets,
      // Everybody on this machine comes from one address: as many sign-ins as Supabase Auth's 150 per five minutes, but
      // all of them may come at once.
      rateLimits: { token: { count: 150, seconds: 300, burst: 150 } },
      outboxFile: path.join(directory.path, 'outbox.jsonl'),
    });
    return {
      postgres,
      addresses: {
        databaseUrl: postgres.url(),
        authUrl: auth.url,
        apiUrl,
        anonKey: secrets.anonKey,
        serviceRoleKey: secrets.serviceRoleKey,
        secretKey: directory.secretKey,
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

async function makeAuthDatabase(postgres: LocalPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url() });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [authDatabase]);
    if (rows.length === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(authDatabase)}`);
    // Nobody but the superuser has any business there, tenants' logins least of all.
    await client.query(`REVOKE ALL ON DATABASE ${pg.escapeIdentifier(authDatabase)} FROM PUBLIC`);
  } finally {
    await client.end();
  }
}
