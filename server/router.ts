import { auditRouter } from './admin/audit/audit.router.ts';
import { migrationsRouter } from './admin/migrations/migrations.router.ts';
import { sessionsRouter } from './admin/sessions/sessions.router.ts';
import { tenantsRouter } from './admin/tenants/tenants.router.ts';
import * as domains from './domains/routers.ts';
import { router } from './ladder/trpc.ts';

/** Every procedure there is, by its name on the wire. */
export const appRouter = router({
  ...domains,
  admin: router({
    tenants: tenantsRouter,
    migrations: migrationsRouter,
    sessions: sessionsRouter,
    audit: auditRouter,
  }),
});

export type AppRouter = typeof appRouter;
