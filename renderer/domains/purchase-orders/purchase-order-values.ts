import { t } from '@lingui/core/macro';
import type { PurchaseOrder } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
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

export interface PurchaseOrderValues extends Record<string, unknown> {
  vendorId: string;
  vendorName: string;
  warehouseId: string;
  orderDate: string;
  expectedDate: string;
  shipping: string;
  vendorReference: string;
  notes: string;
  lines: OrderLineValues[];
}

export const purchaseOrderLabels: Readonly<Record<string, string>> = {
  vendorId: t`Vendor (record)`,
  vendorName: t`Vendor`,
  warehouseId: t`Ship to`,
  orderDate: t`Order date`,
  expectedDate: t`Expected on`,
  shipping: t`Shipping`,
  vendorReference: t`Vendor’s reference`,
  notes: t`Notes`,
  ...lineLabels,
};

export function emptyPurchaseOrder(): PurchaseOrderValues {
  return {
    vendorId: '',
    vendorName: '',
    warehouseId: '',
    orderDate: today(),
    expectedDate: '',
    shipping: '',
    vendorReference: '',
    notes: '',
    lines: [emptyLine()],
  };
}

export function purchaseOrderValues(order: PurchaseOrder): PurchaseOrderValues {
  return {
    vendorId: order.vendor.id,
    vendorName: order.vendor.name,
    warehouseId: order.warehouse.id,
    orderDate: order.orderDate,
    expectedDate: order.expectedDate ?? '',
    shipping: order.shipping === null || isZero(order.shipping) ? '' : trimmed(order.shipping),
    vendorReference: order.vendorReference ?? '',
    notes: order.notes ?? '',
    // Sent back by an approver after a part was given up: the draft is of what is still wanted, as the server takes it.
    lines: order.lines
      .filter(({ open }) => !isZero(open))
      .map((line) => lineValues({ ...line, ordered: line.open })),
  };
}

/** The fields as the contract wants them. */
export function purchaseOrderInput(values: PurchaseOrderValues) {
  return {
    vendorId: values.vendorId,
    warehouseId: values.warehouseId,
    orderDate: values.orderDate,
    expectedDate: orNull(values.expectedDate),
    shipping: values.shipping === '' ? '0' : values.shipping,
    vendorReference: values.vendorReference,
    notes: values.notes,
    lines: linesInput(values.lines),
  };
}
