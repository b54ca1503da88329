import type { Kysely } from 'kysely';
import type { Ending } from '../auth/endings.ts';
import type { LastStatement } from '../db/last-statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { AfterTransaction } from './after-transaction.ts';
import type { TenantScope } from './scope.ts';
import type { TenantCall } from './tenant-call.ts';

/** A procedure that ends access must declare it: the security suite finds such procedures by that mark. */
function requireMark({ path, ends }: TenantCall, ending: Ending): void {
  if (ends?.includes(ending)) return;
  throw new Error(`${path} ends sessions (${ending}) and is not marked so.`);
}

function noTransaction(): never {
  throw new Error('A query has no transaction to close.');
}

/** The input of a call's resolver: `db` is the tenant's pool in a query, the open transaction in a change. */
export function scopeOf(
  call: TenantCall,
  db: Kysely<TenantDatabase>,
  afterwards: AfterTransaction,
  closeWith: (last: LastStatement) => void = noTransaction,
): TenantScope {
  const { entry, identity, requestId, language, origin } = call.ctx;
  const { tenant, actor, ability } = entry;
  const { ip, device } = origin;
  const trace = { actorId: actor.userId, actorEmail: identity.email, ip, device, language };
  return {
    tenant,
    actor,
    ability,
    assurance: identity.assurance,
    db,
    requestId,
    language,
    origin,
    secrets: entry.box,
    signIns: {
      give: (person) => entry.signIns.give(person, trace, (settle) => void afterwards.settles.push(settle)),
      take(userId) {
        requireMark(call, 'the sign-in was taken away');
        return entry.signIns.take(userId, trace, (settle) => void afterwards.settles.push(settle));
      },
      forgetSecondFactor(userId) {
        requireMark(call, 'the second factor was taken away');
        return entry.signIns.forgetSecondFactor(userId, trace);
      },
      endSessions(userId) {
        requireMark(call, 'signed out by the company');
        return entry.signIns.endSessions(userId, trace);
      },
      waiting: (userIds) => entry.signIns.waiting(userIds),
      permissionsChanged: () => void afterwards.effects.push(() => entry.permissionsChanged()),
    },
    closeWith,
    afterCommit: (effect) => void afterwards.effects.push(effect),
    afterRollback: (effect) => void afterwards.traces.push(effect),
  };
}
