import type { RevocationTrace } from '../auth/revocations.ts';
import type { Call } from '../ladder/call.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';

/** The operator behind an action, for the audit trail. */
export function traceOf(
  ctx: Pick<Call, 'origin' | 'language'> & { identity: SessionIdentity },
): RevocationTrace {
  return {
    actorId: ctx.identity.userId,
    actorEmail: ctx.identity.email,
    ip: ctx.origin.ip,
    device: ctx.origin.device,
    language: ctx.language,
  };
}
