import { z } from 'zod';
import { idSchema, instantSchema } from '../ground/record.contract.ts';

/**
 * Something that was done with a document, as its page tells it. Values that the reader may not see are left out of
 * `changes`; of a draft that was written or changed it says no more than that.
 */
const historyEntrySchema = z.object({
  id: idSchema,
  at: instantSchema,
  actor: z.string().nullable(),
  /** As the audit trail calls it. */
  action: z.string(),
  changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
});
/** Newest first. */
export const historySchema = z.array(historyEntrySchema);
export type History = z.output<typeof historySchema>;
