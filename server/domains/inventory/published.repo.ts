import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** What is reserved for lines of sales orders, place by place. */
export const reservedPlaces = `(
  select r.sales_order_line_id as line_id, r.quantity, i.bin_id, b.code as bin
  from stock_reservations r join inventory i on i.id = r.inventory_id join bins b on b.id = i.bin_id)`;

/** What moved, as the documents that caused it name it. */
export const movements = '(select id, sequence, lot from stock_movements)';

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
