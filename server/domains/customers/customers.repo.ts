import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { Customers, TenantDatabase } from '../../db/tenant-schema.ts';
import { columnsOfRows } from '../../db/record-columns.ts';
import { hasCode, masterTable } from '../master-table.repo.ts';
import { customerRowSchema } from './customers.contract.ts';
import type { customerSorts, ListCustomers } from './customers.contract.ts';

type Db = Kysely<TenantDatabase>;
type CustomerSort = (typeof customerSorts)[number];
export type CustomerRecord = Selectable<Customers>;

export const customerTable = masterTable('customers');

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
  if (filter?.code) query = query.where(hasCode('customers', filter.code));
  if (filter?.ids) query = query.where(sql<boolean>`customers.id = any(${filter.ids}::uuid[])`);
  return query;
}

export async function listCustomers(db: Db, input: ListCustomers, page: KeysetPage<CustomerSort>) {
  const query = matching(db, input).select([
    ...columnsOfRows('customers', customerRowSchema, ['city', 'stateCode']),
    sql<string | null>`customers.billing_address->>'city'`.as('city'),
    sql<string | null>`customers.billing_address->>'stateCode'`.as('state_code'),
  ]);
  return page.apply(query).execute();
}

export function countCustomers(db: Db, input: ListCustomers) {
  return cappedTotal(db, matching(db, input));
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
