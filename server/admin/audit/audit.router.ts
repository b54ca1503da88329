import type { z } from 'zod';
import type { Page } from '../../ground/list.contract.ts';
import { platformQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { type AuditEntry, auditPageSchema, listAuditSchema } from './audit.contract.ts';

declare module '../../ladder/context.ts' {
  interface Services {
    audit: { list(input: z.output<typeof listAuditSchema>): Promise<Page<AuditEntry>> };
  }
}

export const auditRouter = router({
  list: platformQuery
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => ctx.services.audit.list(input)),
});
