import { z } from 'zod';
import { orderTrail } from '../../documents/audit/order-trail.contract.ts';
import { copySchema } from '../../documents/copying.contract.ts';
import {
  draftLinesSchema,
  lineChangesSchema,
  linesAskedSchema,
  linesHeldFields,
  mostLines,
  movedProductSchema,
} from '../../documents/lines.contract.ts';
import { reversalReasonSchema, reversalSchema } from '../../documents/reversals.contract.ts';
import {
  lineRevisionSchema,
  revisionReasonSchema,
  revisionSchema,
} from '../../documents/revising.contract.ts';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  daySchema,
  moneyOutSchema,
  percentOutSchema,
  quantityOutSchema,
  unitPriceOutSchema,
  idOf,
  idSchema,
  instantSchema,
  momentSchema,
  moneySchema,
  optionalTextSchema,
  positiveQuantitySchema,
  recordFields,
  recordVersionSchema,
  referenceSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { visibleCost } from '../../permissions/visible-with.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';

export const salesOrderStatuses = [
  'draft',
  'confirmed',
  'partially_shipped',
  'shipped',
  'delivered',
  'closed',
  'cancelled',
] as const;
export const salesOrderStatusSchema = z.enum(salesOrderStatuses);
export type SalesOrderStatus = z.infer<typeof salesOrderStatusSchema>;
/** `overpaid`: more was paid than is due, and belongs back to the customer. */
export const paymentStatuses = ['unpaid', 'partially_paid', 'paid', 'overpaid'] as const;
export const paymentStatusSchema = z.enum(paymentStatuses);
export const shipmentModes = ['road', 'rail', 'air', 'sea', 'courier', 'pickup'] as const;
const shipmentModeSchema = z.enum(shipmentModes);

const salesOrderCommands = [
  'update',
  'confirm',
  'reserve',
  'ship',
  'revise',
  'deliver',
  'recordPayment',
  'reversePayment',
  'closeLine',
  'close',
  'cancel',
] as const;
const salesOrderCommandSchema = z.enum(salesOrderCommands);
export type SalesOrderCommand = z.infer<typeof salesOrderCommandSchema>;

const header = {
  customerId: idSchema,
  /** The warehouse the goods are reserved in and leave from. */
  warehouseId: idSchema,
  orderDate: daySchema,
  promisedDate: daySchema.nullable(),
  shipping: moneySchema,
  customerReference: optionalTextSchema(40),
  notes: optionalTextSchema(2000),
  lines: draftLinesSchema,
};
export const createSalesOrderSchema = z.strictObject({
  id: idSchema.optional(),
  ...header,
  orderDate: daySchema.optional(),
  promisedDate: header.promisedDate.default(null),
  shipping: moneySchema.default('0'),
  customerReference: header.customerReference.default(null),
  notes: header.notes.default(null),
  answerLines: linesAskedSchema.optional(),
});
/**
 * Drafts only. Fields left out stay. `lines` as a list replaces all lines; as changes it changes those that it names.
 */
export const updateSalesOrderSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object({ ...header, lines: z.union([draftLinesSchema, lineChangesSchema()]) }).partial().shape,
  answerLines: linesAskedSchema.optional(),
});

/** An order over the credit limit needs `sales_orders:exceed_credit` and `exceedCredit: true`. */
export const confirmSalesOrderSchema = recordVersionSchema.extend({
  exceedCredit: z.boolean().default(false),
});
/** Tries again to reserve what is on backorder. */
export const reserveSalesOrderSchema = recordVersionSchema;
export const shipSalesOrderSchema = recordVersionSchema.extend({
  shipmentId: idSchema.optional(),
  shippedAt: momentSchema().optional(),
  /** Takes a moment before the order's own day; needs `sales_orders:backdate`. */
  backdate: z.boolean().default(false),
  mode: shipmentModeSchema.default('road'),
  trackingNumber: optionalTextSchema(60).default(null),
  carrier: optionalTextSchema(80).default(null),
  lines: z
    .array(
      z.strictObject({
        lineId: idSchema,
        quantity: positiveQuantitySchema,
        /** For a product kept by lots. A line may appear more than once, to name several. */
        lot: optionalTextSchema(40).default(null),
      }),
    )
    .min(1, { error: refusal('input.no_lines') })
    .max(mostLines),
});
/** For a confirmed order: its promised day, and the quantities and prices of what is open. */
export const reviseSalesOrderSchema = recordVersionSchema.extend({
  promisedDate: daySchema.nullable().optional(),
  lines: z.array(lineRevisionSchema).max(mostLines).default([]),
  /** Above the customer's credit limit; needs `sales_orders:exceed_credit`. */
  exceedCredit: z.boolean().default(false),
  reason: revisionReasonSchema,
});
export const deliverSalesOrderSchema = recordVersionSchema;
export const closeSalesOrderSchema = recordVersionSchema.extend({
  reason: optionalTextSchema(500).default(null),
});
export const closeSalesOrderLineSchema = recordVersionSchema.extend({
  lineId: idSchema,
  reason: optionalTextSchema(500).default(null),
});
export const cancelSalesOrderSchema = recordVersionSchema.extend({
  reason: optionalTextSchema(500).default(null),
});
export const recordPaymentSchema = recordVersionSchema.extend({
  paymentId: idSchema.optional(),
  amount: moneySchema.refine((text) => /[1-9]/.test(text), { error: refusal('input.more_than_zero') }),
  paidOn: daySchema.optional(),
  /** Takes a day before the order's own day; needs `sales_orders:backdate`. */
  backdate: z.boolean().default(false),
  reference: optionalTextSchema(60).default(null),
});

export const reversePaymentSchema = recordVersionSchema.extend({
  paymentId: idSchema,
  reason: reversalReasonSchema,
});

export const salesOrderLineSchema = z.object({
  id: idSchema,
  lineNumber: z.int(),
  product: movedProductSchema,
  hsnCode: z.string(),
  ordered: quantityOutSchema,
  reserved: quantityOutSchema,
  shipped: quantityOutSchema,
  cancelled: quantityOutSchema,
  /** ordered − reserved − shipped − cancelled while the order is confirmed or partially shipped. */
  backordered: quantityOutSchema,
  unitPrice: unitPriceOutSchema,
  discountPercent: percentOutSchema,
  taxPercent: percentOutSchema,
  net: moneyOutSchema,
  cgst: moneyOutSchema,
  sgst: moneyOutSchema,
  igst: moneyOutSchema,
  /** Cost of what was shipped, at the average it left with. */
  costOfGoods: visibleCost(moneyOutSchema),
  note: z.string().nullable(),
});
export const shipmentSchema = z.object({
  id: idSchema,
  shipmentNumber: z.string(),
  shippedAt: instantSchema,
  shippedBy: z.string().nullable(),
  mode: shipmentModeSchema,
  trackingNumber: z.string().nullable(),
  carrier: z.string().nullable(),
  lines: z.array(
    z.object({
      id: idSchema,
      salesOrderLineId: idSchema,
      quantity: quantityOutSchema,
      bin: z.string().nullable(),
      lot: z.string().nullable(),
      cost: visibleCost(moneyOutSchema),
    }),
  ),
});
export const paymentSchema = z.object({
  id: idSchema,
  amount: moneyOutSchema,
  paidOn: z.string(),
  reference: z.string().nullable(),
  recordedBy: z.string().nullable(),
  reversal: reversalSchema,
});
/** The bins that what is reserved for an order lies in, line by line in the order it is taken out. */
export const reservedPlacesSchema = z.array(
  z.object({ lineId: idSchema, bin: z.string(), quantity: quantityOutSchema }),
);
export const salesOrderSchema = z.object({
  ...recordFields,
  soNumber: z.string(),
  status: salesOrderStatusSchema,
  paymentStatus: paymentStatusSchema,
  possible: z.array(salesOrderCommandSchema),
  customer: referenceSchema({ code: z.string(), name: z.string(), stateCode: z.string().nullable() }),
  warehouse: referenceSchema({ code: z.string(), name: z.string() }),
  orderDate: z.string(),
  promisedDate: z.string().nullable(),
  customerReference: z.string().nullable(),
  notes: z.string().nullable(),
  /** How what is still to come is taxed. */
  interState: z.boolean(),
  /** Some lines have IGST and some CGST and SGST: the party or its state changed in between. */
  mixedTax: z.boolean(),
  subtotal: moneyOutSchema,
  discount: moneyOutSchema,
  tax: moneyOutSchema,
  shipping: moneyOutSchema,
  total: moneyOutSchema,
  /** The cancelled part of the total; it isn't owed. */
  givenUp: moneyOutSchema,
  /** total − givenUp. */
  due: moneyOutSchema,
  paid: moneyOutSchema,
  /** What is still to be paid, once the order is confirmed. */
  owed: moneyOutSchema,
  /** What was paid beyond what is due and belongs back to the customer. */
  owedBack: moneyOutSchema,
  statusReason: z.string().nullable(),
  lines: z.array(salesOrderLineSchema),
  ...linesHeldFields,
  shipments: z.array(shipmentSchema),
  payments: z.array(paymentSchema),
  revisions: z.array(revisionSchema),
  confirmedAt: instantSchema.nullable(),
  confirmedBy: z.string().nullable(),
});
/** What the trail tells of a sales order besides its own fields. */
export const salesOrderTrail = {
  ...orderTrail({ price: (schema) => schema, percent: (schema) => schema }),
  customerId: idOf('customer'),
  shipment: z.string(),
  reference: z.string().nullable(),
  linesServed: z.int(),
};

export const salesOrderCopySchema = copySchema((schema) => schema);

const salesOrderRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  soNumber: z.string(),
  status: salesOrderStatusSchema,
  paymentStatus: paymentStatusSchema,
  customerId: idSchema,
  customerName: z.string(),
  warehouseCode: z.string(),
  orderDate: z.string(),
  promisedDate: z.string().nullable(),
  lineCount: z.int(),
  hasBackorder: z.boolean(),
  total: moneyOutSchema,
  updatedAt: z.string(),
});
export const salesOrderSorts = [
  'soNumber',
  'orderDate',
  'promisedDate',
  'customerName',
  'total',
  'updatedAt',
] as const;
export const listSalesOrdersSchema = listInputSchema(
  {
    status: z.array(salesOrderStatusSchema).max(7),
    paymentStatus: z.array(paymentStatusSchema).max(4),
    customerId: idSchema,
    warehouseId: idSchema,
    productId: idSchema,
    hasBackorder: z.boolean(),
    orderedFrom: daySchema,
    orderedTo: daySchema,
    ids: z.array(idSchema).max(200),
  },
  salesOrderSorts,
);
export const salesOrderPageSchema = pageSchema(salesOrderRowSchema);

export type ReservedPlaces = z.output<typeof reservedPlacesSchema>;
export type SalesOrder = z.output<typeof salesOrderSchema>;
export type SalesOrderLine = z.output<typeof salesOrderLineSchema>;
export type SalesOrderCopy = z.output<typeof salesOrderCopySchema>;
export type SalesOrderRow = z.output<typeof salesOrderRowSchema>;
export type Shipment = z.output<typeof shipmentSchema>;
export type CreateSalesOrder = z.output<typeof createSalesOrderSchema>;
export type UpdateSalesOrder = z.output<typeof updateSalesOrderSchema>;
export type ShipSalesOrder = z.output<typeof shipSalesOrderSchema>;
export type ReviseSalesOrder = z.output<typeof reviseSalesOrderSchema>;
export type ReversePayment = z.output<typeof reversePaymentSchema>;
export type RecordPayment = z.output<typeof recordPaymentSchema>;
export type ListSalesOrders = z.output<typeof listSalesOrdersSchema>;
