import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { KeptReservation } from './reservations.ts';

type Db = Kysely<TenantDatabase>;

/** What is set aside for these lines, or in these places, in the order the places are locked. */
export async function readReservations(
  db: Db,
  of: { lineIds: readonly string[] } | { placeIds: readonly string[] },
): Promise<KeptReservation[]> {
  const [column, ids] = 'lineIds' in of ? ['sales_order_line_id', of.lineIds] : ['inventory_id', of.placeIds];
  return rowsOf<KeptReservation>(
    db,
    `select r.sales_order_line_id as "lineId", r.inventory_id as "placeId", r.quantity
     from stock_reservations r join inventory i on i.id = r.inventory_id
     where r.${column} = any ($1::uuid[]) order by i.product_id, i.warehouse_id, i.bin_id`,
    [ids],
  );
}

/** Adds to what is reserved for lines, place by place. */
export async function addReservations(db: Db, parts: readonly KeptReservation[]): Promise<void> {
  await rowsOf(
    db,
    `insert into stock_reservations as r (sales_order_line_id, inventory_id, quantity)
     select * from unnest($1::uuid[], $2::uuid[], $3::numeric[])
     on conflict (sales_order_line_id, inventory_id) do update set quantity = r.quantity + excluded.quantity`,
    columnsOf(parts),
  );
}

/** Takes parts of reservations away; what is used up disappears. */
export async function takeReservations(db: Db, parts: readonly KeptReservation[]): Promise<void> {
  await rowsOf(
    db,
    `with taken (line_id, place_id, quantity) as materialized (
       select * from unnest($1::uuid[], $2::uuid[], $3::numeric[])),
     rest as (
       update stock_reservations r set quantity = r.quantity - t.quantity from taken t
       where r.sales_order_line_id = t.line_id and r.inventory_id = t.place_id and r.quantity > t.quantity)
     delete from stock_reservations r using taken t
     where r.sales_order_line_id = t.line_id and r.inventory_id = t.place_id and r.quantity = t.quantity`,
    columnsOf(parts),
  );
}

function columnsOf(parts: readonly KeptReservation[]): unknown[] {
  return [
    parts.map((part) => part.lineId),
    parts.map((part) => part.placeId),
    parts.map((part) => part.quantity),
  ];
}
