import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import type { Bins, TenantDatabase, Warehouses } from '../../db/tenant-schema.ts';
import { columnsOfRows } from '../../db/record-columns.ts';
import { runningTotals } from '../../documents/running-totals.repo.ts';
import { hasCode, masterTable } from '../master-table.repo.ts';
import { warehouseRowSchema } from './warehouses.contract.ts';
import type { ListWarehouses, warehouseSorts } from './warehouses.contract.ts';

type Db = Kysely<TenantDatabase>;
type WarehouseSort = (typeof warehouseSorts)[number];
export type WarehouseRecord = Selectable<Warehouses>;
export type BinRecord = Selectable<Bins>;

export const warehouseTable = masterTable('warehouses');
export const binTable = masterTable('bins');

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
  if (filter?.code) query = query.where(hasCode('warehouses', filter.code));
  if (filter?.ids) query = query.where(sql<boolean>`warehouses.id = any(${filter.ids}::uuid[])`);
  return query;
}

/** Fields of a row that are counted, or stand in the address. */
const notItsOwn = ['city', 'stateCode', 'bins', 'productsStocked', 'stockValue'] as const;

/** A running total of the page's warehouse. */
const totalOf = (total: 'products stocked' | 'stock value', none: string | number) =>
  sql`(select coalesce(sum(t.amount), ${sql.raw(String(none))}) from ${sql.raw(runningTotals)} t
    where t.total = ${sql.lit(total)} and t.key = page.id::text)`;

/** One page; bins are counted for the page's warehouses only. */
export async function listWarehouses(db: Db, input: ListWarehouses, page: KeysetPage<WarehouseSort>) {
  const found = page.apply(
    matching(db, input).select([
      ...columnsOfRows('warehouses', warehouseRowSchema, notItsOwn),
      sql<string | null>`warehouses.address->>'city'`.as('city'),
      sql<string | null>`warehouses.address->>'stateCode'`.as('state_code'),
    ]),
  );
  const withStock = db
    .selectFrom(found.as('page'))
    .selectAll('page')
    .select([
      sql<number>`(select count(*)::int from bins where bins.warehouse_id = page.id)`.as('bins'),
      sql<number>`${totalOf('products stocked', 0)}::int`.as('products_stocked'),
      sql<string>`${totalOf('stock value', '0.00')}`.as('stock_value'),
    ]);
  return page.sorted(withStock, 'page').execute();
}

export async function countWarehouses(db: Db, input: ListWarehouses) {
  return cappedTotal(db, matching(db, input));
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

/** What the labels of bins say. */
export async function labelledBins(db: Db, ids: readonly string[]) {
  return db
    .selectFrom('bins')
    .innerJoin('warehouses', 'warehouses.id', 'bins.warehouse_id')
    .select(['bins.id', 'bins.code', 'bins.name', 'warehouses.code as warehouse'])
    .where(sql<boolean>`bins.id = any(${[...ids]}::uuid[])`)
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
