import { sql } from 'kysely';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { Customers, TenantDatabase } from '../../db/tenant-schema.ts';
import type { customerSorts, ListCustomers } from './customers.contract.ts';

type Db = Kysely<TenantDatabase>;
type CustomerSort = (typeof customerSorts)[number];
export type CustomerRecord = Selectable<Customers>;

export const customerOrder = new KeysetOrder<CustomerSort>({
  id: 'customers.id',
  keys: {
    code: byColumn('customers.code', 'text'),
    name: byColumn('customers.name', 'text'),
    outstanding: byColumn('customers.outstanding', 'numeric'),
    updatedAt: byColumn('customers.updated_at', 'instant'),
  },
  usual: { by: 'name', direction: 'asc' },
});

function matching(db: Db, { search, filter }: ListCustomers) {
  let query = db.selectFrom('customers');
  if (search) query = query.where(sql<boolean>`customers.id in (select search_customers(${search}))`);
  if (filter?.status) query = query.where(sql<boolean>`customers.status = any(${filter.status})`);
  if (filter?.stateCode) {
    query = query.where(sql<boolean>`customers.billing_address->>'stateCode' = ${filter.stateCode}`);
  }
  if (filter?.ids) query = query.where(sql<boolean>`customers.id = any(${filter.ids}::uuid[])`);
  return query;
}

export async function listCustomers(db: Db, input: ListCustomers, page: KeysetPage<CustomerSort>) {
  const query = matching(db, input).select([
    'id',
    'version',
    'code',
    'name',
    'contact_name',
    'email',
    'phone',
    sql<string | null>`customers.billing_address->>'city'`.as('city'),
    sql<string | null>`customers.billing_address->>'stateCode'`.as('state_code'),
    'gstin',
    'payment_terms_days',
    'credit_limit',
    'outstanding',
    'status',
    'updated_at',
  ]);
  return page.apply(query).execute();
}

export function countCustomers(db: Db, input: ListCustomers) {
  return cappedTotal(db, matching(db, input));
}

/** `lock` keeps others from changing the customer until the transaction ends. */
export async function findCustomer(db: Db, id: string, lock = false): Promise<CustomerRecord | undefined> {
  const query = db.selectFrom('customers').selectAll().where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** The name of another customer with this code. */
export async function customerUsingCode(db: Db, code: string, not: string): Promise<string | undefined> {
  const other = await db
    .selectFrom('customers')
    .select('name')
    .where(sql<boolean>`upper(code) = upper(${code})`)
    .where('id', '<>', not)
    .executeTakeFirst();
  return other?.name;
}

/** Undefined when there is a customer with this id already. */
export async function insertCustomer(
  db: Db,
  customer: Insertable<Customers>,
): Promise<CustomerRecord | undefined> {
  return db
    .insertInto('customers')
    .values(customer)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateCustomer(
  db: Db,
  id: string,
  changes: Updateable<Customers>,
): Promise<CustomerRecord> {
  return db
    .updateTable('customers')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
