import { isConnectionLoss } from '../db/error-mapping.ts';
import { runMutation } from '../db/mutation.ts';
import type { IdempotencyClaim } from '../db/mutation.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import { AfterTransaction, runEffects } from './after-transaction.ts';
import { scopeOf } from './scope-of-call.ts';
import type { TenantScope } from './scope.ts';
import type { TenantCall } from './tenant-call.ts';

/**
 * Runs `work` in one transaction that also claims the call's idempotency key, then the effects that `work` left for
 * afterwards.
 */
export async function changeInTenant<T>(
  call: TenantCall,
  input: unknown,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> {
  const afterwards = new AfterTransaction();
  const claim = claimOf(call.ctx, call.path, input);
  const kept = await runMutation<TenantDatabase, T>(call.ctx.entry.source, claim, (db, closeWith) => {
    afterwards.startAgain();
    return work(scopeOf(call, db, afterwards, closeWith));
  }).catch(async (error: unknown) => {
    // After a lost connection nobody knows yet whether it committed: the stored rows settle that later.
    if (isConnectionLoss(error)) throw error;
    await runEffects(afterwards.settles, call);
    await leaveTraces(call, afterwards.traces);
    throw error;
  });
  await runEffects([...afterwards.settles, ...afterwards.effects], call);
  return kept;
}

/** Writes the traces of a refusal. Fails when they can't be written: the caller then doesn't learn of the refusal. */
async function leaveTraces(call: TenantCall, traces: AfterTransaction['traces']): Promise<void> {
  if (traces.length === 0) return;
  await runMutation<TenantDatabase, void>(call.ctx.entry.source, undefined, async (db) => {
    for (const trace of traces) await trace(scopeOf(call, db, new AfterTransaction()));
  });
}

function claimOf(ctx: TenantCall['ctx'], procedure: string, input: unknown): IdempotencyClaim | undefined {
  if (ctx.idempotencyKey === undefined) return undefined;
  return { key: ctx.idempotencyKey, userId: ctx.identity.userId, procedure, input, box: ctx.entry.box };
}
