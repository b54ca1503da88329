import { together } from '../../db/statement-order.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { askAgain } from '../../db/compiled-queries.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import { visibleKeys } from '../../permissions/visible-keys.ts';
import type { KeysetPage } from '../../db/keyset.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { foundProducts, stockedPlaces } from './found-products.repo.ts';
import type { FoundProducts } from './found-products.repo.ts';
import { productStock } from '../../documents/projected-stock.repo.ts';
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
const isBelowReorderLevel = sql<boolean>`inventory.product_id = any(array(
  select s.product_id from ${sql.raw(productStock)} s where s.is_short))`;

/** What is looked up before a list: the products of its search, the places with or without stock. */
interface LookedUp {
  found?: FoundProducts;
  stocked?: RawBuilder<boolean>;
}

async function lookedUp(db: Db, { search, filter }: ListStock): Promise<LookedUp> {
  return {
    ...(search && { found: await foundProducts(db, search) }),
    ...(filter?.inStock !== undefined && { stocked: await stockedPlaces(db, filter.inStock) }),
  };
}

function matching(db: Db, { filter }: ListStock, { found, stocked }: LookedUp) {
  let query = db
    .selectFrom('inventory')
    .innerJoin('products', 'products.id', 'inventory.product_id')
    .innerJoin('warehouses', 'warehouses.id', 'inventory.warehouse_id')
    .innerJoin('bins', 'bins.id', 'inventory.bin_id');
  if (found) query = query.where(found('products.id'));
  if (filter?.warehouseId) query = query.where('inventory.warehouse_id', '=', filter.warehouseId);
  if (filter?.binId) query = query.where('inventory.bin_id', '=', filter.binId);
  if (filter?.productId) query = query.where('inventory.product_id', '=', filter.productId);
  if (filter?.category) query = query.where('products.category', '=', filter.category);
  if (stocked) query = query.where(stocked);
  if (filter?.belowReorderLevel) query = query.where(isBelowReorderLevel);
  if (filter?.belowReorderLevel === false) query = query.where(sql<boolean>`not ${isBelowReorderLevel}`);
  return query;
}

const stockColumns = `
  inventory.id, inventory.quantity_on_hand as "onHand", inventory.quantity_reserved as reserved,
  inventory.quantity_on_hand - inventory.quantity_reserved as available,
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
  const known = await lookedUp(db, input);
  const build = () =>
    page.apply(
      matching(db, input, known).select([
        'inventory.id as id',
        'inventory.quantity_on_hand as onHand',
        'inventory.quantity_reserved as reserved',
        sql<string>`inventory.quantity_on_hand - inventory.quantity_reserved`.as('available'),
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
      ]),
    );
  // What is found decides about the query as well: only where nothing was looked up is it the same one again.
  return known.found || known.stocked ? build().execute() : askAgain(db, 'stock', input, build);
}

export async function countStock(db: Db, input: ListStock) {
  return cappedTotal(db, matching(db, input, await lookedUp(db, input)));
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
      [productId],
    ),
    rowsOf<Omit<StockOfProduct, 'places'>>(
      db,
      `select s.backordered, s.projected from ${productStock} s where s.product_id = $1`,
      [productId],
    ),
  ]);
  return product && { places, ...product };
}

/** One place as lists show it. */
export async function readPlace(db: Db, id: string): Promise<StockRow> {
  const [row] = await rowsOf<StockRow>(db, `select ${stockColumns} ${stockFrom} where inventory.id = $1`, [
    id,
  ]);
  if (!row) throw new Error('The place does not exist.');
  return row;
}
