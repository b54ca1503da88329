import dayjs from 'dayjs';
import { z } from 'zod';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { auditActions, auditActionSchema } from '../../../server/control-plane/audit-actions.contract.ts';
import type { ListState } from '../../lib/list-state.ts';

const uuid = z.uuid();
const day = z.iso.date();
export const outcomes = ['done', 'refused', 'failed'] as const satisfies readonly AuditEntry['outcome'][];

/** What the address asks for, as the contract wants it; what is not of its form is left out. */
export function auditFilterOf(state: Pick<ListState, 'one' | 'many'>) {
  const action = [
    ...new Set(state.many('action')?.flatMap((one) => auditActionSchema.safeParse(one).data ?? [])),
  ];
  const outcome = outcomes.filter((one) => state.many('outcome')?.includes(one));
  const tenantId = uuid.safeParse(state.one('tenantId')).data;
  const actorId = uuid.safeParse(state.one('actorId')).data;
  const [from, to] = [day.safeParse(state.one('from')).data, day.safeParse(state.one('to')).data];
  return {
    // All of them are no filter.
    ...(action.length > 0 && action.length < auditActions.length ? { action } : {}),
    ...(outcome.length > 0 ? { outcome } : {}),
    ...(tenantId ? { tenantId } : {}),
    ...(actorId ? { actorId } : {}),
    ...(from ? { from: dayjs(from).startOf('day').toISOString() } : {}),
    // The last day is meant with all of its hours: up to the beginning of the next.
    ...(to ? { to: dayjs(to).add(1, 'day').startOf('day').toISOString() } : {}),
  };
}
