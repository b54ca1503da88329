import { sql } from 'kysely';
import type { OrderChange } from '../../documents/order-description.ts';
import type { LockedOrder } from './purchase-orders.repo.ts';
import { earlierText } from './status-reason.contract.ts';
import type { StatusReasonCode } from './status-reason.contract.ts';

/** What a command changes on the order's header; what is left out stays. */
export interface HeaderChange extends OrderChange {
  status: string;
  statusReasonCode?: StatusReasonCode | null;
  submittedBy?: { id: string; name: string } | null;
  approvedBy?: { id: string; name: string } | null;
  cancelledValue?: string;
  expectedDate?: string | null;
}

/** The columns of a reason; a schema one version older has one for both its parts. */
function reasonColumns(
  { statusReason: note, statusReasonCode: code = null }: HeaderChange,
  { keepsReasonCode }: LockedOrder,
) {
  if (note === undefined) return {};
  if (!keepsReasonCode) return { status_reason: earlierText({ code, note }) };
  return { status_reason: note, status_reason_code: code };
}

/** The columns of a change of the header of an order. */
export function columnsOf(change: HeaderChange, order: LockedOrder) {
  const { status, submittedBy, approvedBy, cancelledValue, expectedDate } = change;
  const submitted = submittedBy !== undefined && {
    submitted_by_id: submittedBy?.id ?? null,
    submitted_by: submittedBy?.name ?? null,
    submitted_at: submittedBy && sql`now()`,
  };
  const approved = approvedBy !== undefined && {
    approved_by_id: approvedBy?.id ?? null,
    approved_by: approvedBy?.name ?? null,
    approved_at: approvedBy && sql`now()`,
  };
  return {
    status,
    ...reasonColumns(change, order),
    ...submitted,
    ...approved,
    cancelled_value: cancelledValue,
    expected_date: expectedDate,
  };
}
