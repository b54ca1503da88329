import type { MigrationRun, MigrationStatus } from '../admin/migrations/migrations.contract.ts';
import type { ControlPlane } from './control-plane.ts';
import { urlOfDatabase } from './databases.ts';
import { migrateDatabase } from './migrate-database.ts';
import { domainMigrations, loadMigrations } from './migration-files.ts';
import type { Migration } from './migration-files.ts';
import { prepareTemplate, templateVersion } from './template.ts';
import type { TenantRecord, TenantRecords } from './tenant-records.ts';

export interface RunOptions {
  /** One tenant, or all that are in use. */
  tenantId?: string | undefined;
  dryRun?: boolean;
  /** Databases migrated at the same time. */
  parallel?: number;
  /** The run stops when more tenants than this have failed. */
  mostFailures?: number;
  onResult?: (result: Result) => void;
}

type Result = MigrationRun['results'][number];
type PlanEntry = MigrationRun['plan'][number];

/** This many migrations a tenant may be behind and still be served: code works with the versions N−1 and N. */
export const toleratedLag = 1;

/**
 * Migrates the fleet: the templates first, then one tenant as canary, then waves with bounded parallelism. A tenant
 * that fails is quarantined with its reason and doesn't hold up the others.
 */
export class MigrationRunner {
  readonly #control: ControlPlane;
  readonly #records: TenantRecords;
  readonly #folder: string;
  readonly #running = new Set<string>();

  constructor(control: ControlPlane, records: TenantRecords, folder = domainMigrations) {
    this.#control = control;
    this.#records = records;
    this.#folder = folder;
  }

  migrations(): Promise<Migration[]> {
    return loadMigrations(this.#folder);
  }

  /** Where every tenant stands. */
  async status(): Promise<MigrationStatus> {
    const migrations = await this.migrations();
    const latest = migrations.length;
    const [cluster] = await this.#control.clusters();
    return {
      latest,
      minimum: Math.max(0, latest - toleratedLag),
      template: cluster ? await templateVersion(this.#control, cluster) : 0,
      migrations: migrations.map(({ version, name, checksum, transactional }) => ({
        version,
        name,
        checksum,
        transactional,
      })),
      tenants: (await this.#tenants(undefined)).map((record) => ({
        tenantId: record.id,
        slug: record.slug,
        name: record.name,
        schemaVersion: record.schema_version,
        pending: Math.max(0, latest - record.schema_version),
        state: this.#stateOf(record, latest),
        error: record.migration_error,
        lastRunAt: record.migrated_at,
      })),
    };
  }

  /** Brings the templates of all clusters up to date, so that the next tenant is made in a moment. */
  async prepareTemplates(): Promise<void> {
    const migrations = await this.migrations();
    for (const cluster of await this.#control.clusters())
      await prepareTemplate(this.#control, cluster, migrations);
  }

  /** Plans and, unless it is a dry run, migrates. Failures of tenants are results, not exceptions. */
  async run(options: RunOptions = {}): Promise<MigrationRun> {
    const migrations = await this.migrations();
    const tenants = await this.#tenants(options.tenantId);
    const plan = await this.#plan(migrations, tenants, options.dryRun === true);
    if (options.dryRun === true) return { dryRun: true, plan, results: [] };

    const results: Result[] = [];
    const report = (result: Result) => {
      results.push(result);
      options.onResult?.(result);
    };
    for (const cluster of await this.#control.clusters()) {
      const started = performance.now();
      const { from, to } = await prepareTemplate(this.#control, cluster, migrations);
      report({
        target: `template on ${cluster.name}`,
        outcome: from === to ? 'current' : 'migrated',
        version: to,
        milliseconds: Math.round(performance.now() - started),
        error: null,
      });
    }
    await this.#fleet(tenants, migrations, options, report);
    return { dryRun: false, plan, results };
  }

  async #fleet(
    tenants: TenantRecord[],
    migrations: Migration[],
    options: RunOptions,
    report: (result: Result) => void,
  ): Promise<void> {
    const mostFailures = options.mostFailures ?? Math.max(3, Math.ceil(tenants.length / 20));
    const waiting = [...tenants];
    let failures = 0;
    const next = async () => {
      const record = waiting.shift();
      if (!record) return;
      const result = await this.#migrateTenant(record, migrations);
      if (result.outcome === 'quarantined') failures += 1;
      report(result);
    };
    // The canary: nobody else is touched before one tenant went well, and two bad ones in a row stop the run.
    while (waiting.length > 0 && failures < 2) {
      const before = failures;
      await next();
      if (failures === before) break;
    }
    const stopped = () =>
      failures > mostFailures || (failures >= 2 && failures === tenants.length - waiting.length);
    const lanes = Array.from({ length: options.parallel ?? 4 }, async () => {
      while (waiting.length > 0 && !stopped()) await next();
    });
    await Promise.all(lanes);
    for (const record of waiting) {
      const error = 'The run was stopped because too many tenants failed.';
      report({
        target: record.slug,
        outcome: 'skipped',
        version: record.schema_version,
        milliseconds: 0,
        error,
      });
    }
  }

  async #migrateTenant(record: TenantRecord, migrations: Migration[]): Promise<Result> {
    const started = performance.now();
    const milliseconds = () => Math.round(performance.now() - started);
    this.#running.add(record.id);
    try {
      const cluster = await this.#control.cluster(record.cluster);
      const url = urlOfDatabase(cluster.adminUrl, record.database_name);
      const { from, to } = await migrateDatabase(url, migrations, {
        afterwards: async (client) => {
          await client.query('select apply_tenant_grants($1)', [record.login_role]);
        },
      });
      const changed = to !== record.schema_version || record.migration_error !== null;
      const migratedAt = new Date().toISOString();
      await this.#records.change(
        record.id,
        {
          schema_version: to,
          migration_error: null,
          migrated_at: migratedAt,
          ...(record.status === 'quarantined' ? { status: 'active', reason: null } : {}),
        },
        changed,
      );
      const outcome = from === to ? 'current' : 'migrated';
      return { target: record.slug, outcome, version: to, milliseconds: milliseconds(), error: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.#quarantine(record, reason);
      const { slug: target, schema_version: version } = record;
      return { target, outcome: 'quarantined', version, milliseconds: milliseconds(), error: reason };
    } finally {
      this.#running.delete(record.id);
    }
  }

  /** A quarantined tenant goes on with the version it has, as long as that is served. */
  async #quarantine(record: TenantRecord, reason: string): Promise<void> {
    const status = record.status === 'active' ? ({ status: 'quarantined' } as const) : {};
    await this.#records.change(record.id, {
      migration_error: reason.slice(0, 1000),
      migrated_at: new Date().toISOString(),
      reason: reason.slice(0, 500),
      ...status,
    });
  }

  async #tenants(tenantId: string | undefined): Promise<TenantRecord[]> {
    const records = await this.#records.inStatus([
      'active',
      'suspended',
      'locked',
      'migrating',
      'quarantined',
    ]);
    return tenantId === undefined ? records : records.filter(({ id }) => id === tenantId);
  }

  #stateOf(record: TenantRecord, latest: number): MigrationStatus['tenants'][number]['state'] {
    if (this.#running.has(record.id)) return 'running';
    if (record.migration_error !== null) return 'quarantined';
    return record.schema_version < latest ? 'pending' : 'current';
  }

  async #plan(migrations: Migration[], tenants: TenantRecord[], withSql: boolean): Promise<PlanEntry[]> {
    const latest = migrations.length;
    const entry = (target: string, wave: PlanEntry['wave'], from: number): PlanEntry => ({
      target,
      wave,
      from,
      to: Math.max(from, latest),
      migrations: migrations
        .filter(({ version }) => version > from)
        .map(({ version, name, sql }) => ({ version, name, sql: withSql ? sql : null })),
    });
    const templates = await Promise.all(
      (await this.#control.clusters()).map(async (cluster) =>
        entry(`template on ${cluster.name}`, 'template', await templateVersion(this.#control, cluster)),
      ),
    );
    const fleet = tenants.map((record, index) =>
      entry(record.slug, index === 0 ? 'canary' : 'wave', record.schema_version),
    );
    return [...templates, ...fleet];
  }
}
