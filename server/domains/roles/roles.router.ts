import { changeOf, creationOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import {
  createRoleSchema,
  deleteRoleSchema,
  rolesSchema,
  roleSchema,
  updateRoleSchema,
} from './roles.contract.ts';
import { roleKind } from './roles.kinds.contract.ts';
import * as roles from './roles.service.ts';

export const rolesRouter = router({
  list: queryOf(roleKind)
    .output(rolesSchema)
    .query(({ ctx }) => roles.list(ctx.scope)),
  create: creationOf(roleKind)
    .input(createRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => roles.create(ctx.scope, input)),
  update: changeOf(roleKind)
    .input(updateRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => roles.update(ctx.scope, input)),
  /** The role as it was. */
  delete: changeOf(roleKind)
    .input(deleteRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => roles.remove(ctx.scope, input)),
});
