import os from 'node:os';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationResult, MigrationRun, MigrationStatus } from './migrations.contract.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import { Problem } from '../../ground/problem.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { atMost } from '../../ground/at-most.ts';
import { domainMigrations, loadMigrations } from '../../db/migrating/migration-files.ts';
import type { Migration } from '../../db/migrating/migration-files.ts';
import { planOf, statusOf, targetsOf } from './migration-plan.ts';
import { FleetRun } from './migration-run.ts';
import type { RunEnd } from './migration-run.ts';
import { MigrationRunLock } from './migration-run-lock.ts';
import { MigrationRuns } from './migration-runs.ts';
import type { RunTarget } from './migration-runs.ts';
import { migratedStatuses, TargetMigrator } from './migrate-target.ts';
import { prepareTemplate } from './template.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';

export interface RunOptions {
  /** One tenant, or all that are in use. */
  tenantId?: string | undefined;
  dryRun?: boolean;
  /** Databases migrated at the same time. */
  parallel?: number;
  /** The run stops when more tenants than this have failed. */
  mostFailures?: number;
  /** The person who asked for it, for the audit trail. */
  trace?: RevocationTrace;
  /** A run for others that is under way is waited for; without it there is a CONFLICT. */
  patient?: boolean;
  onResult?: (result: MigrationResult) => void;
  /** Called with a sentence when the run is, or waits for, one that somebody else has started. */
  onNote?: (words: string) => void;
}

/** A run under way; `ended` never rejects without being asked for. */
export interface StartedRun {
  id: string;
  ended: Promise<MigrationRun>;
}

/** This many migrations a tenant may be behind and still be served: code works with the versions N−1 and N. */
export const toleratedLag = 1;

const followEvery = 300;

/**
 * Migrates the fleet: the templates first, then one tenant as canary, then waves with bounded parallelism. A tenant
 * that fails is quarantined with its reason and doesn't hold up the others. One run at a time over all nodes and command
 * lines: who asks for the same meanwhile gets the outcome of the one under way.
 */
export class MigrationRunner {
  readonly runs: MigrationRuns;
  readonly #control: ControlPlane;
  readonly #records: TenantRecords;
  readonly #folder: string;
  readonly #own = new Set<Promise<unknown>>();
  #closing = false;

  constructor(control: ControlPlane, records: TenantRecords, folder = domainMigrations) {
    this.runs = new MigrationRuns(control.pool);
    this.#control = control;
    this.#records = records;
    this.#folder = folder;
  }

  migrations(): Promise<Migration[]> {
    return loadMigrations(this.#folder);
  }

  /** Every tenant's version, and the run under way or the last one, on any node. */
  async status(): Promise<MigrationStatus> {
    const [migrations, tenants, run] = await Promise.all([
      this.migrations(),
      this.#fleet(undefined),
      this.runs.progress(),
    ]);
    return statusOf(this.#control, migrations, tenants, run, toleratedLag);
  }

  /** Brings the templates of all clusters up to date, so that the next tenant is made in a moment. */
  async prepareTemplates(): Promise<void> {
    const migrations = await this.migrations();
    for (const cluster of await this.#control.clusters())
      await prepareTemplate(this.#control, cluster, migrations);
  }

  /** Plans and, unless it is a dry run, migrates to the end. Failures of tenants are results, not exceptions. */
  async run(options: RunOptions = {}): Promise<MigrationRun> {
    if (options.dryRun !== true) return (await this.start({ patient: true, ...options })).ended;
    const [migrations, tenants] = await Promise.all([this.migrations(), this.#fleet(options.tenantId)]);
    const plan = await planOf(this.#control, migrations, tenants, true);
    return { dryRun: true, plan, results: [], runId: null, running: false };
  }

  /**
   * Starts a run and answers at once; the run continues when the caller has left. The same request while it is under
   * way joins it.
   * @throws CONFLICT when a run for others is under way, NOT_ALLOWED_IN_STATE when the one tenant has no database to
   * migrate.
   */
  async start(options: RunOptions = {}): Promise<StartedRun> {
    for (let attempt = 1; attempt <= 300; attempt += 1) {
      let id: string | undefined;
      const lock = await MigrationRunLock.take(
        this.#control.url,
        async () => id !== undefined && this.runs.isRunning(id),
      );
      if (lock) {
        try {
          const begun = await this.#begin(options);
          id = begun.id;
          const ended = this.#finish(begun, lock, options);
          this.#own.add(ended);
          void ended.catch(() => {}).finally(() => this.#own.delete(ended));
          return { id, ended };
        } catch (error) {
          await lock.release();
          throw error;
        }
      }
      const joined = await this.#join(options);
      if (joined) return joined;
    }
    throw new Problem('UNAVAILABLE', 'migration.no_run');
  }

  /** The progress of a run, from any node. */
  async answerOf(id: string, running: boolean): Promise<MigrationRun> {
    return { dryRun: false, plan: [], results: await this.runs.results(id), runId: id, running };
  }

  /** Stops what this process runs, between two tenants; the run can be started again anywhere. */
  async close(): Promise<void> {
    this.#closing = true;
    await atMost(3000, Promise.allSettled(this.#own));
  }

  async #begin(options: RunOptions) {
    const migrations = await this.migrations();
    const tenants = await this.#fleet(options.tenantId);
    if (options.tenantId !== undefined && tenants.length === 0) {
      throw new Problem('NOT_ALLOWED_IN_STATE', 'migration.no_database', {}, { possible: [] });
    }
    const plan = await planOf(this.#control, migrations, tenants, false);
    const targets = targetsOf(plan, tenants);
    const id = await this.runs.begin({
      tenantId: options.tenantId ?? null,
      latest: migrations.length,
      waves: Math.max(...targets.map(({ wave }) => wave)),
      startedBy: options.trace?.actorEmail ?? storedText('migration.by_server'),
      node: `${os.hostname()}, process ${String(process.pid)}`,
      targets,
    });
    return { id, migrations, plan, targets };
  }

  async #finish(
    begun: { id: string; migrations: Migration[]; plan: MigrationRun['plan']; targets: RunTarget[] },
    lock: MigrationRunLock,
    options: RunOptions,
  ): Promise<MigrationRun> {
    const { id, plan } = begun;
    try {
      let failure: Error | undefined;
      try {
        const { state, error } = await this.#go(begun, lock, options);
        await this.runs.end(id, state, error);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        await this.runs.end(id, 'failed', failure.message);
      }
      const answer = { ...(await this.answerOf(id, false)), plan };
      await this.#audit(answer.results, failure, options);
      if (failure) throw failure;
      return answer;
    } finally {
      await lock.release();
    }
  }

  #go(
    { id, migrations, targets }: { id: string; migrations: Migration[]; targets: RunTarget[] },
    lock: MigrationRunLock,
    options: RunOptions,
  ): Promise<RunEnd> {
    const migrator = new TargetMigrator(this.#control, this.#records, migrations);
    const known = new Set(targets.map(({ tenantId }) => tenantId));
    const tenants = targets.length;
    const run = new FleetRun({
      id,
      runs: this.runs,
      targets,
      parallel: options.parallel ?? 4,
      mostFailures: options.mostFailures ?? Math.max(3, Math.ceil(tenants / 20)),
      migrate: (target) => migrator.migrate(target),
      latecomers: async () =>
        options.tenantId === undefined
          ? targetsOf(
              [],
              (await this.#fleet(undefined)).filter(
                (record) => !known.has(record.id) && record.schema_version < migrations.length,
              ),
            )
          : [],
      interrupted: () =>
        this.#closing
          ? 'The server that ran it was stopped.'
          : lock.lost
            ? 'Whoever ran it lost the control plane, and another run has begun.'
            : null,
      onResult: options.onResult ?? (() => {}),
    });
    return run.go();
  }

  /** Follows the run of somebody else when it is for the same tenants; undefined: try again. */
  async #join(options: RunOptions): Promise<StartedRun | undefined> {
    const run = await this.runs.progress();
    if (run?.state !== 'running') {
      await sleep(100);
      return undefined;
    }
    const words = `A run started by ${run.startedBy} on ${run.node} is under way: ${String(run.done)} of ${String(run.total)} done.`;
    if (run.tenantId === (options.tenantId ?? null)) {
      options.onNote?.(`${words} Its outcome is awaited.`);
      return { id: run.id, ended: this.#follow(run.id, options) };
    }
    if (options.patient !== true) {
      const { startedBy, node, done, total } = run;
      throw new Problem(
        'CONFLICT',
        'migration.other_run',
        { startedBy, node, done, total },
        { current: run },
      );
    }
    options.onNote?.(`${words} Its end is awaited first.`);
    while ((await this.runs.progress(run.id))?.state === 'running') await sleep(followEvery);
    return undefined;
  }

  async #follow(id: string, options: RunOptions): Promise<MigrationRun> {
    let told = 0;
    for (;;) {
      const run = await this.runs.progress(id);
      const results = await this.runs.results(id);
      for (const result of results.slice(told)) options.onResult?.(result);
      told = results.length;
      if (run?.state === 'abandoned' && !this.#closing) {
        options.onNote?.('It was broken off; going on with it.');
        return (await this.start(options)).ended;
      }
      if (run?.state !== 'running') {
        if (run?.error != null && results.length === 0)
          throw new Problem('NOT_ALLOWED_IN_STATE', 'migration.run_failed', { cause: run.error });
        return this.answerOf(id, false);
      }
      await sleep(followEvery);
    }
  }

  async #audit(results: MigrationResult[], failure: Error | undefined, options: RunOptions): Promise<void> {
    const failed = results.filter(({ outcome }) => outcome === 'quarantined').map(({ target }) => target);
    const reason = failure?.message;
    await recordWith(this.#control.pool, {
      ...options.trace,
      action: 'migrations.run',
      outcome: failed.length > 0 || failure ? 'failed' : 'done',
      tenantId: options.tenantId,
      details: { targets: results.length, quarantined: failed, ...(reason === undefined ? {} : { reason }) },
    });
  }

  async #fleet(tenantId: string | undefined): Promise<TenantRecord[]> {
    const records = await this.#records.inStatus(migratedStatuses);
    return tenantId === undefined ? records : records.filter(({ id }) => id === tenantId);
  }
}
