import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { orNull } from '../../lib/form-errors.ts';
import {
  emptyLine,
  isZero,
  lineValues,
  linesInput,
  trimmed,
  type OrderLineValues,
} from '../../lib/orders/order-lines.ts';
import { today } from '../../ui/formats.ts';

export interface SalesOrderValues extends Record<string, unknown> {
  customerId: string;
  customerName: string;
  warehouseId: string;
  orderDate: string;
  promisedDate: string;
  shipping: string;
  customerReference: string;
  notes: string;
  lines: OrderLineValues[];
}

export const salesOrderLabels: Readonly<Record<string, string>> = {
  customerId: 'Customer (record)',
  customerName: 'Customer',
  warehouseId: 'Ship from',
  orderDate: 'Order date',
  promisedDate: 'Promised for',
  shipping: 'Shipping',
  customerReference: 'Customer’s reference',
  notes: 'Notes',
  lines: 'Lines',
  'lines.*.productId': 'Product (record)',
  'lines.*.productLabel': 'Product',
  'lines.*.sku': 'SKU',
  'lines.*.unit': 'Unit',
  'lines.*.quantity': 'Quantity',
  'lines.*.unitPrice': 'Price',
  'lines.*.discountPercent': 'Discount',
  'lines.*.taxPercent': 'GST rate',
  'lines.*.note': 'Line note',
};

export function emptySalesOrder(): SalesOrderValues {
  return {
    customerId: '',
    customerName: '',
    warehouseId: '',
    orderDate: today(),
    promisedDate: '',
    shipping: '',
    customerReference: '',
    notes: '',
    lines: [emptyLine()],
  };
}

export function salesOrderValues(order: SalesOrder): SalesOrderValues {
  return {
    customerId: order.customer.id,
    customerName: order.customer.name,
    warehouseId: order.warehouse.id,
    orderDate: order.orderDate,
    promisedDate: order.promisedDate ?? '',
    shipping: isZero(order.shipping) ? '' : trimmed(order.shipping),
    customerReference: order.customerReference ?? '',
    notes: order.notes ?? '',
    lines: order.lines.map(lineValues),
  };
}

/** The fields as the contract wants them. */
export function salesOrderInput(values: SalesOrderValues) {
  return {
    customerId: values.customerId,
    warehouseId: values.warehouseId,
    orderDate: values.orderDate,
    promisedDate: orNull(values.promisedDate),
    shipping: values.shipping === '' ? '0' : values.shipping,
    customerReference: values.customerReference,
    notes: values.notes,
    lines: linesInput(values.lines),
  };
}
