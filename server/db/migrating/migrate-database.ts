import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isConnectionLoss, isPostgresError, isRetryable } from '../error-mapping.ts';
import { withClient } from '../databases.ts';
import type { Migration } from './migration-files.ts';
import { forgetSteps, runSingleStatements } from './single-statements.ts';

/** The key of the advisory lock that one migrating process per database holds. */
const lockKey = 4_871_002;

/** Milliseconds between attempts at a migration that found a table locked, before chance is added. */
const pauseOf = (attempt: number) => Math.min(5000, 2 ** attempt * 50);

export interface MigrateOptions {
  /** How long another process may keep the lock, in milliseconds. */
  lockWaitMs?: number;
  /**
   * How long a statement may wait for a table, in milliseconds; then the migration is tried again. Everybody who wants
   * the table waits behind it, so the time is short and the attempts are many.
   */
  lockTimeoutMs?: number;
  attempts?: number;
  /** How often to come back when the database cannot be reached or drops the connection. */
  connectionAttempts?: number;
  /** Runs after each migration that was applied. */
  onApplied?: (version: number) => Promise<void>;
  /** Runs under the lock after the last migration, with nothing pending too. */
  afterwards?: (client: pg.Client) => Promise<void>;
}

export interface MigrateResult {
  from: number;
  to: number;
  applied: number[];
}

/**
 * Brings one database to the newest version. Safe to repeat and to run from several processes at once.
 * @throws Error in words when an applied file was edited since, when a statement fails, when the lock stays taken, or
 * when the database cannot be reached.
 */
export async function migrateDatabase(
  url: string,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  const applied: number[] = [];
  let from: number | undefined;
  const begins = (version: number) => (from ??= version);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const to = await withClient(url, (client) =>
        migrateOnce(client, migrations, options, begins, (version) => applied.push(version)),
      );
      return { from: from ?? to, to, applied };
    } catch (error) {
      if (!isAway(error) || attempt >= (options.connectionAttempts ?? 1)) throw error;
      await sleep(2 ** attempt * 250 * (0.75 + Math.random() / 2));
    }
  }
}

/** The database can't be reached just now: it is gone, restarting, or closed to connections during a move. */
function isAway(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isConnectionLoss(cause) || (isPostgresError(cause) && /not currently accepting/.test(cause.message));
}

async function migrateOnce(
  client: pg.Client,
  migrations: readonly Migration[],
  options: MigrateOptions,
  begins: (version: number) => void,
  applied: (version: number) => void,
): Promise<number> {
  await takeMigrationLock(client, options.lockWaitMs);
  await client.query(`
    create table if not exists schema_migrations (
      version int primary key, name text not null, checksum text not null,
      applied_at timestamptz not null default now(), milliseconds int not null)`);
  const from = await checkedVersion(client, migrations);
  begins(from);
  for (const migration of migrations.filter(({ version }) => version > from)) {
    await applyOne(client, migration, options);
    applied(migration.version);
    await options.onApplied?.(migration.version);
  }
  await options.afterwards?.(client);
  return Math.max(from, migrations.length);
}

/** The version of a database: 0 when nothing was applied yet. */
export async function versionOf(client: pg.ClientBase): Promise<number> {
  const table = await client.query<{ name: string | null }>(
    "select to_regclass('schema_migrations')::text as name",
  );
  if (!table.rows[0]?.name) return 0;
  const result = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from schema_migrations',
  );
  return result.rows[0]?.version ?? 0;
}

/** Polled: a session that waits inside pg_advisory_lock would block CREATE INDEX CONCURRENTLY. */
export async function takeMigrationLock(client: pg.Client, waitMs = 30_000): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;) {
    const result = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      lockKey,
    ]);
    if (result.rows[0]?.taken) return;
    await endOverlongTransactions(client);
    if (Date.now() > until)
      throw new Error('Timed out waiting for another process to finish migrating this database.');
    await sleep(100 + Math.random() * 100);
  }
}

/**
 * Ends sessions of tenants' logins that hold the lock of migrations, or keep a transaction open for longer than the
 * server ever lets one: our own code does neither, a stolen login may. Does nothing without the right to end sessions.
 */
export async function endOverlongTransactions(client: pg.Client): Promise<void> {
  await client
    .query(
      `select pg_terminate_backend(a.pid) from pg_stat_activity a
       where a.datname = current_database() and a.usename <> current_user and a.backend_type = 'client backend'
         and ((a.state like 'idle in transaction%' and a.state_change < now() - interval '35 seconds')
           or exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory' and l.objid = $1))`,
      [lockKey],
    )
    .catch(() => {});
}

async function checkedVersion(client: pg.Client, migrations: readonly Migration[]): Promise<number> {
  const applied = await client.query<{ version: number; checksum: string; name: string }>(
    'select version, name, checksum from schema_migrations order by version',
  );
  for (const row of applied.rows) {
    const file = migrations[row.version - 1];
    // A newer server has migrated it further; this version can't check those migrations.
    if (!file) continue;
    if (file.checksum !== row.checksum) {
      throw new Error(
        `Migration ${String(row.version)} (${row.name}) was applied with other contents: an applied file is never edited.`,
      );
    }
  }
  return applied.rows.at(-1)?.version ?? 0;
}

async function applyOne(client: pg.Client, migration: Migration, options: MigrateOptions): Promise<void> {
  const attempts = options.attempts ?? 12;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await (migration.transactional ? inTransaction : oneByOne)(
        client,
        migration,
        options.lockTimeoutMs ?? 400,
      );
      return;
    } catch (error) {
      const again = isRetryable(error) || (isPostgresError(error) && error.code === '55P03');
      if (again && attempt < attempts) {
        await endOverlongTransactions(client);
        await sleep(pauseOf(attempt) * (0.5 + Math.random()));
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Migration ${String(migration.version)} (${migration.name}) failed: ${reason}`, {
        cause: error,
      });
    }
  }
}

async function inTransaction(client: pg.Client, migration: Migration, lockTimeoutMs: number): Promise<void> {
  const started = performance.now();
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = ${String(lockTimeoutMs)}`);
    await client.query(migration.sql);
    await record(client, migration, started);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function oneByOne(client: pg.Client, migration: Migration, lockTimeoutMs: number): Promise<void> {
  const started = performance.now();
  try {
    await runSingleStatements(client, migration, lockTimeoutMs);
    await record(client, migration, started);
    await forgetSteps(client);
  } finally {
    await client.query('reset lock_timeout').catch(() => {});
  }
}

async function record(client: pg.Client, migration: Migration, started: number): Promise<void> {
  await client.query(
    'insert into schema_migrations (version, name, checksum, milliseconds) values ($1, $2, $3, $4)',
    [migration.version, migration.name, migration.checksum, Math.round(performance.now() - started)],
  );
}
