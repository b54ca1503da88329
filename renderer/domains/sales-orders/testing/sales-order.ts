import { possibleIn } from '../../../../server/documents/document-kind.contract.ts';
import type {
  SalesOrder,
  SalesOrderLine,
  SalesOrderStatus,
} from '../../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';

/** Ten bolts sold: six are reserved, four wait for stock. */
export function soldBolts(changes: Partial<SalesOrderLine> = {}): SalesOrderLine {
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
    reserved: '6.000',
    shipped: '0.000',
    cancelled: '0.000',
    backordered: '4.000',
    unitPrice: '15.0000',
    discountPercent: '2.50',
    taxPercent: '18.00',
    net: '146.25',
    cgst: '13.16',
    sgst: '13.16',
    igst: '0.00',
    costOfGoods: null,
    note: 'in two boxes',
    ...changes,
  };
}

/** An order of ten bolts as the server gives it. */
export function salesOrder(status: SalesOrderStatus, changes: Partial<SalesOrder> = {}): SalesOrder {
  return {
    id: '01890000-0000-7000-8000-000000000001',
    version: 3,
    createdAt: '2026-05-04T04:00:00.000Z',
    createdBy: 'Sara Khan',
    updatedAt: '2026-05-09T04:00:00.000Z',
    updatedBy: 'Arun Nair',
    soNumber: 'SO/26-27/00001',
    status,
    paymentStatus: 'unpaid',
    possible: possibleIn(salesOrderKind, status),
    customer: {
      id: '01890000-0000-7000-8000-000000000002',
      code: 'C-1',
      name: 'Konkan Builders',
      stateCode: '27',
    },
    warehouse: { id: '01890000-0000-7000-8000-000000000003', code: 'PUN', name: 'Pune' },
    orderDate: '2026-05-04',
    promisedDate: '2026-05-11',
    customerReference: null,
    notes: null,
    interState: false,
    mixedTax: false,
    subtotal: '146.25',
    discount: '3.75',
    tax: '26.33',
    shipping: '50.00',
    total: '222.58',
    givenUp: '0.00',
    due: '222.58',
    paid: '0.00',
    owed: '222.58',
    lineCount: 1,
    nextLines: null,
    owedBack: '0.00',
    statusReason: null,
    lines: [soldBolts()],
    shipments: [],
    payments: [],
    revisions: [],
    confirmedAt: null,
    confirmedBy: null,
    ...changes,
  };
}
