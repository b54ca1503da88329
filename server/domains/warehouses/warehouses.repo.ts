import { sql } from 'kysely';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { Bins, TenantDatabase, Warehouses } from '../../db/tenant-schema.ts';
import type { ListWarehouses, warehouseSorts } from './warehouses.contract.ts';

type Db = Kysely<TenantDatabase>;
type WarehouseSort = (typeof warehouseSorts)[number];
export type WarehouseRecord = Selectable<Warehouses>;
export type BinRecord = Selectable<Bins>;

export const warehouseOrder = new KeysetOrder<WarehouseSort>({
  id: 'warehouses.id',
  keys: {
    code: byColumn('warehouses.code', 'text'),
    name: byColumn('warehouses.name', 'text'),
    updatedAt: byColumn('warehouses.updated_at', 'instant'),
  },
  usual: { by: 'code', direction: 'asc' },
});

function matching(db: Db, { search, filter }: ListWarehouses) {
  let query = db.selectFrom('warehouses');
  if (search) query = query.where(sql<boolean>`warehouses.id in (select search_warehouses(${search}))`);
  if (filter?.status) query = query.where(sql<boolean>`warehouses.status = any(${filter.status})`);
  if (filter?.ids) query = query.where(sql<boolean>`warehouses.id = any(${filter.ids}::uuid[])`);
  return query;
}

/** One page; bins and stock are counted for the page's warehouses only. */
export async function listWarehouses(db: Db, input: ListWarehouses, page: KeysetPage<WarehouseSort>) {
  const found = page.apply(
    matching(db, input).select([
      'warehouses.id',
      'warehouses.version',
      'warehouses.code',
      'warehouses.name',
      'warehouses.status',
      'warehouses.updated_at',
      sql<string | null>`warehouses.address->>'city'`.as('city'),
      sql<string | null>`warehouses.address->>'stateCode'`.as('state_code'),
    ]),
  );
  const withStock = db
    .selectFrom(found.as('page'))
    .selectAll('page')
    .select([
      sql<number>`(select count(*)::int from bins where bins.warehouse_id = page.id)`.as('bins'),
      sql<number>`(select count(distinct product_id)::int from inventory
        where inventory.warehouse_id = page.id and quantity_on_hand > 0)`.as('products_stocked'),
      sql<string>`(select coalesce(sum(valuation), 0.00) from inventory
        where inventory.warehouse_id = page.id)`.as('stock_value'),
    ]);
  return page.sorted(withStock, 'page').execute();
}

export async function countWarehouses(db: Db, input: ListWarehouses) {
  return cappedTotal(db, matching(db, input));
}

/** `lock` keeps others from changing the warehouse or its bins until the transaction ends. */
export async function findWarehouse(db: Db, id: string, lock = false): Promise<WarehouseRecord | undefined> {
  const query = db.selectFrom('warehouses').selectAll().where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

export async function binsOf(db: Db, warehouseId: string): Promise<BinRecord[]> {
  return db
    .selectFrom('bins')
    .selectAll()
    .where('warehouse_id', '=', warehouseId)
    .orderBy('is_default', 'desc')
    .orderBy('code')
    .execute();
}

export async function warehouseUsingCode(db: Db, code: string, not: string): Promise<string | undefined> {
  const other = await db
    .selectFrom('warehouses')
    .select('name')
    .where(sql<boolean>`upper(code) = upper(${code})`)
    .where('id', '<>', not)
    .executeTakeFirst();
  return other?.name;
}

/** False when there is a warehouse with this id already. */
export async function insertWarehouse(db: Db, warehouse: Insertable<Warehouses>): Promise<boolean> {
  const inserted = await db
    .insertInto('warehouses')
    .values(warehouse)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateWarehouse(db: Db, id: string, changes: Updateable<Warehouses>): Promise<void> {
  await db
    .updateTable('warehouses')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** Whether anything lies in, is reserved in or is on its way to the warehouse (or to one of its bins). */
export async function holdsStock(db: Db, place: { warehouseId: string; binId?: string }): Promise<boolean> {
  let query = db
    .selectFrom('inventory')
    .select('id')
    .where('warehouse_id', '=', place.warehouseId)
    .where((eb) => eb.or([eb('quantity_on_hand', '>', '0'), eb('quantity_in_transit', '>', '0')]))
    .limit(1);
  if (place.binId !== undefined) query = query.where('bin_id', '=', place.binId);
  return (await query.execute()).length > 0;
}

export async function findBin(db: Db, id: string, lock = false): Promise<BinRecord | undefined> {
  const query = db.selectFrom('bins').selectAll().where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

export async function binCodeIsUsed(
  db: Db,
  warehouseId: string,
  code: string,
  not: string,
): Promise<boolean> {
  const other = await db
    .selectFrom('bins')
    .select('id')
    .where('warehouse_id', '=', warehouseId)
    .where(sql<boolean>`upper(code) = upper(${code})`)
    .where('id', '<>', not)
    .executeTakeFirst();
  return other !== undefined;
}

/** Undefined when there is a bin with this id already. */
export async function insertBin(db: Db, bin: Insertable<Bins>): Promise<BinRecord | undefined> {
  return db
    .insertInto('bins')
    .values(bin)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateBin(db: Db, id: string, changes: Updateable<Bins>): Promise<BinRecord> {
  return db
    .updateTable('bins')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
