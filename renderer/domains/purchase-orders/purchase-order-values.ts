import { t } from '@lingui/core/macro';
import type { PurchaseOrder } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { isZero } from '../../documents/order-lines.ts';
import {
  emptyOrder,
  orderInput,
  orderLabels,
  orderValues,
  type OrderValues,
} from '../../documents/order-values.ts';

export interface PurchaseOrderValues extends OrderValues {
  vendorId: string;
  vendorName: string;
  expectedDate: string;
  vendorReference: string;
}

export const purchaseOrderLabels: Readonly<Record<string, string>> = {
  vendorId: t`Vendor (record)`,
  vendorName: t`Vendor`,
  warehouseId: t`Ship to`,
  expectedDate: t`Expected on`,
  vendorReference: t`Vendor’s reference`,
  ...orderLabels,
};

export function emptyPurchaseOrder(): PurchaseOrderValues {
  return { vendorId: '', vendorName: '', expectedDate: '', vendorReference: '', ...emptyOrder() };
}

export function purchaseOrderValues(order: PurchaseOrder): PurchaseOrderValues {
  // Sent back by an approver after a part was cancelled: the draft is of what is still wanted, as the server takes it.
  const wanted = order.lines.filter(({ open }) => !isZero(open));
  return {
    vendorId: order.vendor.id,
    vendorName: order.vendor.name,
    expectedDate: order.expectedDate ?? '',
    vendorReference: order.vendorReference ?? '',
    ...orderValues({ ...order, lines: wanted.map((line) => ({ ...line, ordered: line.open })) }),
  };
}

/** The fields as the contract wants them; of a saved order only the lines that differ. */
export function purchaseOrderInput(values: PurchaseOrderValues, saved?: PurchaseOrderValues) {
  const { vendorId, vendorReference } = values;
  return { vendorId, vendorReference, ...orderInput(values, 'expectedDate', saved) };
}
