import type { TenantCommands } from './tenants.service.ts';
import { platformMutation, platformQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { traceOf } from '../trace.ts';
import {
  clustersSchema,
  createdTenantSchema,
  createTenantSchema,
  deprovisionSchema,
  listTenantsSchema,
  moveTenantSchema,
  openClusterSchema,
  tenantEventsInputSchema,
  tenantEventsSchema,
  tenantHealthSchema,
  tenantIdSchema,
  tenantMoveSchema,
  tenantMovesSchema,
  tenantPageSchema,
  tenantReasonSchema,
  tenantSchema,
} from '../../tenancy/tenants.contract.ts';

declare module '../../ladder/context.ts' {
  interface Services {
    tenants: TenantCommands;
  }
}

export const tenantsRouter = router({
  list: platformQuery
    .input(listTenantsSchema)
    .output(tenantPageSchema)
    .query(({ ctx, input }) => ctx.services.tenants.list(input)),
  get: platformQuery
    .input(tenantIdSchema)
    .output(tenantSchema)
    .query(({ ctx, input }) => ctx.services.tenants.get(input.id)),
  create: platformMutation('the account was made anew', 'the sign-in was taken away')
    .input(createTenantSchema)
    .output(createdTenantSchema)
    .mutation(({ ctx, input }) => ctx.services.tenants.create(input, traceOf(ctx))),
  events: platformQuery
    .input(tenantEventsInputSchema)
    .output(tenantEventsSchema)
    .query(({ ctx, input }) => ctx.services.tenants.events(input.id, input.after)),
  suspend: platformMutation()
    .input(tenantReasonSchema)
    .output(tenantSchema)
    .mutation(({ ctx, input }) => ctx.services.tenants.suspend(input.id, input.reason, traceOf(ctx))),
  reactivate: platformMutation()
    .input(tenantIdSchema)
    .output(tenantSchema)
    .mutation(({ ctx, input }) => ctx.services.tenants.reactivate(input.id, traceOf(ctx))),
  lockdown: platformMutation('lockdown')
    .input(tenantReasonSchema)
    .output(tenantSchema)
    .mutation(({ ctx, input }) => ctx.services.tenants.lockdown(input.id, input.reason, traceOf(ctx))),
  deprovision: platformMutation('the tenant was deprovisioned')
    .input(deprovisionSchema)
    .output(tenantSchema)
    .mutation(({ ctx, input }) => ctx.services.tenants.deprovision(input.id, input.confirm, traceOf(ctx))),
  health: platformQuery
    .input(tenantIdSchema)
    .output(tenantHealthSchema)
    .query(({ ctx, input }) => ctx.services.tenants.health(input.id)),
  move: platformMutation()
    .input(moveTenantSchema)
    .output(tenantMoveSchema)
    .mutation(({ ctx, input }) => ctx.services.tenants.move(input.id, input.cluster, traceOf(ctx))),
  moves: platformQuery
    .input(tenantIdSchema)
    .output(tenantMovesSchema)
    .query(({ ctx, input }) => ctx.services.tenants.moves(input.id)),
  clusters: platformQuery.output(clustersSchema).query(({ ctx }) => ctx.services.tenants.clusters()),
  openCluster: platformMutation()
    .input(openClusterSchema)
    .output(clustersSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.tenants.openCluster(input.name, input.acceptsTenants, traceOf(ctx)),
    ),
});
