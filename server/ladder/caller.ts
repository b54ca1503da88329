import type { Call } from './call.ts';

/** Who calls, as every line of the log names it; nothing for somebody who has not been identified. */
export function callerOf({ caller }: Pick<Call, 'caller'>): { user?: string; tenant?: string } {
  if (!caller) return {};
  const { userId: user, tenantId: tenant } = caller;
  return tenant === null ? { user } : { user, tenant };
}
