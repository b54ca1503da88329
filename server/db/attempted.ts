import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { inOrder } from './statement-order.ts';

/** Runs `write` within the open transaction, and takes back all that it wrote unless `keeps` wants the outcome. */
export async function attempted<DB, T>(
  db: Kysely<DB>,
  write: () => Promise<T>,
  keeps: (outcome: T) => boolean,
): Promise<T> {
  const [, outcome] = await inOrder(() => sql`savepoint before_attempt`.execute(db), write);
  if (!keeps(outcome)) await sql`rollback to savepoint before_attempt`.execute(db);
  return outcome;
}
