import { sql } from 'kysely';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { visibleKeys } from '../../permissions/visible-keys.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase, Vendors } from '../../db/tenant-schema.ts';
import { vendorRowSchema } from './vendors.contract.ts';
import type { ListVendors, vendorSorts } from './vendors.contract.ts';

type Db = Kysely<TenantDatabase>;
type VendorSort = (typeof vendorSorts)[number];
export type VendorRecord = Selectable<Vendors>;

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
  if (filter?.ids) query = query.where(sql<boolean>`vendors.id = any(${filter.ids}::uuid[])`);
  return query;
}

export async function listVendors(db: Db, input: ListVendors, page: KeysetPage<VendorSort>) {
  const query = matching(db, input).select([
    'id',
    'version',
    'code',
    'name',
    'contact_name',
    'email',
    'phone',
    sql<string | null>`vendors.address->>'city'`.as('city'),
    sql<string | null>`vendors.address->>'stateCode'`.as('state_code'),
    'gstin',
    'payment_terms_days',
    'lead_time_days',
    'rating',
    'total_orders',
    'total_spent',
    'status',
    'updated_at',
  ]);
  return page.apply(query).execute();
}

export function countVendors(db: Db, input: ListVendors) {
  return cappedTotal(db, matching(db, input));
}

/** `lock` keeps others from changing the vendor until the transaction ends. */
export async function findVendor(db: Db, id: string, lock = false): Promise<VendorRecord | undefined> {
  const query = db.selectFrom('vendors').selectAll().where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
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

/** Undefined when there is a vendor with this id already. */
export async function insertVendor(db: Db, vendor: Insertable<Vendors>): Promise<VendorRecord | undefined> {
  return db
    .insertInto('vendors')
    .values(vendor)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateVendor(db: Db, id: string, changes: Updateable<Vendors>): Promise<VendorRecord> {
  return db
    .updateTable('vendors')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
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
