import { z } from 'zod';
import { auditActions, auditActionSchema } from '../../control-plane/audit-actions.contract.ts';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import { momentSchema, textSchema } from '../../ground/record.contract.ts';

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  action: auditActionSchema,
  outcome: z.enum(['done', 'refused', 'failed']),
  /** Who did it; null for the platform itself. */
  actorId: z.string().nullable(),
  actorEmail: z.string().nullable(),
  tenantId: z.string().nullable(),
  tenantName: z.string().nullable(),
  subject: z.string().nullable(),
  ip: z.string().nullable(),
  device: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export const listAuditSchema = listInputSchema(
  {
    action: z.array(auditActionSchema).max(auditActions.length),
    outcome: z.array(z.enum(['done', 'refused', 'failed'])).max(3),
    tenantId: z.uuid(),
    actorId: z.uuid(),
    /** Also those without an account here, such as `cli:root`. */
    actorEmail: textSchema(254),
    from: momentSchema({ offset: true }),
    to: momentSchema({ offset: true }),
  },
  ['at'] as const,
);
export const auditPageSchema = pageSchema(auditEntrySchema);

export type AuditEntry = z.output<typeof auditEntrySchema>;
