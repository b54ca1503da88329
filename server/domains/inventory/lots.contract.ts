import { z } from 'zod';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  daySchema,
  idSchema,
  instantSchema,
  optionalTextSchema,
  quantityOutSchema,
  recordVersionSchema,
  referenceSchema,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { visibleWith } from '../../permissions/visible-with.contract.ts';
import { lotStatusSchema } from './lot-state.contract.ts';

const lotRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  product: referenceSchema({ sku: z.string(), name: z.string(), unit: z.string() }),
  number: z.string(),
  /** What the vendor calls it, where that is another number. */
  vendorLot: z.string().nullable(),
  madeOn: z.string().nullable(),
  /** The last usable day, inclusive. */
  expiresOn: z.string().nullable(),
  status: lotStatusSchema,
  /** Why it isn't usable, in somebody's words. */
  statusReason: z.string().nullable(),
  /** What lies of it in all places. */
  onHand: quantityOutSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  updatedBy: z.string().nullable(),
});
export const lotSorts = ['number', 'expiresOn', 'createdAt'] as const;
export const listLotsSchema = listInputSchema(
  {
    productId: idSchema,
    status: z.array(lotStatusSchema).max(3),
    /** Only lots of which something lies anywhere; `false`: of which nothing does. */
    inStock: z.boolean(),
    /** Those whose last usable day is this one or an earlier one. */
    expiresUntil: daySchema,
    ids: z.array(idSchema).max(200),
  },
  lotSorts,
);
export const lotPageSchema = pageSchema(lotRowSchema);

const lotPlaceSchema = z.object({
  warehouse: referenceSchema({ code: z.string(), name: z.string() }),
  bin: referenceSchema({ code: z.string(), kind: z.string() }),
  quantity: quantityOutSchema,
});
const lotSourceSchema = z.object({
  at: instantSchema,
  quantity: quantityOutSchema,
  vendor: referenceSchema({ code: z.string(), name: z.string() }),
  purchaseOrder: referenceSchema({ number: z.string() }),
  receiptNumber: z.string(),
});
const lotRecipientSchema = z.object({
  at: instantSchema,
  quantity: quantityOutSchema,
  customer: referenceSchema({ code: z.string(), name: z.string() }),
  salesOrder: referenceSchema({ number: z.string() }),
  shipmentNumber: z.string(),
});
const lotCorrectionSchema = z.object({
  at: instantSchema,
  /** Below zero: taken out. */
  quantity: quantityOutSchema,
  kind: z.string(),
  warehouseCode: z.string(),
  binCode: z.string(),
  actor: z.string().nullable(),
});

/** The most entries that each part of a lot's history tells at once, the latest ones. */
export const mostLotHistory = 500;
export const lotHistoryParts = ['sources', 'recipients', 'corrections'] as const;

/** A lot with what is left where, and its history both ways. */
export const lotSchema = z.object({
  ...lotRowSchema.shape,
  places: z.array(lotPlaceSchema),
  /** From whom it came, the latest first. */
  sources: visibleWith('purchase_orders:read', z.array(lotSourceSchema)),
  /** Who got it, the latest first. */
  recipients: visibleWith('sales_orders:read', z.array(lotRecipientSchema)),
  /** What was found, lost, moved or taken back of it, the latest first. */
  corrections: z.array(lotCorrectionSchema),
  /** The parts of the history that have more than is told here. */
  cut: z.array(z.enum(lotHistoryParts)),
});

const reason = textSchema(500, 1);

/** Sets a lot aside until somebody has decided, or makes it usable again. */
export const setLotStatusSchema = recordVersionSchema.extend({
  status: lotStatusSchema.exclude(['recalled']),
  reason,
});
/** Nobody gets it any more; the answer says who got it and what is left where. */
export const recallLotSchema = recordVersionSchema.extend({ reason });
/** Puts right what was said of a lot; what is left out stays. */
export const updateLotSchema = recordVersionSchema.extend({
  expiresOn: daySchema.nullable().optional(),
  madeOn: daySchema.nullable().optional(),
  vendorLot: optionalTextSchema(40).optional(),
  reason,
});
/** What the trail tells of a lot in another shape. */
export const lotTrail = { reason: z.string() };

export type LotRow = z.output<typeof lotRowSchema>;
export type Lot = z.output<typeof lotSchema>;
export type ListLots = z.output<typeof listLotsSchema>;
export type SetLotStatus = z.output<typeof setLotStatusSchema>;
export type RecallLot = z.output<typeof recallLotSchema>;
export type UpdateLot = z.output<typeof updateLotSchema>;
