import { inOrder } from '../../db/statement-order.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { KeptLine, KeptTotals } from '../../documents/kept-amounts.ts';
import { writeTotals } from './drafts.repo.ts';

type Db = Kysely<TenantDatabase>;

/** Writes the revised terms and amounts of a locked order; lines that weren't there before are added. */
export async function writeRevision(
  db: Db,
  id: string,
  totals: KeptTotals,
  lines: readonly KeptLine[],
): Promise<void> {
  await inOrder(
    () =>
      rowsOf(
        db,
        `insert into purchase_order_lines as l (id, purchase_order_id, line_number, product_id, hsn_code, ordered,
           unit_price, discount_percent, discount, tax_percent, net, cgst, sgst, igst, shipping_share, note)
         select r.id, $1::uuid, r.line_number, r.product_id, r.hsn_code, r.ordered, r.unit_price, r.discount_percent,
           r.discount, r.tax_percent, r.net, r.cgst, r.sgst, r.igst, r.shipping_share, r.note
         from json_to_recordset($2::json) as r (id uuid, line_number int, product_id uuid, hsn_code text, ordered numeric,
           unit_price numeric, discount_percent numeric, discount numeric, tax_percent numeric, net numeric,
           cgst numeric, sgst numeric, igst numeric, shipping_share numeric, note text)
         on conflict (id) do update set hsn_code = excluded.hsn_code, ordered = excluded.ordered,
           unit_price = excluded.unit_price, discount_percent = excluded.discount_percent, discount = excluded.discount,
           tax_percent = excluded.tax_percent, net = excluded.net, cgst = excluded.cgst, sgst = excluded.sgst,
           igst = excluded.igst, shipping_share = excluded.shipping_share`,
        [id, JSON.stringify(lines)],
      ),
    () => writeTotals(db, id, totals),
  );
}

export async function writeExpectedDate(db: Db, id: string, day: string | null): Promise<void> {
  await rowsOf(db, 'update purchase_orders set expected_date = $2 where id = $1', [id, day]);
}
