import type { SessionCommands } from './sessions.service.ts';
import { platformMutation, platformQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { traceOf } from '../trace.ts';
import {
  adminSessionPageSchema,
  forgottenKeysSchema,
  listAdminSessionsSchema,
  revokedSchema,
  revokeTenantSchema,
  revokeUserSchema,
} from './sessions.contract.ts';

declare module '../../ladder/context.ts' {
  interface Services {
    sessions: SessionCommands;
  }
}

export const sessionsRouter = router({
  list: platformQuery
    .input(listAdminSessionsSchema)
    .output(adminSessionPageSchema)
    .query(({ ctx, input }) => ctx.services.sessions.list(input)),
  revokeUser: platformMutation('revoked by an operator')
    .input(revokeUserSchema)
    .output(revokedSchema)
    .mutation(({ ctx, input }) => ctx.services.sessions.revokeUser(input.userId, input.reason, traceOf(ctx))),
  forgetSigningKeys: platformMutation()
    .output(forgottenKeysSchema)
    .mutation(({ ctx }) => ctx.services.sessions.forgetSigningKeys(traceOf(ctx))),
  revokeTenant: platformMutation('revoked by an operator')
    .input(revokeTenantSchema)
    .output(revokedSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.sessions.revokeTenant(input.tenantId, input.reason, traceOf(ctx)),
    ),
});
