import { t } from '@lingui/core/macro';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import {
  emptyOrder,
  orderInput,
  orderLabels,
  orderValues,
  type OrderValues,
} from '../../documents/order-values.ts';

export interface SalesOrderValues extends OrderValues {
  customerId: string;
  customerName: string;
  promisedDate: string;
  customerReference: string;
}

export const salesOrderLabels: Readonly<Record<string, string>> = {
  customerId: t`Customer (record)`,
  customerName: t`Customer`,
  warehouseId: t`Ship from`,
  promisedDate: t`Promised for`,
  customerReference: t`Customer’s reference`,
  ...orderLabels,
};

export function emptySalesOrder(): SalesOrderValues {
  return { customerId: '', customerName: '', promisedDate: '', customerReference: '', ...emptyOrder() };
}

export function salesOrderValues(order: SalesOrder): SalesOrderValues {
  return {
    customerId: order.customer.id,
    customerName: order.customer.name,
    promisedDate: order.promisedDate ?? '',
    customerReference: order.customerReference ?? '',
    ...orderValues(order),
  };
}

/** The fields as the contract wants them; of a saved order only the lines that differ. */
export function salesOrderInput(values: SalesOrderValues, saved?: SalesOrderValues) {
  const { customerId, customerReference } = values;
  return { customerId, customerReference, ...orderInput(values, 'promisedDate', saved) };
}
