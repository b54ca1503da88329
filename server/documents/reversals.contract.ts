import { z } from 'zod';
import { instantSchema, textSchema } from '../ground/record.contract.ts';

/** Taking back what was recorded by mistake always has a reason. */
export const reversalReasonSchema = textSchema(500, 1);

/** Of a record that was taken back; null while it counts. */
export const reversalSchema = z
  .object({ at: instantSchema, by: z.string().nullable(), reason: z.string() })
  .nullable();
