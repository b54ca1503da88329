import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  percentSchema,
  positiveQuantitySchema,
  textSchema,
  unitPriceSchema,
} from '../ground/record.contract.ts';

/** What is changed on one line of an order that is under way; what is left out stays. */
export const lineRevisionSchema = z.strictObject({
  lineId: idSchema,
  /** All that is ordered on the line, with what was received, shipped or cancelled of it. */
  quantity: positiveQuantitySchema.optional(),
  /** Price and discount count for what is still open; what was done keeps its own. */
  unitPrice: unitPriceSchema.optional(),
  discountPercent: percentSchema.optional(),
});
export type LineRevision = z.output<typeof lineRevisionSchema>;

export const revisionReasonSchema = textSchema(500, 1);

/** One revision of an order, as its history shows it. */
export const revisionSchema = z.object({
  id: idSchema,
  at: instantSchema,
  by: z.string().nullable(),
  reason: z.string().nullable(),
});
