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
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { revealingCost, visibleCost } from '../../permissions/visible-with.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';
import { statusReasonCodeSchema } from './status-reason.contract.ts';

export const purchaseOrderStatuses = [
  'draft',
  'pending_approval',
  'confirmed',
  'partially_delivered',
  'delivered',
  'closed',
  'cancelled',
] as const;
export const purchaseOrderStatusSchema = z.enum(purchaseOrderStatuses);
export type PurchaseOrderStatus = z.infer<typeof purchaseOrderStatusSchema>;

/** The named commands, in the order a screen offers them. */
const purchaseOrderCommands = [
  'update',
  'submit',
  'approve',
  'reject',
  'receive',
  'reverseReceipt',
  'revise',
  'closeLine',
  'close',
  'cancel',
] as const;
const purchaseOrderCommandSchema = z.enum(purchaseOrderCommands);
export type PurchaseOrderCommand = z.infer<typeof purchaseOrderCommandSchema>;

const header = {
  vendorId: idSchema,
  warehouseId: idSchema,
  orderDate: daySchema,
  expectedDate: daySchema.nullable(),
  shipping: moneySchema,
  vendorReference: optionalTextSchema(40),
  notes: optionalTextSchema(2000),
  lines: draftLinesSchema,
};

/** A draft. `poNumber` is given on creation, gapless per financial year. */
export const createPurchaseOrderSchema = z.strictObject({
  id: idSchema.optional(),
  ...header,
  orderDate: daySchema.optional(),
  expectedDate: header.expectedDate.default(null),
  shipping: moneySchema.default('0'),
  vendorReference: header.vendorReference.default(null),
  notes: header.notes.default(null),
  answerLines: linesAskedSchema.optional(),
});
/**
 * Drafts only. Fields left out stay. `lines` as a list replaces all lines; as changes it changes those that it names. A
 * quantity and a line less ask for the sight of costs: whether the order then waits for an approval would tell the price.
 */
export const updatePurchaseOrderSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object({ ...header, lines: z.union([draftLinesSchema, lineChangesSchema(revealingCost)]) }).partial()
    .shape,
  answerLines: linesAskedSchema.optional(),
});

export const submitPurchaseOrderSchema = recordVersionSchema;
export const approvePurchaseOrderSchema = recordVersionSchema;
export const rejectPurchaseOrderSchema = recordVersionSchema.extend({ reason: textSchema(500, 1) });
export const closePurchaseOrderSchema = recordVersionSchema.extend({
  reason: optionalTextSchema(500).default(null),
});
export const closePurchaseOrderLineSchema = recordVersionSchema.extend({
  lineId: idSchema,
  reason: optionalTextSchema(500).default(null),
});
export const cancelPurchaseOrderSchema = recordVersionSchema.extend({
  reason: optionalTextSchema(500).default(null),
});
/**
 * For an order under way: its expected day, and the quantities and prices of what is open. A quantity needs the
 * permission to see costs too: whether the order then waits for an approval, or becomes too large, would reveal the
 * price.
 */
export const revisePurchaseOrderSchema = recordVersionSchema.extend({
  expectedDate: daySchema.nullable().optional(),
  lines: z
    .array(lineRevisionSchema.extend({ quantity: revealingCost(lineRevisionSchema.shape.quantity) }))
    .max(mostLines)
    .default([]),
  reason: revisionReasonSchema,
});
export const receivePurchaseOrderSchema = recordVersionSchema.extend({
  /** The goods receipt's own id, made by the client. */
  receiptId: idSchema.optional(),
  receivedAt: momentSchema().optional(),
  /** Takes a moment before the order's own day; needs `purchase_orders:backdate`. */
  backdate: z.boolean().default(false),
  deliveryNote: optionalTextSchema(40).default(null),
  /** The same line may stand more than once, to split it over bins or lots. */
  lines: z
    .array(
      z.strictObject({
        lineId: idSchema,
        quantity: positiveQuantitySchema,
        binId: idSchema.nullable().default(null),
        lot: optionalTextSchema(40).default(null),
        /** The last usable day: a lot has one, so the day of a lot that came before can be left out. */
        expiresOn: daySchema.nullable().default(null),
        madeOn: daySchema.nullable().optional(),
        /** The lot's number at the vendor, where it is another one. */
        vendorLot: optionalTextSchema(40).optional(),
      }),
    )
    .min(1, { error: refusal('input.no_lines') })
    .max(2 * mostLines),
});

export const reverseReceiptSchema = recordVersionSchema.extend({
  receiptId: idSchema,
  reason: reversalReasonSchema,
});

export const purchaseOrderLineSchema = z.object({
  id: idSchema,
  lineNumber: z.int(),
  product: movedProductSchema,
  hsnCode: z.string(),
  ordered: quantityOutSchema,
  received: quantityOutSchema,
  cancelled: quantityOutSchema,
  /** ordered − received − cancelled, never below zero. */
  open: quantityOutSchema,
  /** What may come in beyond the order without the override: the product's, else the company's. */
  tolerancePercent: percentOutSchema,
  unitPrice: visibleCost(unitPriceOutSchema),
  discountPercent: visibleCost(percentOutSchema),
  taxPercent: percentOutSchema,
  net: visibleCost(moneyOutSchema),
  cgst: visibleCost(moneyOutSchema),
  sgst: visibleCost(moneyOutSchema),
  igst: visibleCost(moneyOutSchema),
  /** The line's part of the order's shipping, taxed with its net. */
  shippingShare: visibleCost(moneyOutSchema),
  note: z.string().nullable(),
});

export const goodsReceiptSchema = z.object({
  id: idSchema,
  receiptNumber: z.string(),
  receivedAt: instantSchema,
  receivedBy: z.string().nullable(),
  deliveryNote: z.string().nullable(),
  reversal: reversalSchema,
  lines: z.array(
    z.object({
      id: idSchema,
      purchaseOrderLineId: idSchema,
      quantity: quantityOutSchema,
      unitCost: visibleCost(unitPriceOutSchema),
      value: visibleCost(moneyOutSchema),
      bin: z.string().nullable(),
      lot: z.string().nullable(),
      expiresOn: z.string().nullable(),
      /** What is known of the lot by now, whichever delivery said it. */
      madeOn: z.string().nullable(),
      vendorLot: z.string().nullable(),
    }),
  ),
});

export const purchaseOrderSchema = z.object({
  ...recordFields,
  poNumber: z.string(),
  status: purchaseOrderStatusSchema,
  /** What can be done next from this state, before permissions. */
  possible: z.array(purchaseOrderCommandSchema),
  vendor: referenceSchema({ code: z.string(), name: z.string(), stateCode: z.string().nullable() }),
  warehouse: referenceSchema({ code: z.string(), name: z.string() }),
  orderDate: z.string(),
  expectedDate: z.string().nullable(),
  vendorReference: z.string().nullable(),
  notes: z.string().nullable(),
  /** How what is still to come is taxed. */
  interState: z.boolean(),
  /** Some lines have IGST and some CGST and SGST: the party or its state changed in between. */
  mixedTax: z.boolean(),
  subtotal: visibleCost(moneyOutSchema),
  discount: visibleCost(moneyOutSchema),
  tax: visibleCost(moneyOutSchema),
  shipping: visibleCost(moneyOutSchema),
  total: visibleCost(moneyOutSchema),
  /** What was cancelled of the total, and what is left to owe. */
  givenUp: visibleCost(moneyOutSchema),
  due: visibleCost(moneyOutSchema),
  submittedBy: z.string().nullable(),
  submittedAt: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: z.string().nullable(),
  /** In the caller's language: what the system says (`statusReasonCode`) and what a person wrote (`statusNote`). */
  statusReason: z.string().nullable(),
  statusReasonCode: statusReasonCodeSchema.nullable(),
  statusNote: z.string().nullable(),
  lines: z.array(purchaseOrderLineSchema),
  ...linesHeldFields,
  receipts: z.array(goodsReceiptSchema),
  revisions: z.array(revisionSchema),
});

/** What the trail tells of a purchase order besides its own fields. */
export const purchaseOrderTrail = {
  ...orderTrail({ price: visibleCost, percent: visibleCost }),
  vendorId: idOf('vendor'),
  receipt: z.string(),
  received: z.array(z.object({ lineNumber: z.int(), quantity: quantityOutSchema })),
};

export const purchaseOrderCopySchema = copySchema(visibleCost);

export const purchaseOrderRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  poNumber: z.string(),
  status: purchaseOrderStatusSchema,
  vendorId: idSchema,
  vendorName: z.string(),
  warehouseCode: z.string(),
  orderDate: z.string(),
  expectedDate: z.string().nullable(),
  lineCount: z.int(),
  total: visibleCost(moneyOutSchema),
  updatedAt: z.string(),
});
export const purchaseOrderSorts = [
  'poNumber',
  'orderDate',
  'expectedDate',
  'vendorName',
  'total',
  'updatedAt',
] as const;
export const listPurchaseOrdersSchema = listInputSchema(
  {
    status: z.array(purchaseOrderStatusSchema).max(7),
    vendorId: idSchema,
    warehouseId: idSchema,
    productId: idSchema,
    orderedFrom: daySchema,
    orderedTo: daySchema,
    ids: z.array(idSchema).max(200),
  },
  purchaseOrderSorts,
);
export const purchaseOrderPageSchema = pageSchema(purchaseOrderRowSchema);

export type PurchaseOrder = z.output<typeof purchaseOrderSchema>;
export type PurchaseOrderLine = z.output<typeof purchaseOrderLineSchema>;
export type PurchaseOrderCopy = z.output<typeof purchaseOrderCopySchema>;
export type PurchaseOrderRow = z.output<typeof purchaseOrderRowSchema>;
export type GoodsReceipt = z.output<typeof goodsReceiptSchema>;
export type CreatePurchaseOrder = z.output<typeof createPurchaseOrderSchema>;
export type UpdatePurchaseOrder = z.output<typeof updatePurchaseOrderSchema>;
export type ReverseReceipt = z.output<typeof reverseReceiptSchema>;
export type RevisePurchaseOrder = z.output<typeof revisePurchaseOrderSchema>;
export type ReceivePurchaseOrder = z.output<typeof receivePurchaseOrderSchema>;
export type ListPurchaseOrders = z.output<typeof listPurchaseOrdersSchema>;
