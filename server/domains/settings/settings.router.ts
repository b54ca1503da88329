import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { settingsSchema, updateSettingsSchema } from './settings.contract.ts';
import * as settings from './settings.service.ts';

export const settingsRouter = router({
  get: tenantQuery('settings:read')
    .output(settingsSchema)
    .query(({ ctx }) => settings.get(ctx.scope)),
  update: tenantMutation('settings:manage')
    .input(updateSettingsSchema)
    .output(settingsSchema)
    .mutation(({ ctx, input }) => settings.update(ctx.scope, input)),
});
