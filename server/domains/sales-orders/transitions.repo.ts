import { sql } from 'kysely';
import type { OrderChange } from '../../documents/order-description.ts';
import type { SalesOrder } from './sales-orders.contract.ts';

/** What a command changes on the order's header; what is left out stays. */
export interface HeaderChange extends OrderChange {
  status?: string;
  paymentStatus?: SalesOrder['paymentStatus'];
  confirmedNow?: boolean;
  cancelledValue?: string;
  promisedDate?: string | null;
  paid?: string;
}

/**
 * The columns of a change of the header. The order confirmed first is served first: by the clock, not by the
 * transaction.
 */
export function columnsOf(change: HeaderChange) {
  return {
    status: change.status,
    // `paymentStatusColumn` tells what is overpaid.
    payment_status: change.paymentStatus === 'overpaid' ? 'paid' : change.paymentStatus,
    status_reason: change.statusReason,
    confirmed_at: change.confirmedNow ? sql`clock_timestamp()` : undefined,
    cancelled_value: change.cancelledValue,
    promised_date: change.promisedDate,
    paid: change.paid,
  };
}
