import type { RevocationTrace } from '../auth/revocations.ts';
import type { Call, SessionIdentity } from '../trpc/call.ts';

/** Who does something as an operator, for the audit trail. */
export function traceOf(ctx: Pick<Call, 'origin'> & { identity: SessionIdentity }): RevocationTrace {
  return {
    actorId: ctx.identity.userId,
    actorEmail: ctx.identity.email,
    ip: ctx.origin.ip,
    device: ctx.origin.device,
  };
}
