import { possibleIn } from '../../../../server/documents/document-kind.contract.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
  PurchaseOrderStatus,
} from '../../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';

/** Ten bolts ordered, of which nothing has come yet. */
export function orderedBolts(changes: Partial<PurchaseOrderLine> = {}): PurchaseOrderLine {
  return {
    id: '01890000-0000-7000-8000-000000000011',
    lineNumber: 1,
    product: {
      id: '01890000-0000-7000-8000-000000000021',
      sku: 'BOLT-M8',
      name: 'Bolt M8',
      unit: 'NOS',
      kind: 'goods',
      taxClass: 'GST18',
      tracksLots: false,
      barcodes: [],
    },
    hsnCode: '731815',
    ordered: '10.000',
    received: '0.000',
    cancelled: '0.000',
    open: '10.000',
    tolerancePercent: '0.00',
    unitPrice: '12.5000',
    discountPercent: '0.00',
    taxPercent: '18.00',
    net: '125.00',
    cgst: '11.25',
    sgst: '11.25',
    igst: '0.00',
    shippingShare: '0.00',
    note: null,
    ...changes,
  };
}

/** An order of ten bolts as the server gives it. */
export function purchaseOrder(
  status: PurchaseOrderStatus,
  changes: Partial<PurchaseOrder> = {},
): PurchaseOrder {
  return {
    id: '01890000-0000-7000-8000-000000000001',
    version: 3,
    createdAt: '2026-05-04T04:00:00.000Z',
    createdBy: 'Bina Rao',
    updatedAt: '2026-05-09T04:00:00.000Z',
    updatedBy: 'Arun Nair',
    poNumber: 'PO/26-27/00001',
    status,
    possible: possibleIn(purchaseOrderKind, status),
    vendor: {
      id: '01890000-0000-7000-8000-000000000002',
      code: 'V-1',
      name: 'Deccan Fasteners',
      stateCode: '27',
    },
    warehouse: { id: '01890000-0000-7000-8000-000000000003', code: 'PUN', name: 'Pune' },
    orderDate: '2026-05-04',
    expectedDate: '2026-05-11',
    vendorReference: 'Q-17',
    notes: 'Leave at gate 2',
    interState: false,
    mixedTax: false,
    subtotal: '125.00',
    discount: '0.00',
    tax: '22.50',
    shipping: '0.00',
    total: '147.50',
    givenUp: '0.00',
    due: '147.50',
    submittedBy: null,
    submittedAt: null,
    approvedBy: null,
    approvedAt: null,
    statusReason: null,
    statusReasonCode: null,
    statusNote: null,
    lineCount: 1,
    nextLines: null,
    lines: [orderedBolts()],
    receipts: [],
    revisions: [],
    ...changes,
  };
}
