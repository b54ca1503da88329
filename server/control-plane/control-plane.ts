import pg from 'pg';
import { wireTypes } from '../db/pg-types.ts';
import { SecretBox } from '../db/secret-box.ts';
import { databaseExists, databaseNames, quoted, urlOfDatabase, withClient } from '../db/databases.ts';
import { atMost } from '../ground/at-most.ts';
import type { DatabaseNames } from '../db/databases.ts';
import { migrateDatabase } from '../db/migrating/migrate-database.ts';
import { controlPlaneMigrations, loadMigrations } from '../db/migrating/migration-files.ts';
import { loadRootKey } from './root-key.ts';

export interface ControlPlaneSettings {
  databaseUrl: string;
  databasePrefix: string;
  secretKey: string;
}

/** Connection string of the control plane's own database; carries a password. */
export function controlPlaneUrl(
  settings: Pick<ControlPlaneSettings, 'databaseUrl' | 'databasePrefix'>,
): string {
  return urlOfDatabase(settings.databaseUrl, databaseNames(settings.databasePrefix).control);
}

/** A PostgreSQL server that holds tenants. */
export interface Cluster {
  name: string;
  /** Login that may create databases and roles. */
  adminUrl: string;
  /** What the tenants' logins connect to. */
  host: string;
  port: number;
  ssl: boolean;
}

/** The control plane's database: a small pool, the clusters, and the box that seals credentials. */
export class ControlPlane {
  readonly names: DatabaseNames;
  /** Connection string of the control plane's own database; carries a password. */
  readonly url: string;
  readonly pool: pg.Pool;
  readonly #settings: ControlPlaneSettings;
  #rootKey: string | undefined;
  #box: SecretBox | undefined;

  constructor(settings: ControlPlaneSettings, onError: (error: Error) => void = () => {}) {
    this.#settings = settings;
    this.names = databaseNames(settings.databasePrefix);
    this.url = controlPlaneUrl(settings);
    this.pool = new pg.Pool({
      connectionString: this.url,
      max: 6,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 3000,
      statement_timeout: 4000,
      query_timeout: 5000,
      keepAlive: true,
      application_name: 'quartermaster-control',
      types: wireTypes,
    });
    this.pool.on('error', onError);
    // A connection in use needs a listener too: without one, a dropped connection would end the process.
    this.pool.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * Creates and migrates the control plane's database and opens its keys. Safe to repeat and to run concurrently.
   * @throws ConfigError when QM_SECRET_KEY is not the one of this installation.
   */
  async prepare(): Promise<void> {
    const { control } = this.names;
    await withClient(this.#settings.databaseUrl, async (client) => {
      if (await databaseExists(client, control)) return;
      await client.query(`create database ${quoted(control)}`).catch((error: pg.DatabaseError) => {
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
      await client.query(`revoke connect on database ${quoted(control)} from public`);
    });
    await migrateDatabase(this.url, await loadMigrations(controlPlaneMigrations));
    this.#rootKey = await loadRootKey(this.pool, this.#settings.secretKey);
  }

  /** The box of the control plane's own secrets: tenants' logins, clusters' addresses. */
  get box(): SecretBox {
    this.#box ??= this.#boxFor('control plane credentials');
    return this.#box;
  }

  /** The box for one tenant's own values (PAN, stored answers). */
  boxOf(tenantId: string): SecretBox {
    return this.#boxFor(`tenant ${tenantId}`);
  }

  #boxFor(purpose: string): SecretBox {
    if (this.#rootKey === undefined) throw new Error('The control plane has not been prepared.');
    return new SecretBox(this.#rootKey, purpose);
  }

  async clusters(): Promise<Cluster[]> {
    const { rows } = await this.pool.query<ClusterRow>('select * from clusters order by name');
    return rows.map((row) => this.#cluster(row));
  }

  async cluster(name: string): Promise<Cluster> {
    const { rows } = await this.pool.query<ClusterRow>('select * from clusters where name = $1', [name]);
    if (!rows[0]) throw new Error(`There is no cluster ${name}.`);
    return this.#cluster(rows[0]);
  }

  /** Adds a PostgreSQL server for tenants, or changes its address. */
  async putCluster(name: string, adminUrl: string, tenantEndpoint?: string): Promise<void> {
    await this.pool.query(
      `insert into clusters (name, admin_url_sealed, tenant_endpoint) values ($1, $2, $3)
       on conflict (name) do update set admin_url_sealed = excluded.admin_url_sealed,
         tenant_endpoint = excluded.tenant_endpoint`,
      [name, this.box.seal(adminUrl), tenantEndpoint ?? null],
    );
  }

  /** Whether the database answers within two seconds. */
  async answers(): Promise<boolean> {
    let answered = false;
    await atMost(
      2000,
      this.pool.query('select 1').then(
        () => (answered = true),
        () => {},
      ),
    );
    return answered;
  }

  async close(): Promise<void> {
    await atMost(3000, this.pool.end());
  }

  #cluster(row: ClusterRow): Cluster {
    const adminUrl =
      row.admin_url_sealed === null ? this.#settings.databaseUrl : this.box.open(row.admin_url_sealed);
    const url = new URL(adminUrl);
    const [host, port] = row.tenant_endpoint?.split(':') ?? [url.hostname, url.port];
    return {
      name: row.name,
      adminUrl,
      host: decodeURIComponent(host ?? 'localhost').replace(/^\[(.*)\]$/, '$1'),
      port: Number(port === '' || port === undefined ? 5432 : port),
      ssl: ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? ''),
    };
  }
}

interface ClusterRow {
  name: string;
  admin_url_sealed: string | null;
  tenant_endpoint: string | null;
}
