import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Runs `write` within the open transaction, and takes back all that it wrote unless `keeps` wants the outcome. */
export async function attempted<DB, T>(
  db: Kysely<DB>,
  write: () => Promise<T>,
  keeps: (outcome: T) => boolean,
): Promise<T> {
  await sql`savepoint before_attempt`.execute(db);
  const outcome = await write();
  if (!keeps(outcome)) await sql`rollback to savepoint before_attempt`.execute(db);
  return outcome;
}
