import type pg from 'pg';
import { isPostgresError } from '../error-mapping.ts';
import { quoted } from '../databases.ts';
import { statementsOf } from './migration-files.ts';
import type { Migration } from './migration-files.ts';

/**
 * Milliseconds a statement of the kind CONCURRENTLY may wait for others. It blocks nobody meanwhile, so it gets more
 * time than one that others queue behind.
 */
const concurrentWaitMs = 60_000;

const name = String.raw`((?:"(?:[^"]|"")+"|\w+)(?:\.(?:"(?:[^"]|"")+"|\w+))?)`;
const createsIndex = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?${name}\s+on\s`,
  'i',
);
const dropsIndex = new RegExp(
  String.raw`^drop\s+index\s+concurrently\s+(?:if\s+exists\s+)?${name}\s*(?:cascade|restrict)?$`,
  'i',
);

/**
 * Runs the statements of a no-transaction migration one by one. The database itself records which are done, so that a
 * killed run continues where it stopped: what is done is not repeated, and what a killed or timed-out CREATE INDEX
 * CONCURRENTLY leaves behind (an index that is written to but never read) is dropped before it is made anew.
 */
export async function runSingleStatements(
  client: pg.Client,
  migration: Migration,
  lockTimeoutMs: number,
): Promise<void> {
  await client.query(`
    create table if not exists schema_migration_steps (
      version int, checksum text, statement int, done boolean not null default false,
      primary key (version, checksum, statement))`);
  const key = [migration.version, migration.checksum];
  const { rows } = await client.query<{ statement: number; done: boolean }>(
    'select statement, done from schema_migration_steps where version = $1 and checksum = $2',
    key,
  );
  const begun = new Map(rows.map(({ statement, done }) => [statement, done]));
  for (const [index, statement] of statementsOf(migration.sql).entries()) {
    if (begun.get(index) === true) continue;
    const wait = /\bconcurrently\b/i.test(statement) ? concurrentWaitMs : lockTimeoutMs;
    await client.query(`set lock_timeout = ${String(wait)}`);
    const needed = await clearLeftovers(client, statement, begun.has(index));
    await client.query(
      `insert into schema_migration_steps (version, checksum, statement) values ($1, $2, $3)
       on conflict do nothing`,
      [...key, index],
    );
    if (needed) await client.query(statement);
    await client.query(
      'update schema_migration_steps set done = true where version = $1 and checksum = $2 and statement = $3',
      [...key, index],
    );
  }
}

/** Whether the statement still has to run, once the remains of an earlier attempt are dropped. */
async function clearLeftovers(client: pg.Client, statement: string, begun: boolean): Promise<boolean> {
  const created = createsIndex.exec(statement)?.[1];
  if (created !== undefined) {
    const index = await indexOf(client, created);
    if (index?.valid === false) await client.query(`drop index concurrently ${index.name}`);
    return !(begun && index?.valid === true);
  }
  const dropped = dropsIndex.exec(statement)?.[1];
  if (dropped !== undefined) return !begun || (await indexOf(client, dropped)) !== undefined;
  if (/^reindex\b.*\bconcurrently\b/is.test(statement)) await dropHalfRebuilt(client);
  return true;
}

async function indexOf(
  client: pg.Client,
  index: string,
): Promise<{ name: string; valid: boolean } | undefined> {
  const { rows } = await client.query<{ name: string; valid: boolean }>(
    `select format('%I.%I', n.nspname, c.relname) as name, i.indisvalid as valid
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where c.oid = to_regclass($1)`,
    [index],
  );
  return rows[0];
}

/** REINDEX CONCURRENTLY builds beside the old index, under its name with _ccnew; see the manual on REINDEX. */
async function dropHalfRebuilt(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where not i.indisvalid and n.nspname = 'public' and c.relname ~ '_cc(new|old)[0-9]*$'`,
  );
  for (const { schema, name: index } of rows) {
    await client.query(`drop index concurrently if exists ${quoted(schema)}.${quoted(index)}`);
  }
}

/** Once the whole migration is recorded, its steps are no longer needed. */
export async function forgetSteps(client: pg.Client): Promise<void> {
  await client.query('drop table if exists schema_migration_steps').catch((error: unknown) => {
    // Somebody still reads it (a backup): the next migration of this kind drops it.
    if (!isPostgresError(error) || error.code !== '55P03') throw error;
  });
}
