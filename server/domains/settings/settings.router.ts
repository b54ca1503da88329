import { changeOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { settingsSchema, updateSettingsSchema } from './settings.contract.ts';
import { settingsKind } from './settings.kinds.contract.ts';
import * as settings from './settings.service.ts';

export const settingsRouter = router({
  get: queryOf(settingsKind)
    .output(settingsSchema)
    .query(({ ctx }) => settings.get(ctx.scope)),
  update: changeOf(settingsKind)
    .input(updateSettingsSchema)
    .output(settingsSchema)
    .mutation(({ ctx, input }) => settings.update(ctx.scope, input)),
});
