import { inOrder } from '../../db/statement-order.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { KeptLine, KeptTotals } from '../../documents/kept-amounts.ts';
import { writeTotals } from './drafts.repo.ts';

type Db = Kysely<TenantDatabase>;

/** A revised line with what is reserved for it and waits. */
export type RevisedSaleLine = Omit<KeptLine, 'shipping_share'> & { reserved: string; backordered: string };

/** Writes the revised terms, amounts and reservations of a locked order; lines that weren't there before are added. */
export async function writeRevision(
  db: Db,
  id: string,
  totals: KeptTotals,
  lines: readonly RevisedSaleLine[],
): Promise<void> {
  await inOrder(
    () =>
      rowsOf(
        db,
        `insert into sales_order_lines as l (id, sales_order_id, line_number, product_id, hsn_code, ordered, reserved,
           backordered, unit_price, discount_percent, discount, tax_percent, net, cgst, sgst, igst, note)
         select r.id, $1::uuid, r.line_number, r.product_id, r.hsn_code, r.ordered, r.reserved, r.backordered,
           r.unit_price, r.discount_percent, r.discount, r.tax_percent, r.net, r.cgst, r.sgst, r.igst, r.note
         from json_to_recordset($2::json) as r (id uuid, line_number int, product_id uuid, hsn_code text, ordered numeric,
           reserved numeric, backordered numeric, unit_price numeric, discount_percent numeric, discount numeric,
           tax_percent numeric, net numeric, cgst numeric, sgst numeric, igst numeric, note text)
         on conflict (id) do update set hsn_code = excluded.hsn_code, ordered = excluded.ordered,
           reserved = excluded.reserved, backordered = excluded.backordered, unit_price = excluded.unit_price,
           discount_percent = excluded.discount_percent, discount = excluded.discount,
           tax_percent = excluded.tax_percent, net = excluded.net, cgst = excluded.cgst, sgst = excluded.sgst,
           igst = excluded.igst`,
        [id, JSON.stringify(lines)],
      ),
    () => writeTotals(db, id, totals),
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

export async function writePromisedDate(db: Db, id: string, day: string | null): Promise<void> {
  await rowsOf(db, 'update sales_orders set promised_date = $2 where id = $1', [id, day]);
}
