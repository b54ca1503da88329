import { inOrder } from './statement-order.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { Problem } from '../ground/problem.ts';
import { isStalePlan, kyselyOnConnection, TransactionConnection } from './dialect.ts';
import type { ConnectionSource, PooledClient } from './dialect.ts';
import { isConnectionLoss, isRetryable } from './error-mapping.ts';
import { inputHash } from './input-hash.ts';
import type { SecretBox } from './secret-box.ts';

/** The claim of a mutation on its idempotency key; a key belongs to one user and one procedure. */
export interface IdempotencyClaim {
  key: string;
  userId: string;
  procedure: string;
  input: unknown;
  /** Seals stored answers: one may hold a value, such as a PAN, that is encrypted in its own table too. */
  box: SecretBox;
}

const maxAttempts = 5;

/** Transactions of this process since its start: committed, run again, given up. Replayed answers are among the committed. */
export const transactionCounts = { committed: 0, retried: 0, failed: 0 };

/**
 * Runs `work` in one transaction. With a claim the answer is stored in the same transaction, so that the same key gives
 * the same answer and nothing happens twice, also after a restart; concurrent duplicates wait for the first.
 * Deadlocks and serialisation failures are run again, a bounded number of times. Throws CONFLICT when the key was used
 * for another input.
 */
export async function runMutation<DB, T>(
  source: ConnectionSource,
  claim: IdempotencyClaim | undefined,
  work: (db: Kysely<DB>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await runOnce<DB, T>(source, claim, work);
      transactionCounts.committed += 1;
      return answer;
    } catch (error) {
      if (attempt >= maxAttempts || !(isRetryable(error) || isStalePlan(error))) {
        transactionCounts.failed += 1;
        throw error;
      }
      transactionCounts.retried += 1;
      await sleep(2 ** attempt * 5 * (0.5 + Math.random()));
    }
  }
}

async function runOnce<DB, T>(
  source: ConnectionSource,
  claim: IdempotencyClaim | undefined,
  work: (db: Kysely<DB>) => Promise<T>,
): Promise<T> {
  const client = await source.connect();
  const connection = new TransactionConnection(client);
  let broken: Error | boolean = false;
  try {
    const hash = claim && inputHash(claim.input);
    const earlier = claim && hash ? await beginWithClaim(client, claim) : await begin(client);
    if (earlier && claim && hash) {
      await client.query({ text: 'rollback' });
      return replay<T>(claim, hash, earlier);
    }
    const answer = await work(kyselyOnConnection<DB>(connection));
    connection.end();
    await finish(client, claim, hash, answer);
    return answer;
  } catch (error) {
    connection.abandon();
    broken = connection.stale || isConnectionLoss(error);
    if (!broken) {
      await client.query({ text: 'rollback' }).catch((failure: Error) => {
        broken = failure;
      });
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

interface StoredAnswer {
  request_hash: Buffer;
  answer: string;
}

async function begin(client: PooledClient): Promise<undefined> {
  await client.query({ text: 'begin' });
  return undefined;
}

/** Begin, lock and look-up travel together: one round trip. The lock makes concurrent duplicates wait. */
async function beginWithClaim(
  client: PooledClient,
  claim: IdempotencyClaim,
): Promise<StoredAnswer | undefined> {
  const { userId, procedure, key } = claim;
  const [, , found] = await inOrder(
    () => client.query({ text: 'begin' }),
    () =>
      client.query({
        name: 'qm_idempotency_lock',
        text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
        values: [`${userId} ${procedure} ${key}`],
      }),
    () =>
      client.query<StoredAnswer>({
        name: 'qm_idempotency_find',
        text: 'select request_hash, answer from idempotency_keys where user_id = $1 and procedure = $2 and key = $3',
        values: [userId, procedure, key],
      }),
  );
  return found.rows[0];
}

/** The answer and the commit travel together: one round trip. */
async function finish(
  client: PooledClient,
  claim: IdempotencyClaim | undefined,
  hash: Buffer | undefined,
  answer: unknown,
): Promise<void> {
  const statements: Promise<unknown>[] = [];
  if (claim && hash) {
    statements.push(
      client.query({
        name: 'qm_idempotency_store',
        text: `insert into idempotency_keys (tenant_id, user_id, procedure, key, request_hash, answer)
               values ((select current_tenant()), $1, $2, $3, $4, $5)`,
        values: [
          claim.userId,
          claim.procedure,
          claim.key,
          hash,
          JSON.stringify(claim.box.seal(JSON.stringify(answer ?? null))),
        ],
      }),
    );
  }
  statements.push(client.query({ text: 'commit' }));
  const results = await Promise.allSettled(statements);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const commit = (results.at(-1) as PromiseFulfilledResult<{ command: string }>).value;
  if (commit.command === 'ROLLBACK') {
    throw new Problem('UNAVAILABLE', 'database.not_kept');
  }
}

function replay<T>(claim: IdempotencyClaim, hash: Buffer, earlier: StoredAnswer): T {
  if (!hash.equals(earlier.request_hash)) {
    throw new Problem('CONFLICT', 'request.key_used');
  }
  return JSON.parse(claim.box.open(earlier.answer)) as T;
}
