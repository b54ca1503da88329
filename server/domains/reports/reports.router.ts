import { tenantQuery } from '../../ladder/tenant-procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { findInputSchema, findResultSchema } from '../search/search.contract.ts';
import { find } from '../search/search.service.ts';
import { auditPageSchema, listAuditSchema, trailPermission } from '../audit/audit.contract.ts';
import { audit } from '../audit/audit.service.ts';
import { dashboardSchema } from '../dashboard/dashboard.contract.ts';
import { dashboard } from '../dashboard/dashboard.service.ts';

/** What people look at across the domains: the first screen, what they search for, and the audit trail. */
export const reportsRouter = router({
  dashboard: tenantQuery()
    .output(dashboardSchema)
    .query(({ ctx }) => dashboard(ctx.scope)),
  find: tenantQuery()
    .input(findInputSchema)
    .output(findResultSchema)
    .query(({ ctx, input }) => find(ctx.scope, input)),
  audit: tenantQuery(trailPermission)
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => audit(ctx.scope, input)),
});
