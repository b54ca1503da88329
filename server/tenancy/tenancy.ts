import { AccountProofs } from '../auth/account-proofs.ts';
import { AuthDatabase } from '../auth/auth-database.ts';
import { IdentityProvider } from '../auth/identity-provider.ts';
import { SessionEndings } from '../auth/session-endings.ts';
import { SessionManager } from '../auth/session-manager.ts';
import { SessionRegistry } from '../auth/session-registry.ts';
import { TenantSignIns } from '../auth/sign-ins.ts';
import { linkedEmployees } from './linked-employees.ts';
import { learnUniqueIndexes } from '../db/index-columns.ts';
import { Clusters } from './clusters.ts';
import { ControlPlane } from '../control-plane/control-plane.ts';
import { domainMigrations } from '../db/migrating/migration-files.ts';
import { MigrationRunner } from './migrating/migration-runner.ts';
import { TenantMover } from './moving/tenant-mover.ts';
import { TenantMoves } from './moving/tenant-moves.ts';
import { Provisioner } from './provisioning/provisioner.ts';
import { TenantDatabases } from './tenant-database.ts';
import { TenantLifecycle } from './tenant-lifecycle.ts';
import { TenantPools } from './pools/tenant-pools.ts';
import { TenantRecords } from '../control-plane/tenant-records.ts';
import { TenantRemoval } from './removal/tenant-removal.ts';
import { TenantRestore } from './removal/tenant-restore.ts';

export interface TenancySettings {
  databaseUrl: string;
  databasePrefix: string;
  secretKey: string;
  dataDir: string;
  /** `databaseUrl`: the auth server's own database, where it is ours and not the one of `databaseUrl` above. */
  auth: { url: string; serviceRoleKey: string; databaseUrl?: string | undefined };
  /** The folder of the tenants' migrations; the server's own by default. */
  migrationsFolder?: string | undefined;
  /** Limits of the tenants' pools; a command line has the usual ones. */
  tenantConnections?: { perTenant: number; overall: number };
}

export interface TenancyOptions {
  onError?: (error: unknown, what: string) => void;
  /** Whether the session registry of this process is fed; a command line has none. */
  isFresh?: () => boolean;
}

/** Everything that makes, changes and finds tenants; the server adds to it what serves requests. */
export interface Tenancy {
  control: ControlPlane;
  records: TenantRecords;
  databases: TenantDatabases;
  clusters: Clusters;
  pools: TenantPools;
  registry: SessionRegistry;
  sessions: SessionManager;
  /** What is still to be ended at the auth server. */
  endings: SessionEndings;
  authDatabase: AuthDatabase;
  identities: IdentityProvider;
  signIns: TenantSignIns;
  proofs: AccountProofs;
  provisioner: Provisioner;
  runner: MigrationRunner;
  lifecycle: TenantLifecycle;
  mover: TenantMover;
  moves: TenantMoves;
  restore: TenantRestore;
  latestVersion: number;
  close(): Promise<void>;
}

/** Opens the control plane (made and migrated when needed) and what works on it. */
export async function openTenancy(settings: TenancySettings, options: TenancyOptions = {}): Promise<Tenancy> {
  const { onError = () => {}, isFresh = () => false } = options;
  const control = new ControlPlane(settings, (error) => onError(error, 'control plane'));
  try {
    await control.prepare();
    const records = new TenantRecords(control);
    const databases = new TenantDatabases(control);
    const pools = new TenantPools(settings.tenantConnections, (tenantId, error) =>
      onError(error, `tenant ${tenantId}`),
    );
    const registry = new SessionRegistry();
    const identities = new IdentityProvider(settings.auth);
    const { databaseUrl: ours, auth } = settings;
    const authDatabase = new AuthDatabase({ named: auth.databaseUrl, ours }, (error) =>
      onError(error, 'the auth server’s database'),
    );
    const endings = new SessionEndings(control.pool, authDatabase, identities);
    const sessions = new SessionManager(control.pool, registry, isFresh, endings, (error) =>
      onError(error, 'sessions could not be ended at the sign-in service yet'),
    );
    const isLinked = linkedEmployees(records, pools);
    const signIns = new TenantSignIns(control, identities, sessions, isLinked);
    const proofs = new AccountProofs({ control, identities, sessions, signIns, isLinked });
    const clusters = new Clusters(control);
    const { dataDir, migrationsFolder = domainMigrations } = settings;
    const places = { control, records, databases, clusters, migrationsFolder };
    const provisioner = new Provisioner({ ...places, signIns });
    const moves = new TenantMoves(control);
    const mover = new TenantMover({ ...places, moves });
    const restore = new TenantRestore({ ...places, signIns });
    const runner = new MigrationRunner(control, records, migrationsFolder);
    const migrations = await runner.migrations();
    for (const { sql } of migrations) learnUniqueIndexes(sql);
    const latestVersion = migrations.length;
    const removal = new TenantRemoval({ control, records, databases, signIns, sessions, pools, dataDir });
    const parts = { control, records, provisioner, mover, moves, sessions, pools, latestVersion };
    const lifecycle = new TenantLifecycle({ ...parts, removal });
    return {
      ...parts,
      databases,
      signIns,
      proofs,
      clusters,
      restore,
      registry,
      identities,
      endings,
      authDatabase,
      runner,
      lifecycle,
      async close() {
        await runner.close();
        await provisioner.settle();
        await pools.close();
        await Promise.all([authDatabase.close(), control.close()]);
      },
    };
  } catch (error) {
    await control.close();
    throw error;
  }
}
