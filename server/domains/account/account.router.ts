import type { AuthService } from './account.service.ts';
import { publicProcedure, sessionProcedure, wayOutProcedure } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import {
  chooseCompanyInputSchema,
  chooseCompanySchema,
  companiesSchema,
  disownSecondFactorSchema,
  logoutInputSchema,
  logoutSchema,
  meSchema,
  openSessionInputSchema,
  openSessionSchema,
  revokeSessionInputSchema,
  revokeSessionSchema,
  sessionsSchema,
} from './account.contract.ts';

declare module '../../ladder/context.ts' {
  interface Services {
    auth: AuthService;
  }
}

export const accountRouter = router({
  openSession: publicProcedure
    .input(openSessionInputSchema)
    .output(openSessionSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.openSession(ctx, input?.device)),
  me: wayOutProcedure.output(meSchema).query(({ ctx }) => ctx.services.auth.me(ctx, ctx.identity)),
  disownSecondFactor: wayOutProcedure
    .output(disownSecondFactorSchema)
    .mutation(({ ctx }) => ctx.services.auth.disownSecondFactor(ctx, ctx.identity)),
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
  logout: wayOutProcedure
    .input(logoutInputSchema)
    .output(logoutSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.logout(ctx, ctx.identity, input.scope)),
});
