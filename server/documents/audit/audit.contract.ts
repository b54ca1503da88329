import { z } from 'zod';

/** What happened to one field; `before` is null for what is new, `after` for what is gone. */
export const fieldChangeSchema = z.object({ before: z.unknown(), after: z.unknown() });
export type FieldChange = z.infer<typeof fieldChangeSchema>;
export type Changes = Record<string, FieldChange>;
