import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** A line of a receipt as it was booked. */
export interface ReceivedLine {
  lineId: string;
  binId: string | null;
  quantity: string;
  value: string;
  lot: string | null;
  expiresOn: string | null;
  /** null for services. */
  movementId: string | null;
  /** Nothing has moved in its place since. */
  isLast: boolean;
}

/** What a goods receipt brought, in the order it was booked. The places must be locked before it is relied on. */
export async function readReceivedLines(
  db: Kysely<TenantDatabase>,
  receiptId: string,
): Promise<ReceivedLine[]> {
  return rowsOf<ReceivedLine>(
    db,
    `select r.purchase_order_line_id as "lineId", r.bin_id as "binId", r.quantity, r.value, r.lot,
       r.expires_on as "expiresOn", r.movement_id as "movementId",
       not exists (select 1 from stock_movements later where later.product_id = m.product_id
         and later.warehouse_id = m.warehouse_id and later.bin_id = m.bin_id and later.sequence > m.sequence
         and later.document_id is distinct from m.document_id) as "isLast"
     from goods_receipt_lines r left join stock_movements m on m.id = r.movement_id
     where r.goods_receipt_id = $1 order by m.sequence, r.id`,
    [receiptId],
  );
}
