/**
 * Each product's stock over all places once everything open has happened: on hand and in transit, less reserved and
 * less backordered. The transactions that change stock keep it (migrations/domain/0021_running_totals.sql). Goods of lots
 * that can't be used are still in it, since a lot expires without a transaction: see `usableStock` and `shortProducts`.
 */
const productStock = 'product_stock';

/** Of one product, the same without what lies in lots that can't be used on the day: SQL for a FROM. */
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

/**
 * What can be promised of one place on a day: what lies there in lots that can be used and isn't reserved; nothing in
 * quarantine, never below zero. The one definition for lists, sums and proposals, and the same as what an order gets
 * (server/domains/inventory/locked-stock.ts). SQL for an expression: `place` and `bin` name the rows in it.
 */
export const promisable = (
  place: string,
  bin: string,
  day: string,
) => `case when ${bin}.kind = 'quarantine' then 0.000
  else greatest(0.000, ${place}.quantity_on_hand - ${place}.quantity_reserved - coalesce((
    select sum(held.quantity) from lot_stock held join lots on lots.id = held.lot_id
    where held.inventory_id = ${place}.id and not lot_is_usable(lots.status, lots.expires_on, ${day}::date)), 0)) end`;

/** The same of a product over all its places. SQL for an expression. */
export const promisableOf = (productId: string, day: string) => `(
  select coalesce(sum(${promisable('place', 'bin', day)}), 0.000)
  from inventory place join bins bin on bin.id = place.bin_id where place.product_id = ${productId})`;
