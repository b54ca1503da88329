import { lockWithLines } from '../../documents/lock-with-lines.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { LockedOrderLine, LockedPriced } from '../../documents/order-description.ts';
import { heldLines, valuesAsked } from '../../documents/lines.contract.ts';
import type { LinesAsked } from '../../documents/lines.contract.ts';
import type { OrderTables } from '../../documents/order-tables.ts';
import { revisionsOf } from '../../documents/audit/entries.repo.ts';
import { reversalOf } from '../../documents/reversals.repo.ts';
import { describedLots } from '../inventory/published.repo.ts';
import { barcodesOf } from '../products/published.repo.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';

type Db = Kysely<TenantDatabase>;

export const purchaseOrderTables: OrderTables = {
  orders: 'purchase_orders',
  lines: 'purchase_order_lines',
  orderId: 'purchase_order_id',
  number: 'po_number',
  header: {
    vendorId: 'vendor_id',
    warehouseId: 'warehouse_id',
    orderDate: 'order_date',
    expectedDate: 'expected_date',
    vendorReference: 'vendor_reference',
    notes: 'notes',
  },
  warehouses: ['warehouseId'],
  due: 'expectedDate',
  progress: { received: 'received', receivedValue: 'received_value', cancelled: 'cancelled' },
};

const lines = `
  select json_agg(held.line order by held.line_number) from (select l.line_number, json_build_object('id', l.id, 'lineNumber', l.line_number,
      'product', json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit, 'kind', p.kind,
        'taxClass', p.tax_class, 'tracksLots', p.tracks_lots, 'barcodes', ${barcodesOf('p.id')}),
      'hsnCode', l.hsn_code, 'ordered', l.ordered::text, 'received', l.received::text, 'cancelled', l.cancelled::text,
      'open', greatest(l.ordered - l.received - l.cancelled, 0.000)::text, 'unitPrice', l.unit_price::text,
      'discountPercent', l.discount_percent::text, 'taxPercent', l.tax_percent::text, 'net', l.net::text,
      'cgst', l.cgst::text, 'sgst', l.sgst::text, 'igst', l.igst::text, 'shippingShare', l.shipping_share::text,
      'tolerancePercent', coalesce(p.receipt_tolerance_percent, s.receipt_tolerance_percent)::text,
      'note', l.note) as line
    from purchase_order_lines l join products p on p.id = l.product_id cross join tenant_settings s
    where l.purchase_order_id = o.id and l.line_number > $2 order by l.line_number limit $3::int) held`;

const receipts = `
  select json_agg(json_build_object('id', r.id, 'receiptNumber', r.receipt_number,
      'receivedAt', to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'receivedBy', r.received_by, 'deliveryNote', r.delivery_note, 'reversal', ${reversalOf('r')},
      'lines', (select json_agg(json_build_object('id', rl.id, 'purchaseOrderLineId', rl.purchase_order_line_id,
          'quantity', rl.quantity::text, 'unitCost', rl.unit_cost::text, 'value', rl.value::text, 'bin', b.code,
          'lot', rl.lot, 'expiresOn', rl.expires_on, 'madeOn', k.made_on, 'vendorLot', k.vendor_lot) order by l.line_number, rl.id)
        from goods_receipt_lines rl join purchase_order_lines l on l.id = rl.purchase_order_line_id
        left join bins b on b.id = rl.bin_id
        left join ${describedLots} k on k.product_id = l.product_id and k.number_key = upper(rl.lot) where rl.goods_receipt_id = r.id)) order by r.received_at, r.created_at, r.id)
  from goods_receipts r where r.purchase_order_id = o.id`;

const record = `
  select o.id, o.version, o.created_at as "createdAt", o.created_by as "createdBy", o.updated_at as "updatedAt",
    o.updated_by as "updatedBy", o.po_number as "poNumber", o.status,
    json_build_object('id', v.id, 'code', v.code, 'name', v.name,
      'stateCode', coalesce(v.address ->> 'stateCode', left(v.gstin, 2))) as vendor,
    json_build_object('id', w.id, 'code', w.code, 'name', w.name) as warehouse,
    o.order_date as "orderDate", o.expected_date as "expectedDate", o.vendor_reference as "vendorReference", o.notes,
    o.inter_state as "interState",
    (select coalesce(bool_or(l.igst <> 0) and bool_or(l.cgst <> 0), false) from purchase_order_lines l where l.purchase_order_id = o.id) as "mixedTax",
    o.subtotal, o.discount, o.tax, o.shipping, o.total,
    o.cancelled_value as "givenUp", o.total - o.cancelled_value as due, o.submitted_by as "submittedBy",
    o.submitted_at as "submittedAt", o.approved_by as "approvedBy", o.approved_at as "approvedAt",
    o.status_reason as "statusNote", to_jsonb(o) ->> 'status_reason_code' as "statusReasonCode", o.line_count as "lineCount", coalesce((${lines}), '[]') as lines, coalesce((${receipts}), '[]') as receipts, coalesce(${revisionsOf('purchase_order', 'o.id')}, '[]') as revisions
  from purchase_orders o join vendors v on v.id = o.vendor_id join warehouses w on w.id = o.warehouse_id
  where o.id = $1`;

/** The whole order as the contract has it, but for what is possible next and its reason in words. */
export type PurchaseOrderRecord = Omit<PurchaseOrder, 'possible' | 'statusReason'>;

/** One order with its lines, all or those asked for, and receipts, in one statement. */
export async function readPurchaseOrder(
  db: Db,
  id: string,
  asked?: LinesAsked,
): Promise<PurchaseOrderRecord | undefined> {
  const [row] = await rowsOf<Omit<PurchaseOrderRecord, 'nextLines'>>(db, record, valuesAsked(id, asked));
  return row && { ...row, ...heldLines(row.lines, asked) };
}

export interface LockedLine extends LockedOrderLine {
  sku: string;
  tracksLots: boolean;
  unit: string;
  tolerancePercent: string;
  received: string;
  receivedValue: string;
}

export interface LockedOrder extends LockedPriced<PurchaseOrder['status']> {
  vendorId: string;
  warehouseId: string;
  expectedDate: string | null;
  vendorReference: string | null;
  notes: string | null;
  submittedById: string | null;
  approvalThreshold: string;
  /** The schema has room for the code of a reason; one that is a version older has none. */
  keepsReasonCode: boolean;
  /** Goods have come in on it, if only to be taken back. */
  wasReceived: boolean;
  lines: LockedLine[];
}

/** Locks the order for the rest of the transaction; the lines, or `only` some, are read once the lock is held. */
export async function lockPurchaseOrder(
  db: Db,
  id: string,
  only?: readonly string[],
): Promise<LockedOrder | undefined> {
  return lockWithLines(
    () =>
      rowsOf<Omit<LockedOrder, 'lines'>>(
        db,
        `select o.id, o.po_number as number, o.status, o.version, o.vendor_id as "vendorId",
         o.warehouse_id as "warehouseId", o.order_date as "orderDate", o.expected_date as "expectedDate",
         o.vendor_reference as "vendorReference", o.notes, o.inter_state as "interState", o.shipping, o.total,
         o.cancelled_value as "cancelledValue", o.submitted_by_id as "submittedById",
         to_jsonb(o) ? 'status_reason_code' as "keepsReasonCode",
         (select s.approval_threshold from tenant_settings s) as "approvalThreshold",
         exists (select 1 from goods_receipts r where r.purchase_order_id = o.id) as "wasReceived"
       from purchase_orders o where o.id = $1 for no key update of o`,
        [id],
      ),
    () =>
      rowsOf<LockedLine>(
        db,
        `select l.id, l.line_number as "lineNumber", l.product_id as "productId", p.sku, p.kind = 'tracked' as tracked,
         p.tracks_lots as "tracksLots", p.unit,
         coalesce(p.receipt_tolerance_percent, s.receipt_tolerance_percent) as "tolerancePercent",
         l.hsn_code as "hsnCode", l.ordered, l.received, l.cancelled, l.unit_price as "unitPrice",
         l.discount_percent as "discountPercent", l.tax_percent as "taxPercent", l.discount, l.net,
         l.cgst, l.sgst, l.igst, l.shipping_share as "shippingShare", l.received_value as "receivedValue", l.note
       from purchase_order_lines l join products p on p.id = l.product_id cross join tenant_settings s
       where l.purchase_order_id = $1 ${only ? 'and l.id = any ($2)' : ''} order by l.line_number`,
        only ? [id, only] : [id],
      ),
  );
}

/** The numbers of a few orders whose goods are to arrive in the warehouse. */
export async function ordersInto(db: Db, warehouseId: string): Promise<string[]> {
  const rows = await rowsOf<{ number: string }>(
    db,
    `select po_number as number from purchase_orders
     where warehouse_id = $1 and status in ('confirmed', 'partially_delivered') order by order_date, id limit 3`,
    [warehouseId],
  );
  return rows.map((row) => row.number);
}
