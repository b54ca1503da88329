import { lockWithLines } from '../../documents/lock-with-lines.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { LockedOrderLine, LockedPriced } from '../../documents/order-description.ts';
import { heldLines, valuesAsked } from '../../documents/lines.contract.ts';
import type { LinesAsked } from '../../documents/lines.contract.ts';
import type { OrderTables } from '../../documents/order-tables.ts';
import { lastActor, revisionsOf } from '../../documents/audit/entries.repo.ts';
import { reversalOf } from '../../documents/reversals.repo.ts';
import { movements, reservedPlaces } from '../inventory/published.repo.ts';
import { barcodesOf } from '../products/published.repo.ts';
import type { ReservedPlaces, SalesOrder } from './sales-orders.contract.ts';

type Db = Kysely<TenantDatabase>;

export const salesOrderTables: OrderTables = {
  orders: 'sales_orders',
  lines: 'sales_order_lines',
  orderId: 'sales_order_id',
  number: 'so_number',
  header: {
    customerId: 'customer_id',
    warehouseId: 'warehouse_id',
    orderDate: 'order_date',
    promisedDate: 'promised_date',
    customerReference: 'customer_reference',
    notes: 'notes',
  },
  warehouses: ['warehouseId'],
  due: 'promisedDate',
  progress: {
    reserved: 'reserved',
    shipped: 'shipped',
    cancelled: 'cancelled',
    backordered: 'backordered',
    costOfGoods: 'cost_of_goods',
  },
};

const lines = `
  select json_agg(held.line order by held.line_number) from (select l.line_number, json_build_object('id', l.id, 'lineNumber', l.line_number,
      'product', json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit, 'kind', p.kind,
        'taxClass', p.tax_class, 'tracksLots', p.tracks_lots,
        'barcodes', ${barcodesOf('p.id')}),
      'hsnCode', l.hsn_code, 'ordered', l.ordered::text, 'reserved', l.reserved::text, 'shipped', l.shipped::text,
      'cancelled', l.cancelled::text, 'backordered', l.backordered::text, 'unitPrice', l.unit_price::text,
      'discountPercent', l.discount_percent::text, 'taxPercent', l.tax_percent::text, 'net', l.net::text,
      'cgst', l.cgst::text, 'sgst', l.sgst::text, 'igst', l.igst::text, 'costOfGoods', l.cost_of_goods::text,
      'note', l.note) as line
    from sales_order_lines l join products p on p.id = l.product_id
    where l.sales_order_id = o.id and l.line_number > $2 order by l.line_number limit $3::int) held`;

const shipments = `
  select json_agg(json_build_object('id', s.id, 'shipmentNumber', s.shipment_number,
      'shippedAt', to_char(s.shipped_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'shippedBy', s.shipped_by, 'mode', s.mode, 'trackingNumber', s.tracking_number, 'carrier', s.carrier,
      'lines', (select json_agg(json_build_object('id', sl.id, 'salesOrderLineId', sl.sales_order_line_id,
          'quantity', sl.quantity::text, 'bin', b.code, 'lot', m.lot, 'cost', sl.cost::text) order by l.line_number, sl.id)
        from shipment_lines sl join sales_order_lines l on l.id = sl.sales_order_line_id
        left join bins b on b.id = sl.bin_id left join ${movements} m on m.id = sl.movement_id where sl.shipment_id = s.id)) order by s.shipped_at, s.created_at, s.id)
  from shipments s where s.sales_order_id = o.id`;

const payments = `
  select json_agg(json_build_object('id', y.id, 'amount', y.amount::text, 'paidOn', y.paid_on, 'reference', y.reference,
      'recordedBy', y.recorded_by, 'reversal', ${reversalOf('y')}) order by y.paid_on, y.created_at, y.id)
  from payments y where y.sales_order_id = o.id`;

/** The payment status by the columns of `order`: that more was paid than is due shows in the figures alone. */
export const paymentStatusColumn = (order: string) =>
  `case when ${order}.paid > ${order}.total - ${order}.cancelled_value then 'overpaid' else ${order}.payment_status end`;

const record = `
  select o.id, o.version, o.created_at as "createdAt", o.created_by as "createdBy", o.updated_at as "updatedAt",
    o.updated_by as "updatedBy", o.so_number as "soNumber", o.status, ${paymentStatusColumn('o')} as "paymentStatus",
    json_build_object('id', c.id, 'code', c.code, 'name', c.name,
      'stateCode', coalesce(c.billing_address ->> 'stateCode', left(c.gstin, 2))) as customer,
    json_build_object('id', w.id, 'code', w.code, 'name', w.name) as warehouse,
    o.order_date as "orderDate", o.promised_date as "promisedDate", o.customer_reference as "customerReference", o.notes,
    o.inter_state as "interState",
    (select coalesce(bool_or(l.igst <> 0) and bool_or(l.cgst <> 0), false) from sales_order_lines l where l.sales_order_id = o.id) as "mixedTax",
    o.subtotal, o.discount, o.tax, o.shipping, o.total, o.paid,
    o.cancelled_value as "givenUp", o.total - o.cancelled_value as due,
    case when o.status = 'draft' then 0.00 else greatest(o.total - o.cancelled_value - o.paid, 0.00) end as owed,
    greatest(o.paid - o.total + o.cancelled_value, 0.00) as "owedBack",
    o.status_reason as "statusReason", o.line_count as "lineCount", coalesce((${lines}), '[]') as lines,
    coalesce((${shipments}), '[]') as shipments, coalesce((${payments}), '[]') as payments, coalesce(${revisionsOf('sales_order', 'o.id')}, '[]') as revisions,
    o.confirmed_at as "confirmedAt", ${lastActor('sales_order', 'o.id', 'confirm')} as "confirmedBy"
  from sales_orders o join customers c on c.id = o.customer_id join warehouses w on w.id = o.warehouse_id
  where o.id = $1`;

/** The whole order as the contract has it, but for what is possible next. */
export type SalesOrderRecord = Omit<SalesOrder, 'possible'>;

/** One order with its lines, all or those asked for, shipments and payments, in one statement. */
export async function readSalesOrder(
  db: Db,
  id: string,
  asked?: LinesAsked,
): Promise<SalesOrderRecord | undefined> {
  const [row] = await rowsOf<Omit<SalesOrderRecord, 'nextLines'>>(db, record, valuesAsked(id, asked));
  return row && { ...row, ...heldLines(row.lines, asked) };
}

/** Undefined when there is no such order. */
export async function readReservedPlaces(db: Db, id: string): Promise<ReservedPlaces | undefined> {
  const [row] = await rowsOf<{ places: ReservedPlaces }>(
    db,
    `select coalesce((select json_agg(json_build_object('lineId', l.id, 'bin', r.bin, 'quantity', r.quantity::text)
         order by l.line_number, r.bin_id)
       from sales_order_lines l join ${reservedPlaces} r on r.line_id = l.id
       where l.sales_order_id = o.id), '[]') as places
     from sales_orders o where o.id = $1`,
    [id],
  );
  return row?.places;
}

export interface LockedLine extends LockedOrderLine {
  sku: string;
  unit: string;
  tracksLots: boolean;
  reserved: string;
  shipped: string;
  backordered: string;
  costOfGoods: string;
}

export interface LockedOrder extends LockedPriced<SalesOrder['status']> {
  paymentStatus: SalesOrder['paymentStatus'];
  customerId: string;
  warehouseId: string;
  promisedDate: string | null;
  customerReference: string | null;
  notes: string | null;
  paid: string;
  lines: LockedLine[];
}

/** Locks the order for the rest of the transaction; the lines, or `only` some, are read once the lock is held. */
export async function lockSalesOrder(
  db: Db,
  id: string,
  only?: readonly string[],
): Promise<LockedOrder | undefined> {
  return lockWithLines(
    () =>
      rowsOf<Omit<LockedOrder, 'lines'>>(
        db,
        `select o.id, o.so_number as number, o.status, o.version, ${paymentStatusColumn('o')} as "paymentStatus",
         o.customer_id as "customerId", o.warehouse_id as "warehouseId", o.order_date as "orderDate",
         o.promised_date as "promisedDate", o.customer_reference as "customerReference", o.notes,
         o.inter_state as "interState", o.shipping, o.total, o.paid, o.cancelled_value as "cancelledValue"
       from sales_orders o where o.id = $1 for no key update of o`,
        [id],
      ),
    () => readLines(db, id, only),
  );
}

/**
 * The order's lines as they are now. What is reserved and backordered may be changed by arriving stock until the
 * places of the products are locked: read the lines again after that.
 */
export async function readLines(db: Db, orderId: string, only?: readonly string[]): Promise<LockedLine[]> {
  return rowsOf<LockedLine>(
    db,
    `select l.id, l.line_number as "lineNumber", l.product_id as "productId", p.sku, p.unit, p.kind = 'tracked' as tracked,
       p.tracks_lots as "tracksLots",
       l.hsn_code as "hsnCode", l.ordered, l.reserved, l.shipped, l.cancelled, l.backordered,
       l.unit_price as "unitPrice", l.discount_percent as "discountPercent", l.tax_percent as "taxPercent", l.discount, l.net,
       l.cgst, l.sgst, l.igst, l.shipping_share as "shippingShare", l.cost_of_goods as "costOfGoods", l.note
     from sales_order_lines l join products p on p.id = l.product_id
     where l.sales_order_id = $1 ${only ? 'and l.id = any ($2)' : ''} order by l.line_number`,
    only ? [orderId, only] : [orderId],
  );
}

/** The numbers of a few orders whose goods are to leave from the warehouse. */
export async function ordersFrom(db: Db, warehouseId: string): Promise<string[]> {
  const rows = await rowsOf<{ number: string }>(
    db,
    `select so_number as number from sales_orders
     where warehouse_id = $1 and status in ('confirmed', 'partially_shipped') order by order_date, id limit 3`,
    [warehouseId],
  );
  return rows.map((row) => row.number);
}
