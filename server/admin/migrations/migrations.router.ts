import { traceOf } from '../trace.ts';
import { platformMutation, platformQuery } from '../../trpc/procedures.ts';
import { router } from '../../trpc/trpc.ts';
import { migrationRunSchema, migrationStatusSchema, runMigrationsSchema } from './migrations.contract.ts';

export const migrationsRouter = router({
  status: platformQuery.output(migrationStatusSchema).query(({ ctx }) => ctx.services.migrations.status()),
  run: platformMutation
    .input(runMigrationsSchema)
    .output(migrationRunSchema)
    .mutation(({ ctx, input }) => ctx.services.migrations.run(input.tenantId, input.dryRun, traceOf(ctx))),
});
