import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import pg from 'pg';

export type Connection = pg.Pool | pg.PoolClient;

const SCHEMA_DIR = fileURLToPath(new URL('./schema', import.meta.url));
const MIGRATION_LOCK = 4_871_001;

/** The pool of the auth server's own database. A statement that waits 5 s for a lock gives up. */
export function openPool(databaseUrl: string, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 10_000,
    lock_timeout: 5_000,
    statement_timeout: 15_000,
    application_name: 'quartermaster-local-auth',
  });
  pool.on('error', onIdleError);
  // Also while it is lent out: a connection that drops without a listener would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

const ATTEMPTS = 3;

/**
 * Runs the work in one transaction: all of it is kept, or nothing. When PostgreSQL ends it to resolve a deadlock it is
 * run again, so the work must not have effects outside the database before it returns.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(pool, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

async function attemptTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    const rolledBack = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    client.release(!rolledBack);
    throw error;
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');
}

/**
 * The tenants' logins are on the same server, and PUBLIC may connect to every new database: this one holds everybody's
 * sign-ins. Left as it is where the database belongs to someone else.
 */
const closeToOthers = `DO $$ BEGIN
  IF has_database_privilege('public', current_database(), 'CONNECT')
    AND (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database())
  THEN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END IF;
END $$`;

/**
 * Brings the database to the newest schema. Each file is applied once, in the order of the names, in one transaction
 * with its record; a file that was changed after it was applied is refused.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const names = (await readdir(SCHEMA_DIR)).filter((name) => name.endsWith('.sql')).sort();
  await inTransaction(pool, async (client) => {
    await client.query('SET LOCAL lock_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query(closeToOthers);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const applied = await client.query<{ name: string; sha256: string }>(
      'SELECT name, sha256 FROM schema_migrations',
    );
    const known = new Map(applied.rows.map((row) => [row.name, row.sha256]));
    for (const name of names) {
      // The same file has the same hash, whatever line ends a checkout gave it.
      const sql = (await readFile(join(SCHEMA_DIR, name), 'utf8')).replaceAll('\r\n', '\n');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      const before = known.get(name);
      if (before === sha256) continue;
      if (before !== undefined)
        throw new Error(`The auth server's migration ${name} was changed after it was applied.`);
      await client.query(sql);
      await client.query('INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
    }
  });
}
