import { platformQuery } from '../../trpc/procedures.ts';
import { router } from '../../trpc/trpc.ts';
import { auditPageSchema, listAuditSchema } from './audit.contract.ts';

export const auditRouter = router({
  list: platformQuery
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => ctx.services.audit.list(input)),
});
