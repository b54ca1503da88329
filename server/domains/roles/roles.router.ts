import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import {
  createRoleSchema,
  deleteRoleSchema,
  rolesSchema,
  roleSchema,
  updateRoleSchema,
} from './roles.contract.ts';
import * as roles from './roles.service.ts';

export const rolesRouter = router({
  list: tenantQuery('roles:read')
    .output(rolesSchema)
    .query(({ ctx }) => roles.list(ctx.scope)),
  create: tenantMutation('roles:manage')
    .input(createRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => roles.create(ctx.scope, input)),
  update: tenantMutation('roles:manage')
    .input(updateRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => roles.update(ctx.scope, input)),
  /** The role as it was. */
  delete: tenantMutation('roles:manage')
    .input(deleteRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => roles.remove(ctx.scope, input)),
});
