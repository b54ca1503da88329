import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { visibleKeys } from '../../permissions/visible-keys.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { columnsOfRows } from '../../db/record-columns.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase, Vendors } from '../../db/tenant-schema.ts';
import { hasCode, masterTable } from '../master-table.repo.ts';
import { vendorRowSchema } from './vendors.contract.ts';
import type { ListVendors, vendorSorts } from './vendors.contract.ts';

type Db = Kysely<TenantDatabase>;
type VendorSort = (typeof vendorSorts)[number];
export type VendorRecord = Selectable<Vendors>;

export const vendorTable = masterTable('vendors');

export const vendorOrder = new KeysetOrder<VendorSort>({
  id: 'vendors.id',
  keys: visibleKeys(vendorRowSchema, {
    code: byColumn('vendors.code', 'text'),
    name: byColumn('vendors.name', 'text'),
    rating: byColumn('vendors.rating', 'integer', true),
    totalOrders: byColumn('vendors.total_orders', 'integer'),
    totalSpent: byColumn('vendors.total_spent', 'numeric'),
    updatedAt: byColumn('vendors.updated_at', 'instant'),
  }),
  usual: { by: 'name', direction: 'asc' },
});

function matching(db: Db, { search, filter }: ListVendors) {
  let query = db.selectFrom('vendors');
  if (search) query = query.where(sql<boolean>`vendors.id in (select search_vendors(${search}))`);
  if (filter?.status) query = query.where(sql<boolean>`vendors.status = any(${filter.status})`);
  if (filter?.stateCode)
    query = query.where(sql<boolean>`vendors.address->>'stateCode' = ${filter.stateCode}`);
  if (filter?.code) query = query.where(hasCode('vendors', filter.code));
  if (filter?.ids) query = query.where(sql<boolean>`vendors.id = any(${filter.ids}::uuid[])`);
  return query;
}

export async function listVendors(db: Db, input: ListVendors, page: KeysetPage<VendorSort>) {
  const query = matching(db, input).select([
    ...columnsOfRows('vendors', vendorRowSchema, ['city', 'stateCode']),
    sql<string | null>`vendors.address->>'city'`.as('city'),
    sql<string | null>`vendors.address->>'stateCode'`.as('state_code'),
  ]);
  return page.apply(query).execute();
}

export function countVendors(db: Db, input: ListVendors) {
  return cappedTotal(db, matching(db, input));
}

/** Other vendors that have this code or this e-mail address already. */
export async function vendorsUsing(
  db: Db,
  code: string | undefined,
  email: string | null | undefined,
  not: string,
) {
  return db
    .selectFrom('vendors')
    .select(['id', 'code', 'name', 'email'])
    .where((eb) =>
      eb.or([
        sql<boolean>`upper(code) = upper(${code ?? null}::text)`,
        sql<boolean>`email = ${email ?? null}::text`,
      ]),
    )
    .where('id', '<>', not)
    .execute();
}

/** Orders and money of a vendor, changed by a confirmation or a cancellation. */
export async function addPurchases(
  db: Db,
  id: string,
  { orders, spent }: { orders: number; spent: string },
): Promise<void> {
  await rowsOf(
    db,
    `update vendors set total_orders = greatest(total_orders + $2, 0), total_spent = total_spent + $3::numeric
     where id = $1`,
    [id, orders, spent],
  );
}
