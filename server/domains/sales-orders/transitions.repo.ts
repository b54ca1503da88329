import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** What a command changes on the order's header; what is left out stays. */
export interface HeaderChange {
  status?: string;
  paymentStatus?: string;
  statusReason?: string | null;
  confirmedNow?: boolean;
  cancelledValue?: string;
  paid?: string;
}

/** Writes a command's outcome on the locked order and counts its version up. */
export async function changeHeader(db: Db, id: string, change: HeaderChange, actor: string): Promise<void> {
  await rowsOf(
    db,
    `update sales_orders set status = coalesce($2, status), payment_status = coalesce($3, payment_status),
       status_reason = case when $4 then $5 else status_reason end,
       confirmed_at = case when $6 then clock_timestamp() else confirmed_at end,
       cancelled_value = coalesce($7::numeric, cancelled_value), paid = coalesce($8::numeric, paid),
       version = version + 1, updated_at = now(), updated_by = $9
     where id = $1`,
    [
      id,
      change.status ?? null,
      change.paymentStatus ?? null,
      change.statusReason !== undefined,
      change.statusReason ?? null,
      change.confirmedNow ?? false,
      change.cancelledValue ?? null,
      change.paid ?? null,
      actor,
    ],
  );
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
