import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { OrderChange } from '../../documents/order-description.ts';
import type { SalesOrder } from './sales-orders.contract.ts';

type Db = Kysely<TenantDatabase>;

/** What a command changes on the order's header; what is left out stays. */
export interface HeaderChange extends OrderChange {
  status?: string;
  paymentStatus?: SalesOrder['paymentStatus'];
  confirmedNow?: boolean;
  cancelledValue?: string;
  promisedDate?: string | null;
  paid?: string;
}

/** The columns of a change of the header. Who was confirmed first is served first: by the clock, not by the transaction. */
export function columnsOf(change: HeaderChange) {
  return {
    status: change.status,
    payment_status: change.paymentStatus,
    status_reason: change.statusReason,
    confirmed_at: change.confirmedNow ? sql`clock_timestamp()` : undefined,
    cancelled_value: change.cancelledValue,
    promised_date: change.promisedDate,
    paid: change.paid,
  };
}

export interface CustomerAccount {
  name: string;
  outstanding: string;
  creditLimit: string | null;
}

/** Locks what a customer owes for the rest of the transaction. Always before any place of stock. */
export async function lockAccount(db: Db, customerId: string): Promise<CustomerAccount> {
  const [row] = await rowsOf<CustomerAccount>(
    db,
    `select name, outstanding, credit_limit as "creditLimit" from customers where id = $1 for no key update`,
    [customerId],
  );
  if (!row) throw new Error('An order without its customer.');
  return row;
}

export async function addOutstanding(db: Db, customerId: string, change: string): Promise<void> {
  await rowsOf(db, 'update customers set outstanding = outstanding + $2::numeric where id = $1', [
    customerId,
    change,
  ]);
}
