import type { AuditQueries } from './admin/audit/audit.repo.ts';
import type { MigrationCommands } from './admin/migrations/migrations.service.ts';
import type { SessionCommands } from './admin/sessions/sessions.service.ts';
import type { TenantCommands } from './admin/tenants/tenants.service.ts';
import type { AuthService } from './auth/auth.service.ts';

/** What procedures outside of a tenant work with. */
export interface Services {
  auth: AuthService;
  tenants: TenantCommands;
  migrations: MigrationCommands;
  sessions: SessionCommands;
  audit: AuditQueries;
}
