import { changeOf, creationOf, actionOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  assignRoles,
  linkSignIn,
  resetSecondFactor,
  signOutEverywhere,
  unlinkSignIn,
  signInState,
} from './access.service.ts';
import {
  assignRolesSchema,
  createEmployeeSchema,
  employeePageSchema,
  employeeSchema,
  linkedEmployeeSchema,
  linkSignInSchema,
  listEmployeesSchema,
  resetSecondFactorSchema,
  revealedPiiSchema,
  revealPiiSchema,
  signInStateSchema,
  signOutEmployeeSchema,
  unlinkSignInSchema,
  updateEmployeeSchema,
} from './employees.contract.ts';
import { employeeKind } from './employees.kinds.contract.ts';
import * as employees from './employees.service.ts';

export const employeesRouter = router({
  list: queryOf(employeeKind)
    .input(listEmployeesSchema)
    .output(employeePageSchema)
    .query(({ ctx, input }) => employees.list(ctx.scope, input)),
  get: queryOf(employeeKind)
    .input(getInputSchema)
    .output(employeeSchema)
    .query(({ ctx, input }) => employees.get(ctx.scope, input.id)),
  signInState: queryOf(employeeKind)
    .input(getInputSchema)
    .output(signInStateSchema)
    .query(({ ctx, input }) => signInState(ctx.scope, input.id)),
  create: creationOf(employeeKind)
    .input(createEmployeeSchema)
    .output(employeeSchema)
    .mutation(({ ctx, input }) => employees.create(ctx.scope, input)),
  update: changeOf(employeeKind, { ends: ['signed out by the company'] })
    .input(updateEmployeeSchema)
    .output(employeeSchema)
    .mutation(({ ctx, input }) => employees.update(ctx.scope, input)),
  assignRoles: actionOf(employeeKind, 'assignRoles')
    .input(assignRolesSchema)
    .output(employeeSchema)
    .mutation(({ ctx, input }) => assignRoles(ctx.scope, input)),
  linkSignIn: actionOf(employeeKind, 'linkSignIn', { ends: ['the account was made anew'] })
    .input(linkSignInSchema)
    .output(linkedEmployeeSchema)
    .mutation(({ ctx, input }) => linkSignIn(ctx.scope, input)),
  unlinkSignIn: actionOf(employeeKind, 'linkSignIn', { ends: ['the sign-in was taken away'] })
    .input(unlinkSignInSchema)
    .output(employeeSchema)
    .mutation(({ ctx, input }) => unlinkSignIn(ctx.scope, input)),
  resetSecondFactor: actionOf(employeeKind, 'linkSignIn', {
    ends: ['the second factor was taken away'],
  })
    .input(resetSecondFactorSchema)
    .output(employeeSchema)
    .mutation(({ ctx, input }) => resetSecondFactor(ctx.scope, input)),
  signOut: actionOf(employeeKind, 'endSessions', { ends: ['signed out by the company'] })
    .input(signOutEmployeeSchema)
    .output(employeeSchema)
    .mutation(({ ctx, input }) => signOutEverywhere(ctx.scope, input)),
  revealPii: actionOf(employeeKind, 'revealPii', { anew: true })
    .input(revealPiiSchema)
    .output(revealedPiiSchema)
    .mutation(({ ctx, input }) => employees.revealPii(ctx.scope, input)),
});
