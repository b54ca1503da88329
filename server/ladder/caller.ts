import type { Call } from './call.ts';

/** The caller, as every line of the log names them; empty for somebody who has not been identified. */
export function callerOf({ caller }: Pick<Call, 'caller'>): { user?: string; tenant?: string } {
  if (!caller) return {};
  const { userId: user, tenantId: tenant } = caller;
  return tenant === null ? { user } : { user, tenant };
}
