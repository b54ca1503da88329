import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { provisionalName } from '../../documents/numbers.contract.ts';
import type { KeptPart } from '../../documents/parts.ts';

type Db = Kysely<TenantDatabase>;

export interface ReceiptLineRow {
  id: string;
  purchase_order_line_id: string;
  bin_id: string | null;
  quantity: string;
  unit_cost: string;
  value: string;
  lot: string | null;
  expires_on: string | null;
  movement_id: string | null;
}

/** Keeps a goods receipt with its lines, under a provisional name until the commit. */
export async function insertReceipt(
  db: Db,
  receipt: {
    id: string;
    orderId: string;
    warehouseId: string;
    receivedAt: string;
    receivedBy: string;
    deliveryNote: string | null;
    contentHash: Buffer | null;
  },
  lines: readonly ReceiptLineRow[],
): Promise<void> {
  await rowsOf(
    db,
    `with receipt as (
       insert into goods_receipts (id, receipt_number, purchase_order_id, warehouse_id, received_at, received_by,
         delivery_note, content_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8))
     insert into goods_receipt_lines (id, goods_receipt_id, purchase_order_line_id, bin_id, quantity, unit_cost, value,
         lot, expires_on, movement_id)
     select l.id, $1::uuid, l.purchase_order_line_id, l.bin_id, l.quantity, l.unit_cost, l.value, l.lot, l.expires_on,
       l.movement_id
     from json_to_recordset($9::json) as l (id uuid, purchase_order_line_id uuid, bin_id uuid, quantity numeric,
       unit_cost numeric, value numeric, lot text, expires_on date, movement_id uuid)`,
    [
      receipt.id,
      provisionalName(receipt.id),
      receipt.orderId,
      receipt.warehouseId,
      receipt.receivedAt,
      receipt.receivedBy,
      receipt.deliveryNote,
      receipt.contentHash,
      JSON.stringify(lines),
    ],
  );
}

/** The receipt kept under this id before, if there is one. */
export async function findReceipt(db: Db, id: string): Promise<KeptPart | undefined> {
  const [row] = await rowsOf<KeptPart>(
    db,
    'select purchase_order_id as "orderId", content_hash as "contentHash" from goods_receipts where id = $1',
    [id],
  );
  return row;
}

/** Which of these bins goods can be put into: active ones of the warehouse. */
export async function usableBins(db: Db, warehouseId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `select id from bins where warehouse_id = $1 and id = any ($2::uuid[]) and status = 'active'`,
    [warehouseId, ids],
  );
  return new Set(rows.map((row) => row.id));
}
