import { t } from '@lingui/core/macro';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { orNull } from '../../lib/form-errors.ts';
import {
  emptyLine,
  isZero,
  lineLabels,
  lineValues,
  linesInput,
  trimmed,
  type OrderLineValues,
} from '../../documents/order-lines.ts';
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
  customerId: t`Customer (record)`,
  customerName: t`Customer`,
  warehouseId: t`Ship from`,
  orderDate: t`Order date`,
  promisedDate: t`Promised for`,
  shipping: t`Shipping`,
  customerReference: t`Customer’s reference`,
  notes: t`Notes`,
  ...lineLabels,
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
