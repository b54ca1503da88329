import { inOrder, together } from './statement-order.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { Problem } from '../ground/problem.ts';
import { isStalePlan, kyselyOnConnection, TransactionConnection } from './dialect.ts';
import type { ConnectionSource, PooledClient } from './dialect.ts';
import { isConnectionLoss, isRetryable } from './error-mapping.ts';
import { inputHash } from './input-hash.ts';
import { completed } from './last-statement.ts';
import type { LastStatement } from './last-statement.ts';
import { namedStatements } from './named-statements.ts';
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

/** What a transaction does. It may name one statement that is sent in the message that commits. */
export type TransactionWork<DB, T> = (db: Kysely<DB>, closeWith: (last: LastStatement) => void) => Promise<T>;

const maxAttempts = 5;

/** Transactions of this process since its start: committed, run again, given up. Replayed answers are among the committed. */
export const transactionCounts = { committed: 0, retried: 0, failed: 0 };

/**
 * Runs `work` in one transaction. With a claim the answer is stored in the same transaction, so that the same key gives
 * the same answer and nothing happens twice, also after a restart; concurrent duplicates wait for the first. The value
 * of the last statement is put into the answer. Deadlocks and serialisation failures are run again, a bounded number of
 * times. Throws CONFLICT when the key was used for another input.
 */
export async function runMutation<DB, T>(
  source: ConnectionSource,
  claim: IdempotencyClaim | undefined,
  work: TransactionWork<DB, T>,
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
  work: TransactionWork<DB, T>,
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
    let last: LastStatement | undefined;
    const answer = await work(kyselyOnConnection<DB>(connection), (statement) => {
      if (last) throw new Error('A transaction has one last statement.');
      last = statement;
    });
    connection.end();
    return await finish(client, claim && hash && { ...claim, hash }, answer, last);
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

/** A sealed answer, and the value that the last statement returned. */
type KeptAnswer = string | { sealed: string; path: LastStatement['path']; value: string };

interface StoredAnswer {
  request_hash: Buffer;
  answer: KeptAnswer;
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

/** The last statement, the stored answer and the commit travel together: one round trip. */
async function finish<T>(
  client: PooledClient,
  claim: (IdempotencyClaim & { hash: Buffer }) | undefined,
  answer: T,
  last: LastStatement | undefined,
): Promise<T> {
  const closing = closingStatement(claim, answer, last);
  const [given, commit] = await together([
    closing && client.query<{ value: string }>(namedStatements.config(closing.text, closing.values)),
    client.query({ text: 'commit' }),
  ]);
  if (commit.command === 'ROLLBACK') {
    throw new Problem('UNAVAILABLE', 'database.not_kept');
  }
  const [row] = given?.rows ?? [];
  return last && row ? completed(answer, last.path, row.value) : answer;
}

/** The last writes before the commit, as one statement. */
function closingStatement(
  claim: (IdempotencyClaim & { hash: Buffer }) | undefined,
  answer: unknown,
  last: LastStatement | undefined,
): { text: string; values: unknown[] } | undefined {
  const before = last?.values ?? [];
  const [given, from] = last ? ['select value from given', ' from given'] : ['', ''];
  if (!claim) return last && { text: `with ${last.steps} ${given}`, values: [...before] };
  const { userId, procedure, key, hash, box } = claim;
  const sealed = JSON.stringify(answer ?? null);
  const value = (at: number) => `$${String(before.length + at)}`;
  const kept = last
    ? `jsonb_build_object('sealed', ${value(5)}::text, 'path', ${value(6)}::jsonb, 'value', given.value)`
    : `to_jsonb(${value(5)}::text)`;
  const store = `insert into idempotency_keys (tenant_id, user_id, procedure, key, request_hash, answer)
    select (select current_tenant()), ${value(1)}::uuid, ${value(2)}::text, ${value(3)}::text, ${value(4)}::bytea, ${kept}${from}`;
  return {
    text: last ? `with ${last.steps}, kept as (${store}) ${given}` : store,
    values: [
      ...before,
      ...[userId, procedure, key, hash, box.seal(sealed)],
      ...(last ? [JSON.stringify(last.path)] : []),
    ],
  };
}

function replay<T>(claim: IdempotencyClaim, hash: Buffer, earlier: StoredAnswer): T {
  if (!hash.equals(earlier.request_hash)) {
    throw new Problem('CONFLICT', 'request.key_used');
  }
  const { answer } = earlier;
  if (typeof answer === 'string') return JSON.parse(claim.box.open(answer)) as T;
  return completed(JSON.parse(claim.box.open(answer.sealed)) as T, answer.path, answer.value);
}
