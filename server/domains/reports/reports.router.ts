import { tenantQuery } from '../../ladder/tenant-procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { findInputSchema, findResultSchema } from '../search/search.contract.ts';
import { find } from '../search/search.service.ts';
import { auditPageSchema, dashboardSchema, listAuditSchema, trailPermission } from './reports.contract.ts';
import * as reports from './reports.service.ts';

export const reportsRouter = router({
  dashboard: tenantQuery()
    .output(dashboardSchema)
    .query(({ ctx }) => reports.dashboard(ctx.scope)),
  find: tenantQuery()
    .input(findInputSchema)
    .output(findResultSchema)
    .query(({ ctx, input }) => find(ctx.scope, input)),
  audit: tenantQuery(trailPermission)
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => reports.audit(ctx.scope, input)),
});
