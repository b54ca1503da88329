import { z } from 'zod';
import { instantSchema, textSchema } from '../ground/record.contract.ts';

/** A record made by mistake is always reversed with a reason. */
export const reversalReasonSchema = textSchema(500, 1);

/** Of a reversed record; null while the record counts. */
export const reversalSchema = z
  .object({ at: instantSchema, by: z.string().nullable(), reason: z.string() })
  .nullable();
