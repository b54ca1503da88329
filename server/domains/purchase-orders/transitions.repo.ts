import { sql } from 'kysely';
import type { OrderChange } from '../../documents/order-description.ts';

/** What a command changes on the order's header; what is left out stays. */
export interface HeaderChange extends OrderChange {
  status: string;
  submittedBy?: { id: string; name: string } | null;
  approvedBy?: { id: string; name: string };
  cancelledValue?: string;
  expectedDate?: string | null;
}

/** The columns of a change of the header. */
export function columnsOf({ status, statusReason, submittedBy, approvedBy, ...rest }: HeaderChange) {
  const submitted = submittedBy !== undefined && {
    submitted_by_id: submittedBy?.id ?? null,
    submitted_by: submittedBy?.name ?? null,
    submitted_at: submittedBy && sql`now()`,
  };
  const approved = approvedBy && {
    approved_by_id: approvedBy.id,
    approved_by: approvedBy.name,
    approved_at: sql`now()`,
  };
  return {
    status,
    status_reason: statusReason,
    ...submitted,
    ...approved,
    cancelled_value: rest.cancelledValue,
    expected_date: rest.expectedDate,
  };
}
