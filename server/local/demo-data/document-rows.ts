import { money, quantity } from '../../ground/decimals.contract.ts';
import type { DemoPurchaseOrder, DemoReceipt } from './purchasing.ts';
import { reservedOf } from './sales-order.ts';
import type { DemoPayment, DemoSalesOrder, DemoShipment } from './sales-order.ts';
import type { DemoYear } from './year.ts';

type OrderedLine = (DemoPurchaseOrder | DemoSalesOrder)['lines'][number];

/** What was ordered on a line, and at which price with which tax: the same columns on both sides. */
const orderedRow = (line: OrderedLine, index: number) => ({
  line_number: index + 1,
  product_id: line.product.id,
  hsn_code: line.product.hsn_code,
  ordered: quantity(line.ordered),
});
const pricedRow = (line: OrderedLine) => ({
  unit_price: line.unitPrice,
  discount_percent: line.discountPercent,
  discount: money(line.amounts.discount),
  tax_percent: line.taxPercent,
  net: money(line.amounts.net),
  cgst: money(line.amounts.cgst),
  sgst: money(line.amounts.sgst),
  igst: money(line.amounts.igst),
});

/** The orders of the year as rows of the tables. */
export function purchaseOrderRows(year: DemoYear, orders: readonly DemoPurchaseOrder[]) {
  return orders.map((order) => ({
    id: order.id,
    po_number: order.number,
    status: order.status,
    vendor_id: order.vendor.id,
    warehouse_id: order.warehouse.id,
    order_date: year.date(order.day),
    expected_date: order.expected,
    inter_state: order.interState,
    ...order.header,
    shipping: order.shipping,
    line_count: order.lines.length,
    cancelled_value: money(order.cancelledValue),
    submitted_by_id: order.submitted?.by.userId ?? null,
    submitted_by: order.submitted?.by.name ?? null,
    submitted_at: order.submitted?.at ?? null,
    approved_by_id: order.approved?.by.userId ?? null,
    approved_by: order.approved?.by.name ?? null,
    approved_at: order.approved?.at ?? null,
    status_reason: order.reason,
    version: order.version,
    created_at: order.createdAt,
    created_by: year.people.buyer.name,
    updated_at: order.updatedAt,
    updated_by: order.updatedBy,
  }));
}

export function purchaseOrderLineRows(orders: readonly DemoPurchaseOrder[]) {
  return orders.flatMap((order) =>
    order.lines.map((line, index) => ({
      id: line.id,
      purchase_order_id: order.id,
      ...orderedRow(line, index),
      received: quantity(line.received),
      cancelled: quantity(line.cancelled),
      ...pricedRow(line),
      shipping_share: money(line.shippingShare),
      received_value: money(line.receivedValue),
    })),
  );
}

export function receiptRows(year: DemoYear, receipts: readonly DemoReceipt[]) {
  return receipts.map((receipt) => ({
    id: receipt.id,
    receipt_number: receipt.number,
    purchase_order_id: receipt.order.id,
    warehouse_id: receipt.order.warehouse.id,
    received_at: receipt.at,
    received_by: year.people.clerk.name,
    delivery_note: receipt.deliveryNote,
    created_at: receipt.at,
  }));
}

export function receiptLineRows(receipts: readonly DemoReceipt[]) {
  return receipts.flatMap((receipt) =>
    receipt.lines.map((line) => ({ ...line, goods_receipt_id: receipt.id })),
  );
}

export function salesOrderRows(year: DemoYear, orders: readonly DemoSalesOrder[]) {
  return orders.map((order) => ({
    id: order.id,
    so_number: order.number,
    status: order.status,
    payment_status: paymentStatusOf(order),
    customer_id: order.customer.id,
    warehouse_id: order.warehouse.id,
    order_date: year.date(order.day),
    promised_date: year.date(order.day + 5),
    inter_state: order.interState,
    ...order.header,
    shipping: order.shipping,
    paid: money(order.paid),
    cancelled_value: money(order.cancelledValue),
    line_count: order.lines.length,
    confirmed_at: order.confirmedAt,
    status_reason: order.reason,
    version: order.version,
    created_at: order.createdAt,
    created_by: year.people.seller.name,
    updated_at: order.updatedAt,
    updated_by: order.updatedBy,
  }));
}

function paymentStatusOf({ paid, total, cancelledValue }: DemoSalesOrder): string {
  if (paid.isZero()) return 'unpaid';
  return paid.lessThan(total.minus(cancelledValue)) ? 'partially_paid' : 'paid';
}

export function salesOrderLineRows(orders: readonly DemoSalesOrder[]) {
  return orders.flatMap((order) =>
    order.lines.map((line, index) => ({
      id: line.id,
      sales_order_id: order.id,
      ...orderedRow(line, index),
      reserved: quantity(reservedOf(line)),
      shipped: quantity(line.shipped),
      cancelled: quantity(line.cancelled),
      backordered: quantity(line.backordered),
      ...pricedRow(line),
      shipping_share: money(line.amounts.shippingShare),
      cost_of_goods: money(line.cost),
    })),
  );
}

export function shipmentRows(year: DemoYear, shipments: readonly DemoShipment[]) {
  return shipments.map((shipment) => ({
    id: shipment.id,
    shipment_number: shipment.number,
    sales_order_id: shipment.order.id,
    warehouse_id: shipment.order.warehouse.id,
    shipped_at: shipment.at,
    shipped_by: year.people.clerk.name,
    mode: shipment.mode,
    tracking_number: shipment.trackingNumber,
    carrier: shipment.carrier,
    created_at: shipment.at,
  }));
}

export function shipmentLineRows(shipments: readonly DemoShipment[]) {
  return shipments.flatMap((shipment) =>
    shipment.lines.map((line) => ({ ...line, shipment_id: shipment.id })),
  );
}

export function paymentRows(year: DemoYear, payments: readonly DemoPayment[]) {
  return payments.map((payment) => ({
    id: payment.id,
    sales_order_id: payment.order.id,
    amount: money(payment.amount),
    paid_on: year.date(payment.day),
    reference: payment.reference,
    recorded_by: year.people.seller.name,
  }));
}

export function auditRows(year: DemoYear) {
  return year.traces.map((trace) => ({
    id: year.random.id(new Date(trace.at)),
    at: trace.at,
    user_id: trace.by.userId,
    actor: trace.by.name,
    action: trace.action,
    record_kind: trace.kind,
    record_id: trace.id,
    record_label: trace.label,
    changes: trace.changes,
    origin: 'demo data',
  }));
}
