import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { isLastOfPlace, movements } from '../inventory/published.repo.ts';

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
       ${isLastOfPlace('r.movement_id')} as "isLast"
     from goods_receipt_lines r left join ${movements} m on m.id = r.movement_id
     where r.goods_receipt_id = $1 order by m.sequence, r.id`,
    [receiptId],
  );
}
