import { z } from 'zod';
import { idSchema, instantSchema } from '../ground/record.contract.ts';

/**
 * An event in a document's history, as its page tells it. `changes` leaves out values that the reader may not see, and
 * the contents of a draft that was written or changed.
 */
const historyEntrySchema = z.object({
  id: idSchema,
  at: instantSchema,
  actor: z.string().nullable(),
  /** By its name in the audit trail. */
  action: z.string(),
  changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
});
/** Newest first. */
export const historySchema = z.array(historyEntrySchema);
export type History = z.output<typeof historySchema>;
