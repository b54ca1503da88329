import { together } from '../../db/statement-order.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { few, namedWhenFew } from '../../db/few.ts';
import { visibleKeys } from '../../permissions/visible-keys.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { foundProducts } from './found-products.repo.ts';
import { today } from '../../ground/days.contract.ts';
import { promisable, shortProducts, usableStock } from './published.repo.ts';
import { stockRowSchema } from './inventory.contract.ts';
import type { ListStock, stockSorts, StockRow } from './inventory.contract.ts';

type Db = Kysely<TenantDatabase>;
type StockSort = (typeof stockSorts)[number];

export const stockOrder = new KeysetOrder<StockSort>({
  id: 'inventory.id',
  keys: visibleKeys(stockRowSchema, {
    sku: byColumn('products.sku', 'text'),
    productName: byColumn('products.name', 'text'),
    onHand: byColumn('inventory.quantity_on_hand', 'numeric'),
    value: byColumn('inventory.valuation', 'numeric'),
    lastReceivedAt: byColumn('inventory.last_received_at', 'instant', true),
    lastIssuedAt: byColumn('inventory.last_issued_at', 'instant', true),
  }),
  usual: { by: 'sku', direction: 'asc' },
});

/** Few products are: they are named first. */
const isBelowReorderLevel = (day: string) => sql<boolean>`inventory.product_id = any(array(
  select s.product_id from ${sql.raw(shortProducts(`'${day}'`))} s))`;

const stock = (db: Db) =>
  db.selectFrom('inventory').innerJoin('products', 'products.id', 'inventory.product_id');

/** By name, the places of one bin are sorted where they are found: among all products they can stand at the far end. */
const fewInBin = 5000;

async function matching(db: Db, { search, filter }: ListStock, day: string) {
  const conditions: RawBuilder<boolean>[] = [];
  const has = (condition: RawBuilder<boolean>) => conditions.push(condition);
  if (search) has((await foundProducts(db, search))('inventory.product_id'));
  if (filter?.warehouseId) has(sql`inventory.warehouse_id = ${filter.warehouseId}`);
  if (filter?.binId) has(sql`inventory.bin_id = ${filter.binId}`);
  if (filter?.productId) has(sql`inventory.product_id = ${filter.productId}`);
  if (filter?.category) has(sql`products.category = ${filter.category}`);
  if (filter?.inStock) has(sql`inventory.quantity_on_hand > 0`);
  if (filter?.inStock === false) has(sql`inventory.quantity_on_hand = 0`);
  if (filter?.belowReorderLevel) has(isBelowReorderLevel(day));
  if (filter?.belowReorderLevel === false) has(sql`not ${isBelowReorderLevel(day)}`);
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** The condition that names the places one by one, where there are few; undefined where there are more. */
function named(db: Db, { search, filter, sort }: ListStock, condition: RawBuilder<boolean>) {
  const most = filter?.binId && sort?.by === 'productName' ? fewInBin : few;
  return search || filter?.category
    ? namedWhenFew(db, stock(db).where(condition), 'inventory.id', filter, most)
    : namedWhenFew(db, db.selectFrom('inventory').where(condition), 'inventory.id', filter, most);
}

const available = promisable('inventory', 'products', 'bins', '$2');

const stockColumns = `
  inventory.id, inventory.quantity_on_hand as "onHand", inventory.quantity_reserved as reserved,
  ${available} as available,
  inventory.quantity_in_transit as "inTransit", inventory.avg_cost as "averageCost", inventory.valuation as value,
  products.reorder_level as "reorderLevel", inventory.last_received_at as "lastReceivedAt",
  inventory.last_issued_at as "lastIssuedAt",
  json_build_object('id', products.id, 'sku', products.sku, 'name', products.name, 'category', products.category,
    'unit', products.unit) as product,
  json_build_object('id', warehouses.id, 'code', warehouses.code, 'name', warehouses.name) as warehouse,
  json_build_object('id', bins.id, 'code', bins.code, 'kind', bins.kind) as bin`;

const stockFrom = `from inventory join products on products.id = inventory.product_id
  join warehouses on warehouses.id = inventory.warehouse_id join bins on bins.id = inventory.bin_id`;

export async function listStock(db: Db, input: ListStock, page: KeysetPage<StockSort>) {
  const day = today();
  const matches = await matching(db, input, day);
  const ids = await named(db, input, matches);
  // The page is chosen first: what a row shows is made of the page's rows only, not of all that are sorted for it.
  const build = () => {
    const chosen = page.apply(
      stock(db)
        .where(ids ?? matches)
        .select('inventory.id as id'),
    );
    const shown = stock(db)
      .innerJoin('warehouses', 'warehouses.id', 'inventory.warehouse_id')
      .innerJoin('bins', 'bins.id', 'inventory.bin_id')
      .innerJoin(chosen.as('page'), 'page.id', 'inventory.id')
      .select([
        'page.keyset_value',
        'page.keyset_id',
        'inventory.id as id',
        'inventory.quantity_on_hand as onHand',
        'inventory.quantity_reserved as reserved',
        sql<string>`${sql.raw(promisable('inventory', 'products', 'bins', `'${day}'`))}`.as('available'),
        'inventory.quantity_in_transit as inTransit',
        'inventory.avg_cost as averageCost',
        'inventory.valuation as value',
        'products.reorder_level as reorderLevel',
        'inventory.last_received_at as lastReceivedAt',
        'inventory.last_issued_at as lastIssuedAt',
        sql<
          StockRow['product']
        >`json_build_object('id', products.id, 'sku', products.sku, 'name', products.name,
      'category', products.category, 'unit', products.unit)`.as('product'),
        sql<StockRow['warehouse']>`json_build_object('id', warehouses.id, 'code', warehouses.code,
      'name', warehouses.name)`.as('warehouse'),
        sql<StockRow['bin']>`json_build_object('id', bins.id, 'code', bins.code, 'kind', bins.kind)`.as(
          'bin',
        ),
      ]);
    return page.sorted(shown, 'page');
  };
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  return input.search || ids ? build().execute() : askAgain(db, 'stock', { ...input, day }, build);
}

export async function countStock(db: Db, input: ListStock) {
  return cappedTotal(db, stock(db).where(await matching(db, input, today())));
}

export interface StockOfProduct {
  places: StockRow[];
  backordered: string;
  projected: string;
}

/** All places of one product, by warehouse and bin, and their sums; undefined when there is no such product. */
export async function readStockOfProduct(db: Db, productId: string): Promise<StockOfProduct | undefined> {
  const [places, [product]] = await together([
    rowsOf<StockRow>(
      db,
      `select ${stockColumns} ${stockFrom} where inventory.product_id = $1
       order by warehouses.code, bins.is_default desc, bins.code, inventory.id`,
      [productId, today()],
    ),
    rowsOf<Omit<StockOfProduct, 'places'>>(
      db,
      `select s.backordered, s.projected from ${usableStock('$1', '$2')} s`,
      [productId, today()],
    ),
  ]);
  return product && { places, ...product };
}

/** One place as lists show it. */
export async function readPlace(db: Db, id: string): Promise<StockRow> {
  const [row] = await rowsOf<StockRow>(db, `select ${stockColumns} ${stockFrom} where inventory.id = $1`, [
    id,
    today(),
  ]);
  if (!row) throw new Error('The place does not exist.');
  return row;
}

/** Whether there is a place or a movement of the product. */
export async function hasStockHistory(db: Kysely<TenantDatabase>, productId: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select
    exists (select 1 from stock_movements where product_id = ${productId}) or
    exists (select 1 from inventory where product_id = ${productId}) as known`.execute(db);
  return rows[0]?.known ?? false;
}
