import type { MigrationCommands } from './migrations.service.ts';
import { traceOf } from '../trace.ts';
import { platformMutation, platformQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import {
  migrationRunSchema,
  migrationStatusSchema,
  runMigrationsSchema,
} from '../../tenancy/migrating/migrations.contract.ts';

declare module '../../ladder/context.ts' {
  interface Services {
    migrations: MigrationCommands;
  }
}

export const migrationsRouter = router({
  status: platformQuery.output(migrationStatusSchema).query(({ ctx }) => ctx.services.migrations.status()),
  run: platformMutation()
    .input(runMigrationsSchema)
    .output(migrationRunSchema)
    .mutation(({ ctx, input }) => ctx.services.migrations.run(input.tenantId, input.dryRun, traceOf(ctx))),
});
