import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { MigrationResult, RunProgress } from './migrations.contract.ts';
import { isRunHeld } from './migration-run-lock.ts';

/** A database of a run, in the order in which it is its turn. */
export interface RunTarget {
  target: string;
  tenantId: string | null;
  wave: number;
  version: number;
}

export interface NewRun {
  tenantId: string | null;
  latest: number;
  waves: number;
  startedBy: string;
  node: string;
  targets: RunTarget[];
}

/** Runs that are kept to look back at. */
const kept = 100;

const ended = ['migrated', 'current', 'quarantined', 'skipped'] as const;

/** The control plane's records of runs: the node that runs writes them, every node reads them. */
export class MigrationRuns {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Enters a run; the caller holds the lock, so whatever else says `running` was broken off. */
  async begin(run: NewRun): Promise<string> {
    await this.#pool.query(
      `update migration_runs set state = 'abandoned', ended_at = clock_timestamp(),
         error = 'Whoever ran it was stopped or killed.' where state = 'running'`,
    );
    await this.#pool.query(
      'delete from migration_runs where id in (select id from migration_runs order by started_at desc offset $1)',
      [kept],
    );
    const id = uuidv7();
    await this.#pool.query(
      `with run as (insert into migration_runs (id, tenant_id, latest, waves, started_by, node, state)
         values ($1, $2, $3, $4, $5, $6, 'running') returning id)
       insert into migration_run_targets (run_id, position, target, tenant_id, wave, version)
       select run.id, t.position, t.target, t."tenantId", t.wave, t.version
       from run, jsonb_to_recordset($7::jsonb) as t (position int, target text, "tenantId" uuid, wave int, version int)`,
      [id, run.tenantId, run.latest, run.waves, run.startedBy, run.node, positioned(run.targets, 0)],
    );
    return id;
  }

  /** Adds databases that were found on the way. */
  async add(id: string, targets: RunTarget[], from: number): Promise<void> {
    await this.#pool.query(
      `insert into migration_run_targets (run_id, position, target, tenant_id, wave, version)
       select $1, t.position, t.target, t."tenantId", t.wave, t.version
       from jsonb_to_recordset($2::jsonb) as t (position int, target text, "tenantId" uuid, wave int, version int)`,
      [id, positioned(targets, from)],
    );
  }

  async enterWave(id: string, wave: number): Promise<void> {
    await this.#pool.query('update migration_runs set wave = $2, waves = greatest(waves, $2) where id = $1', [
      id,
      wave,
    ]);
  }

  async targetBegins(id: string, position: number): Promise<void> {
    await this.#pool.query(
      "update migration_run_targets set state = 'running' where run_id = $1 and position = $2",
      [id, position],
    );
  }

  async targetEnds(id: string, position: number, result: MigrationResult): Promise<void> {
    await this.#pool.query(
      `update migration_run_targets set state = $3, version = $4, milliseconds = $5, error = $6,
         ended_at = clock_timestamp() where run_id = $1 and position = $2`,
      [id, position, result.outcome, result.version, result.milliseconds, result.error?.slice(0, 1000)],
    );
  }

  /** Ends a run; targets that were not reached are skipped for `reason`. */
  async end(
    id: string,
    state: Exclude<RunProgress['state'], 'running'>,
    reason: string | null,
  ): Promise<void> {
    await this.#pool.query(
      `with left_out as (update migration_run_targets set state = 'skipped', error = $3, ended_at = clock_timestamp()
         where run_id = $1 and state in ('waiting', 'running'))
       update migration_runs set state = $2, error = $3, ended_at = clock_timestamp()
       where id = $1 and state = 'running'`,
      [id, state, reason?.slice(0, 1000)],
    );
  }

  async isRunning(id: string): Promise<boolean> {
    const { rows } = await this.#pool.query(
      "select 1 from migration_runs where id = $1 and state = 'running'",
      [id],
    );
    return rows.length > 0;
  }

  /** Everything that has ended, in the order in which it did. */
  async results(id: string): Promise<MigrationResult[]> {
    const { rows } = await this.#pool.query<MigrationResult>(
      `select target, state as outcome, version, milliseconds, error from migration_run_targets
       where run_id = $1 and state = any($2) order by ended_at, position`,
      [id, ended],
    );
    return rows;
  }

  /** The run under way, else the last one; with `id` that one. */
  async progress(id: string | null = null): Promise<RunProgress | null> {
    const { rows } = await this.#pool.query<ProgressRow>(
      `select r.*, ${isRunHeld} as held, t.*
       from (select * from migration_runs where $1::uuid is null or id = $1 order by started_at desc limit 1) r,
       lateral (
         select count(*)::int as total,
           count(*) filter (where state = 'migrated')::int as migrated,
           count(*) filter (where state = 'current')::int as current,
           count(*) filter (where state = 'quarantined')::int as quarantined,
           count(*) filter (where state = 'skipped')::int as skipped,
           count(*) filter (where state = 'running')::int as under_way,
           count(*) filter (where state = 'waiting')::int as waiting,
           coalesce(jsonb_agg(target order by position) filter (where state = 'running'), '[]') as running,
           coalesce(jsonb_agg(jsonb_build_object('target', target, 'outcome', state, 'version', version,
             'milliseconds', milliseconds, 'error', error) order by position)
             filter (where state = 'quarantined' or state = 'skipped'), '[]') as problems
         from migration_run_targets where run_id = r.id) t`,
      [id],
    );
    return rows[0] ? progressOf(rows[0]) : null;
  }
}

interface ProgressRow {
  id: string;
  tenant_id: string | null;
  latest: number;
  state: RunProgress['state'];
  wave: number;
  waves: number;
  started_by: string;
  node: string;
  error: string | null;
  started_at: string;
  ended_at: string | null;
  held: boolean;
  total: number;
  migrated: number;
  current: number;
  quarantined: number;
  skipped: number;
  under_way: number;
  waiting: number;
  running: string[];
  problems: MigrationResult[];
}

function progressOf(row: ProgressRow): RunProgress {
  const { id, latest, wave, waves, node, total, migrated, current, quarantined, skipped, waiting } = row;
  const brokenOff = row.state === 'running' && !row.held;
  return {
    id,
    tenantId: row.tenant_id,
    state: brokenOff ? 'abandoned' : row.state,
    latest,
    wave,
    waves,
    startedBy: row.started_by,
    node,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: brokenOff ? 'Whoever ran it was stopped or killed.' : row.error,
    total,
    done: migrated + current + quarantined + skipped,
    counts: { migrated, current, quarantined, skipped, running: row.under_way, waiting },
    running: brokenOff ? [] : row.running,
    problems: row.problems,
  };
}

function positioned(targets: RunTarget[], from: number): string {
  return JSON.stringify(targets.map((target, index) => ({ position: from + index, ...target })));
}
