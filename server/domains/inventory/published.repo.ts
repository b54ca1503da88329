import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { productStock } from '../../documents/projected-stock.repo.ts';

/** What is reserved for lines of sales orders, place by place. */
export const reservedPlaces = `(
  select r.sales_order_line_id as line_id, r.quantity, i.bin_id, b.code as bin
  from stock_reservations r join inventory i on i.id = r.inventory_id join bins b on b.id = i.bin_id)`;

/** What moved, as the documents that caused it name it. */
export const movements = '(select id, sequence, lot from stock_movements)';

/** What is known of lots beside their last usable day, by product and the key of their number. */
export const describedLots = '(select product_id, number_key, made_on, vendor_lot from lots)';

/** Whether nothing has moved in the place of a movement since, except for the same document. */
export const isLastOfPlace = (movementId: string) => `not exists (
  select 1 from stock_movements m join stock_movements later on later.product_id = m.product_id
    and later.warehouse_id = m.warehouse_id and later.bin_id = m.bin_id and later.sequence > m.sequence
    and later.document_id is distinct from m.document_id
  where m.id = ${movementId})`;

/** The names of movements, by their ids: the product and its place. */
export const movementNames = (ids: string) => `
  select m.id::text, p.sku || ' ' || w.code || '/' || b.code
  from stock_movements m join products p on p.id = m.product_id join warehouses w on w.id = m.warehouse_id
    join bins b on b.id = m.bin_id
  where m.id = any(${ids}::uuid[])`;

/** Whether anything lies in, is reserved in or is on its way to the warehouse (or to one of its bins). */
export async function holdsStock(
  db: Kysely<TenantDatabase>,
  place: { warehouseId: string; binId?: string },
): Promise<boolean> {
  let query = db
    .selectFrom('inventory')
    .select('id')
    .where('warehouse_id', '=', place.warehouseId)
    .where((eb) => eb.or([eb('quantity_on_hand', '>', '0'), eb('quantity_in_transit', '>', '0')]))
    .limit(1);
  if (place.binId !== undefined) query = query.where('bin_id', '=', place.binId);
  return (await query.execute()).length > 0;
}

/** What one product comes to (see `productStock`), without what lies in lots that can't be used on the day: SQL for a FROM. */
export const usableStock = (productId: string, day: string) => `(
  select k.product_id, k.backordered, k.projected - coalesce((
    select sum(s.quantity) from lots l join lot_stock s on s.lot_id = l.id
    where l.product_id = k.product_id and not lot_is_usable(l.status, l.expires_on, ${day}::date)), 0) as projected
  from ${productStock} k where k.product_id = ${productId})`;

/**
 * The products that have to be ordered again, by what of them can be used on the day: at or below the level where that is
 * due; services never. SQL for a FROM: product_id, projected, reorder_level.
 */
export const shortProducts = (day: string) => `(
  with unusable as materialized (select * from unusable_stock(${day}::date))
  select k.product_id, k.projected - coalesce(u.quantity, 0) as projected, k.reorder_level
  from ${productStock} k left join unusable u using (product_id) where k.is_short
  union all
  select k.product_id, k.projected - u.quantity, k.reorder_level
  from unusable u join ${productStock} k using (product_id)
  where not k.is_short and k.reorder_level > 0 and k.projected - u.quantity <= k.reorder_level)`;

/** What of a place lies in lots that can't be used on the day; only a product kept by lots is asked for its lots. */
const unusableOf = (
  place: string,
  tracksLots: string,
  day: string,
) => `case when ${tracksLots} then coalesce((
    select sum(held.quantity) from lot_stock held join lots on lots.id = held.lot_id
    where held.inventory_id = ${place}.id and not lot_is_usable(lots.status, lots.expires_on, ${day}::date)), 0)
  else 0 end`;

const promisableThere = (place: string, tracksLots: string, day: string) =>
  `greatest(0.000, ${place}.quantity_on_hand - ${place}.quantity_reserved - ${unusableOf(place, tracksLots, day)})`;

/**
 * What can be promised of one place on a day: what lies there in lots that can be used and isn't reserved; nothing in
 * quarantine, never below zero. The one definition for lists, sums and proposals, and the same as what an order gets
 * (server/domains/inventory/locked-stock.ts). SQL for an expression: `place`, `product` and `bin` name the rows in it.
 */
export const promisable = (place: string, product: string, bin: string, day: string) =>
  `case when ${bin}.kind = 'quarantine' then 0.000
  else ${promisableThere(place, `${product}.tracks_lots`, day)} end`;

/**
 * The same of a product over all its places; `product` names a row with its id and whether it is kept by lots. The bins in
 * quarantine are few and looked up once, not place by place. SQL for an expression.
 */
export const promisableOf = (product: string, day: string) => `(
  select coalesce(sum(${promisableThere('place', `${product}.tracks_lots`, day)}), 0.000)
  from inventory place where place.product_id = ${product}.id and place.quantity_on_hand > place.quantity_reserved
    and place.bin_id not in (select bins.id from bins where bins.kind = 'quarantine'))`;
