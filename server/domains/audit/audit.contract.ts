import { z } from 'zod';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import { idSchema, instantSchema, momentSchema, textSchema } from '../../ground/record.contract.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';

export const trailPermission = 'audit:read' satisfies Permission;

/**
 * One entry of the tenant's audit trail. Entries about records the reader may not read at all are left out, and values
 * the reader may not see are left out of `changes`.
 */
export const auditEntrySchema = z.object({
  id: idSchema,
  at: instantSchema,
  actor: z.string().nullable(),
  action: z.string(),
  recordKind: z.string(),
  recordId: idSchema.nullable(),
  recordLabel: z.string().nullable(),
  changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
  /** What the records are called now that `changes` name by their ids, as far as the reader may know of them. */
  names: z.record(z.string(), z.string()),
  origin: z.string().nullable(),
});
export const listAuditSchema = listInputSchema(
  {
    recordKind: textSchema(40),
    recordId: idSchema,
    actor: textSchema(120),
    from: momentSchema(),
    to: momentSchema(),
  },
  ['at'] as const,
);
export const auditPageSchema = pageSchema(auditEntrySchema);
export type ListAudit = z.output<typeof listAuditSchema>;
export type AuditEntry = z.output<typeof auditEntrySchema>;
