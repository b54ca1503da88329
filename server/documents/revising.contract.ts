import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  percentSchema,
  positiveQuantitySchema,
  textSchema,
  unitPriceSchema,
} from '../ground/record.contract.ts';

/** The changes of one line on an order under way; omitted fields stay. */
export const lineRevisionSchema = z.strictObject({
  lineId: idSchema,
  /** The whole ordered quantity of the line, including the received, shipped or cancelled part. */
  quantity: positiveQuantitySchema.optional(),
  /** Price and discount apply to the open quantity; what was done keeps its own. */
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
