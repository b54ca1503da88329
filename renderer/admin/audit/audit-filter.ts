import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { auditActions, auditActionSchema } from '../../../server/control-plane/audit-actions.contract.ts';
import type { ListState } from '../../lib/list-state.ts';
import { daysAfter, startOfDay } from '../../ui/moments.ts';

export const outcomes = ['done', 'refused', 'failed'] as const satisfies readonly AuditEntry['outcome'][];

/** The filters in the address, as the contract wants them; malformed ones are left out. */
export function auditFilterOf(state: Pick<ListState, 'record' | 'day' | 'many'>) {
  const action = [
    ...new Set(state.many('action')?.flatMap((one) => auditActionSchema.safeParse(one).data ?? [])),
  ];
  const outcome = outcomes.filter((one) => state.many('outcome')?.includes(one));
  const tenantId = state.record('tenantId');
  const actorId = state.record('actorId');
  const [from, to] = [state.day('from'), state.day('to')];
  return {
    // Choosing all of them is no filter.
    ...(action.length > 0 && action.length < auditActions.length ? { action } : {}),
    ...(outcome.length > 0 ? { outcome } : {}),
    ...(tenantId ? { tenantId } : {}),
    ...(actorId ? { actorId } : {}),
    ...(from ? { from: startOfDay(from) } : {}),
    // The last day counts in full: up to the beginning of the next.
    ...(to ? { to: startOfDay(daysAfter(to, 1)) } : {}),
  };
}
