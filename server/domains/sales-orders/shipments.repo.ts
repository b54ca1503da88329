import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { provisionalName } from '../../documents/numbers.contract.ts';
import type { KeptPart } from '../../documents/parts.ts';

type Db = Kysely<TenantDatabase>;

export interface ShipmentLineRow {
  id: string;
  sales_order_line_id: string;
  bin_id: string | null;
  quantity: string;
  cost: string;
  movement_id: string | null;
}

/** Keeps a shipment with its lines, under a provisional name until the commit. */
export async function insertShipment(
  db: Db,
  shipment: {
    id: string;
    orderId: string;
    warehouseId: string;
    shippedAt: string;
    shippedBy: string;
    mode: string;
    trackingNumber: string | null;
    carrier: string | null;
    contentHash: Buffer | null;
  },
  lines: readonly ShipmentLineRow[],
): Promise<void> {
  await rowsOf(
    db,
    `with shipment as (
       insert into shipments (id, shipment_number, sales_order_id, warehouse_id, shipped_at, shipped_by, mode,
         tracking_number, carrier, content_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))
     insert into shipment_lines (id, shipment_id, sales_order_line_id, bin_id, quantity, cost, movement_id)
     select l.id, $1::uuid, l.sales_order_line_id, l.bin_id, l.quantity, l.cost, l.movement_id
     from json_to_recordset($11::json) as l (id uuid, sales_order_line_id uuid, bin_id uuid, quantity numeric,
       cost numeric, movement_id uuid)`,
    [
      shipment.id,
      provisionalName(shipment.id),
      shipment.orderId,
      shipment.warehouseId,
      shipment.shippedAt,
      shipment.shippedBy,
      shipment.mode,
      shipment.trackingNumber,
      shipment.carrier,
      shipment.contentHash,
      JSON.stringify(lines),
    ],
  );
}

/** The shipment kept under this id before, if there is one. */
export async function findShipment(db: Db, id: string): Promise<KeptPart | undefined> {
  const [row] = await rowsOf<KeptPart>(
    db,
    'select sales_order_id as "orderId", content_hash as "contentHash" from shipments where id = $1',
    [id],
  );
  return row;
}

/** The payment kept under this id before, if there is one. */
export async function findPayment(db: Db, id: string): Promise<KeptPart | undefined> {
  const [row] = await rowsOf<KeptPart>(
    db,
    'select sales_order_id as "orderId", content_hash as "contentHash" from payments where id = $1',
    [id],
  );
  return row;
}

export async function insertPayment(
  db: Db,
  payment: {
    id: string;
    orderId: string;
    amount: string;
    paidOn: string;
    reference: string | null;
    recordedBy: string;
    contentHash: Buffer | null;
  },
): Promise<void> {
  await rowsOf(
    db,
    `insert into payments (id, sales_order_id, amount, paid_on, reference, recorded_by, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      payment.id,
      payment.orderId,
      payment.amount,
      payment.paidOn,
      payment.reference,
      payment.recordedBy,
      payment.contentHash,
    ],
  );
}
