import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** A customer's debt and credit limit. Decimal; no limit is null. */
export interface CustomerAccount {
  name: string;
  outstanding: string;
  creditLimit: string | null;
}

/** Locks the customer's debt for the rest of the transaction. */
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
