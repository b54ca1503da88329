import type { MigrationResult } from './migrations.contract.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { isConnectionLoss } from '../../db/error-mapping.ts';
import { Problem } from '../../ground/problem.ts';
import { urlOfDatabase } from '../../db/databases.ts';
import { migrateDatabase } from '../../db/migrating/migrate-database.ts';
import type { Migration } from '../../db/migrating/migration-files.ts';
import { templateTarget } from './migration-plan.ts';
import type { RunTarget } from './migration-runs.ts';
import { prepareTemplate } from './template.ts';
import { withTenantLock } from '../../control-plane/tenant-lock.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

type Outcome = Omit<MigrationResult, 'target' | 'milliseconds'>;

/** Tenants in these states have a database that is to be kept up to date. */
export const migratedStatuses = ['active', 'suspended', 'locked', 'migrating', 'quarantined'] as const;

/**
 * Migrates what a run names: a cluster's template or one tenant's database. A failure of one of them is a result; a
 * migration that is wrong in itself is an error, and stops the run.
 */
export class TargetMigrator {
  readonly #control: ControlPlane;
  readonly #records: TenantRecords;
  readonly #migrations: readonly Migration[];
  /** Clusters whose template could not be reached, and why. */
  readonly #away = new Map<string, string>();

  constructor(control: ControlPlane, records: TenantRecords, migrations: readonly Migration[]) {
    this.#control = control;
    this.#records = records;
    this.#migrations = migrations;
  }

  async migrate({ target, tenantId, version }: RunTarget): Promise<MigrationResult> {
    const started = performance.now();
    const outcome = tenantId === null ? await this.#template(target, version) : await this.#tenant(tenantId);
    return { target, milliseconds: Math.round(performance.now() - started), ...outcome };
  }

  /** A cluster that is away is left out together with its tenants. */
  async #template(target: string, version: number): Promise<Outcome> {
    const cluster = (await this.#control.clusters()).find((one) => templateTarget(one.name) === target);
    if (!cluster) return { outcome: 'skipped', version, error: storedText('migration.gone') };
    try {
      const { from, to } = await prepareTemplate(this.#control, cluster, this.#migrations);
      return { outcome: from === to ? 'current' : 'migrated', version: to, error: null };
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (!isConnectionLoss(error)) {
        throw new Problem(
          'NOT_ALLOWED_IN_STATE',
          'migration.template_failed',
          { cause: words },
          { cause: error },
        );
      }
      const reason = storedText('cluster.away', { cluster: cluster.name, reason: words });
      this.#away.set(cluster.name, reason);
      return { outcome: 'skipped', version, error: reason };
    }
  }

  /**
   * It can't be moved or removed meanwhile. Its version is recorded after every migration. One that fails is
   * quarantined with its reason and keeps its version, as long as that is served.
   */
  async #tenant(id: string): Promise<Outcome> {
    try {
      return await withTenantLock(this.#control, id, () => this.#underLock(id));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'CONFLICT') throw error;
      const record = await this.#records.byId(id);
      return { outcome: 'skipped', version: record?.schema_version ?? 0, error: error.message };
    }
  }

  async #underLock(id: string): Promise<Outcome> {
    // It may have been moved, suspended or taken away since the run was planned.
    const record = await this.#records.byId(id);
    if (!record || !migratedStatuses.some((status) => status === record.status)) {
      const error = record
        ? storedText('migration.is', { status: record.status })
        : storedText('migration.gone');
      return { outcome: 'skipped', version: record?.schema_version ?? 0, error };
    }
    let version = record.schema_version;
    const away = this.#away.get(record.cluster);
    if (away !== undefined) return { outcome: 'skipped', version, error: away };
    try {
      const cluster = await this.#control.cluster(record.cluster);
      const url = urlOfDatabase(cluster.adminUrl, record.database_name);
      const { from, to } = await migrateDatabase(url, this.#migrations, {
        connectionAttempts: 4,
        onApplied: async (applied) => {
          version = applied;
          await this.#records.change(id, { schema_version: applied }, false);
        },
        afterwards: async (client) => {
          await client.query('select apply_tenant_grants($1)', [record.login_role]);
        },
      });
      await settle(this.#records, record, to);
      return { outcome: from === to ? 'current' : 'migrated', version: to, error: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await quarantine(this.#records, record, version, reason);
      return { outcome: 'quarantined', version, error: reason };
    }
  }
}

async function settle(records: TenantRecords, record: TenantRecord, version: number): Promise<void> {
  await records.change(
    record.id,
    {
      schema_version: version,
      migration_error: null,
      migrated_at: new Date().toISOString(),
      ...(record.status === 'quarantined' ? { status: 'active', reason: null } : {}),
    },
    version !== record.schema_version || record.migration_error !== null,
  );
}

async function quarantine(
  records: TenantRecords,
  record: TenantRecord,
  version: number,
  reason: string,
): Promise<void> {
  const active = record.status === 'active' || record.status === 'quarantined';
  await records.change(record.id, {
    schema_version: version,
    migration_error: reason.slice(0, 1000),
    migrated_at: new Date().toISOString(),
    // A suspended or locked tenant stays so, for the reason given then.
    ...(active ? { status: 'quarantined', reason: reason.slice(0, 500) } : {}),
  });
}
