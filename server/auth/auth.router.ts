import { publicProcedure, sessionProcedure } from '../trpc/procedures.ts';
import { router } from '../trpc/trpc.ts';
import {
  chooseCompanyInputSchema,
  chooseCompanySchema,
  companiesSchema,
  logoutInputSchema,
  logoutSchema,
  meSchema,
  openSessionInputSchema,
  openSessionSchema,
  revokeSessionInputSchema,
  revokeSessionSchema,
  sessionsSchema,
} from './auth.contract.ts';

export const authRouter = router({
  openSession: publicProcedure
    .input(openSessionInputSchema)
    .output(openSessionSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.openSession(ctx, input?.device)),
  me: sessionProcedure.output(meSchema).query(({ ctx }) => ctx.services.auth.me(ctx, ctx.identity)),
  companies: sessionProcedure
    .output(companiesSchema)
    .query(({ ctx }) => ctx.services.auth.companies(ctx.identity)),
  chooseCompany: sessionProcedure
    .input(chooseCompanyInputSchema)
    .output(chooseCompanySchema)
    .mutation(({ ctx, input }) => ctx.services.auth.chooseCompany(ctx.identity, input.tenantId)),
  listSessions: sessionProcedure
    .output(sessionsSchema)
    .query(({ ctx }) => ctx.services.auth.listSessions(ctx.identity)),
  revokeSession: sessionProcedure
    .input(revokeSessionInputSchema)
    .output(revokeSessionSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.revokeSession(ctx, ctx.identity, input.jti)),
  logout: sessionProcedure
    .input(logoutInputSchema)
    .output(logoutSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.logout(ctx, ctx.identity, input.scope)),
});
