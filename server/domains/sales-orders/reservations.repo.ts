import { inOrder } from '../../db/statement-order.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** A line that waits for stock. */
export interface WaitingLine {
  lineId: string;
  orderId: string;
  orderNumber: string;
  productId: string;
  warehouseId: string;
  backordered: string;
}

/** Lines that wait for these products in these warehouses, the oldest order first. The places must be locked. */
export async function readWaitingLines(
  db: Db,
  products: readonly { productId: string; warehouseId: string }[],
): Promise<WaitingLine[]> {
  return rowsOf<WaitingLine>(
    db,
    `select l.id as "lineId", o.id as "orderId", o.so_number as "orderNumber", l.product_id as "productId",
       o.warehouse_id as "warehouseId", l.backordered
     from sales_order_lines l join sales_orders o on o.id = l.sales_order_id
     where l.backordered > 0 and l.product_id = any ($1::uuid[]) and o.status in ('confirmed', 'partially_shipped')
       and (l.product_id, o.warehouse_id) in (select * from unnest($1::uuid[], $2::uuid[]))
     order by o.confirmed_at, o.id, l.line_number`,
    [products.map((each) => each.productId), products.map((each) => each.warehouseId)],
  );
}

export interface ReservedPart {
  lineId: string;
  placeId: string;
  quantity: string;
}

/** A line that stock is set aside for in one place. */
export interface HoldingLine extends ReservedPart {
  orderId: string;
  orderNumber: string;
}

/** Lines that hold reservations in these places, the youngest order first. The places must be locked. */
export async function readHoldingLines(db: Db, placeIds: readonly string[]): Promise<HoldingLine[]> {
  return rowsOf<HoldingLine>(
    db,
    `select r.sales_order_line_id as "lineId", r.inventory_id as "placeId", r.quantity, o.id as "orderId",
       o.so_number as "orderNumber"
     from stock_reservations r join sales_order_lines l on l.id = r.sales_order_line_id
     join sales_orders o on o.id = l.sales_order_id
     where r.inventory_id = any ($1::uuid[]) order by o.confirmed_at desc, o.id desc, l.line_number desc`,
    [placeIds],
  );
}

/** Adds to what is reserved for lines, place by place. */
export async function addReservations(db: Db, parts: readonly ReservedPart[]): Promise<void> {
  if (parts.length === 0) return;
  await rowsOf(
    db,
    `insert into stock_reservations as r (sales_order_line_id, inventory_id, quantity)
     select * from unnest($1::uuid[], $2::uuid[], $3::numeric[])
     on conflict (sales_order_line_id, inventory_id) do update set quantity = r.quantity + excluded.quantity`,
    [parts.map((part) => part.lineId), parts.map((part) => part.placeId), parts.map((part) => part.quantity)],
  );
}

/** Where the goods reserved for an order lie, in the order the places are locked. */
export async function readReservations(db: Db, orderId: string): Promise<ReservedPart[]> {
  return rowsOf<ReservedPart>(
    db,
    `select r.sales_order_line_id as "lineId", r.inventory_id as "placeId", r.quantity
     from stock_reservations r join sales_order_lines l on l.id = r.sales_order_line_id
     join inventory i on i.id = r.inventory_id
     where l.sales_order_id = $1 order by l.line_number, i.bin_id`,
    [orderId],
  );
}

/** Takes parts of reservations away; what is used up disappears. */
export async function takeReservations(db: Db, parts: readonly ReservedPart[]): Promise<void> {
  if (parts.length === 0) return;
  const values = [
    parts.map((part) => part.lineId),
    parts.map((part) => part.placeId),
    parts.map((part) => part.quantity),
  ];
  const taken = 'unnest($1::uuid[], $2::uuid[], $3::numeric[]) as t (line_id, place_id, quantity)';
  await inOrder(
    () =>
      rowsOf(
        db,
        `delete from stock_reservations r using ${taken}
       where r.sales_order_line_id = t.line_id and r.inventory_id = t.place_id and r.quantity = t.quantity`,
        values,
      ),
    () =>
      rowsOf(
        db,
        `update stock_reservations r set quantity = r.quantity - t.quantity from ${taken}
       where r.sales_order_line_id = t.line_id and r.inventory_id = t.place_id and r.quantity > t.quantity`,
        values,
      ),
  );
}

/** Moves quantities of lines from backordered to reserved. */
export async function serveLines(
  db: Db,
  served: readonly { lineId: string; quantity: string }[],
): Promise<void> {
  await rowsOf(
    db,
    `update sales_order_lines l set reserved = l.reserved + s.quantity, backordered = l.backordered - s.quantity
     from unnest($1::uuid[], $2::numeric[]) as s (line_id, quantity) where l.id = s.line_id`,
    [served.map((each) => each.lineId), served.map((each) => each.quantity)],
  );
}

/** What is reserved for lines becomes what is reserved for those that take them over. */
export async function moveReservations(
  db: Db,
  moves: readonly { from: string; to: string }[],
): Promise<void> {
  if (moves.length === 0) return;
  await rowsOf(
    db,
    `update stock_reservations r set sales_order_line_id = m.target
     from unnest($1::uuid[], $2::uuid[]) as m (source, target) where r.sales_order_line_id = m.source`,
    [moves.map((move) => move.from), moves.map((move) => move.to)],
  );
}
