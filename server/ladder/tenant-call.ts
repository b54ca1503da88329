import type { Ending } from '../auth/endings.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';
import type { GuardedField } from '../permissions/input-rules.ts';
import type { Call, TenantEntry } from './call.ts';

/** A call that has reached its tenant: the caller, their rights there, and the guarded fields that were sent. */
export interface TenantCall {
  path: string;
  /** How the procedure may end sessions. */
  ends?: readonly Ending[];
  ctx: { entry: TenantEntry; sent: readonly GuardedField[] } & Omit<Call, 'identity'> & {
      identity: SessionIdentity;
    };
}
