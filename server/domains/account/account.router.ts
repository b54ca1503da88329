import type { AuthService } from './account.service.ts';
import { publicProcedure, sessionProcedure, unsettledSessionProcedure } from '../../ladder/procedures.ts';
import { tenantMutation } from '../../ladder/tenant-procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { chooseLanguage } from '../employees/preferences.service.ts';
import {
  chosenLanguageSchema,
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
    .meta({
      step: 'public',
      ends: [
        'the owner proved the mailbox',
        'the account waits for the proof of its mailbox',
        'the second factor was not shown',
        'ended at the sign-in service',
        'the account is banned at the sign-in service',
        'the account is gone at the sign-in service',
      ],
    })
    .input(openSessionInputSchema)
    .output(openSessionSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.openSession(ctx, input?.device)),
  me: unsettledSessionProcedure.output(meSchema).query(({ ctx }) => ctx.services.auth.me(ctx, ctx.identity)),
  disownSecondFactor: unsettledSessionProcedure
    .meta({ step: 'session', ends: ['the owner proved the mailbox'] })
    .output(disownSecondFactorSchema)
    .mutation(({ ctx }) => ctx.services.auth.disownSecondFactor(ctx, ctx.identity)),
  companies: sessionProcedure
    .output(companiesSchema)
    .query(({ ctx }) => ctx.services.auth.companies(ctx.identity)),
  chooseCompany: sessionProcedure
    .meta({ step: 'session', ends: [] })
    .input(chooseCompanyInputSchema)
    .output(chooseCompanySchema)
    .mutation(({ ctx, input }) => ctx.services.auth.chooseCompany(ctx.identity, input.tenantId)),
  chooseLanguage: tenantMutation()
    .input(chosenLanguageSchema)
    .output(chosenLanguageSchema)
    .mutation(({ ctx, input }) => chooseLanguage(ctx.scope, input.language)),
  listSessions: sessionProcedure
    .output(sessionsSchema)
    .query(({ ctx }) => ctx.services.auth.listSessions(ctx.identity)),
  revokeSession: sessionProcedure
    .meta({ step: 'session', ends: ['revoked by its user'] })
    .input(revokeSessionInputSchema)
    .output(revokeSessionSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.revokeSession(ctx, ctx.identity, input.jti)),
  logout: unsettledSessionProcedure
    .meta({
      step: 'session',
      ends: ['signed out', 'signed out from another session', 'signed out everywhere'],
    })
    .input(logoutInputSchema)
    .output(logoutSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.logout(ctx, ctx.identity, input.scope)),
});
