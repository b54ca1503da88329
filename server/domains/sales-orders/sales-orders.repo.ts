import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { SalesOrder } from './sales-orders.contract.ts';

type Db = Kysely<TenantDatabase>;

const lines = `
  select json_agg(json_build_object('id', l.id, 'lineNumber', l.line_number,
      'product', json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit, 'kind', p.kind,
        'barcodes', array(select b.barcode from product_barcodes b where b.product_id = p.id order by b.barcode)),
      'hsnCode', l.hsn_code, 'ordered', l.ordered::text, 'reserved', l.reserved::text, 'shipped', l.shipped::text,
      'cancelled', l.cancelled::text, 'backordered', l.backordered::text, 'unitPrice', l.unit_price::text,
      'discountPercent', l.discount_percent::text, 'taxPercent', l.tax_percent::text, 'net', l.net::text,
      'cgst', l.cgst::text, 'sgst', l.sgst::text, 'igst', l.igst::text, 'costOfGoods', l.cost_of_goods::text,
      'note', l.note) order by l.line_number)
  from sales_order_lines l join products p on p.id = l.product_id where l.sales_order_id = o.id`;

const shipments = `
  select json_agg(json_build_object('id', s.id, 'shipmentNumber', s.shipment_number,
      'shippedAt', to_char(s.shipped_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'shippedBy', s.shipped_by, 'mode', s.mode, 'trackingNumber', s.tracking_number, 'carrier', s.carrier,
      'lines', (select json_agg(json_build_object('id', sl.id, 'salesOrderLineId', sl.sales_order_line_id,
          'quantity', sl.quantity::text, 'bin', b.code, 'cost', sl.cost::text) order by l.line_number, sl.id)
        from shipment_lines sl join sales_order_lines l on l.id = sl.sales_order_line_id
        left join bins b on b.id = sl.bin_id where sl.shipment_id = s.id)) order by s.shipped_at, s.shipment_number)
  from shipments s where s.sales_order_id = o.id`;

const payments = `
  select json_agg(json_build_object('id', y.id, 'amount', y.amount::text, 'paidOn', y.paid_on, 'reference', y.reference,
      'recordedBy', y.recorded_by) order by y.paid_on, y.created_at, y.id)
  from payments y where y.sales_order_id = o.id`;

const record = `
  select o.id, o.version, o.created_at as "createdAt", o.created_by as "createdBy", o.updated_at as "updatedAt",
    o.updated_by as "updatedBy", o.so_number as "soNumber", o.status, o.payment_status as "paymentStatus",
    json_build_object('id', c.id, 'code', c.code, 'name', c.name,
      'stateCode', coalesce(left(c.gstin, 2), c.billing_address ->> 'stateCode')) as customer,
    json_build_object('id', w.id, 'code', w.code, 'name', w.name) as warehouse,
    o.order_date as "orderDate", o.promised_date as "promisedDate", o.customer_reference as "customerReference", o.notes,
    o.inter_state as "interState", o.subtotal, o.discount, o.tax, o.shipping, o.total, o.paid,
    o.status_reason as "statusReason", coalesce((${lines}), '[]') as lines,
    coalesce((${shipments}), '[]') as shipments, coalesce((${payments}), '[]') as payments
  from sales_orders o join customers c on c.id = o.customer_id join warehouses w on w.id = o.warehouse_id
  where o.id = $1`;

/** The whole order as the contract has it, but for what is possible next. */
export type SalesOrderRecord = Omit<SalesOrder, 'possible'>;

/** One order with its lines, shipments and payments, in one statement. */
export async function readSalesOrder(db: Db, id: string): Promise<SalesOrderRecord | undefined> {
  const [row] = await rowsOf<SalesOrderRecord>(db, record, [id]);
  return row;
}

export interface LockedLine {
  id: string;
  lineNumber: number;
  productId: string;
  sku: string;
  tracked: boolean;
  ordered: string;
  reserved: string;
  shipped: string;
  cancelled: string;
  backordered: string;
  unitPrice: string;
  discountPercent: string;
  net: string;
  cgst: string;
  sgst: string;
  igst: string;
  costOfGoods: string;
  note: string | null;
}

export interface LockedOrder {
  id: string;
  number: string;
  status: SalesOrder['status'];
  version: number;
  paymentStatus: SalesOrder['paymentStatus'];
  customerId: string;
  warehouseId: string;
  orderDate: string;
  promisedDate: string | null;
  customerReference: string | null;
  notes: string | null;
  shipping: string;
  total: string;
  paid: string;
  cancelledValue: string;
}

/** Locks the order's header for the rest of the transaction. */
export async function lockSalesOrder(db: Db, id: string): Promise<LockedOrder | undefined> {
  const [row] = await rowsOf<LockedOrder>(
    db,
    `select o.id, o.so_number as number, o.status, o.version, o.payment_status as "paymentStatus",
       o.customer_id as "customerId", o.warehouse_id as "warehouseId", o.order_date as "orderDate",
       o.promised_date as "promisedDate", o.customer_reference as "customerReference", o.notes, o.shipping, o.total,
       o.paid, o.cancelled_value as "cancelledValue"
     from sales_orders o where o.id = $1 for no key update of o`,
    [id],
  );
  return row;
}

/**
 * The order's lines as they are now. What is reserved and backordered may be changed by arriving stock until the
 * places of the products are locked: read the lines again after that.
 */
export async function readLines(db: Db, orderId: string): Promise<LockedLine[]> {
  return rowsOf<LockedLine>(
    db,
    `select l.id, l.line_number as "lineNumber", l.product_id as "productId", p.sku, p.kind = 'tracked' as tracked,
       l.ordered, l.reserved, l.shipped, l.cancelled, l.backordered, l.unit_price as "unitPrice",
       l.discount_percent as "discountPercent", l.net, l.cgst, l.sgst, l.igst, l.cost_of_goods as "costOfGoods", l.note
     from sales_order_lines l join products p on p.id = l.product_id
     where l.sales_order_id = $1 order by l.line_number`,
    [orderId],
  );
}

/** Of customer and products, the ones that are no longer in use. */
export async function retiredReferences(
  db: Db,
  orderId: string,
): Promise<{ field: string; name: string; status: string }[]> {
  return rowsOf(
    db,
    `select 'customerId' as field, c.name, c.status from sales_orders o join customers c on c.id = o.customer_id
     where o.id = $1 and c.status <> 'active'
     union all
     select 'lines.' || (l.line_number - 1) || '.productId', p.sku, p.status
     from sales_order_lines l join products p on p.id = l.product_id
     where l.sales_order_id = $1 and p.status <> 'active'`,
    [orderId],
  );
}
