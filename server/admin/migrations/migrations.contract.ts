import { z } from 'zod';

export const migrationSchema = z.object({
  version: z.int(),
  name: z.string(),
  checksum: z.string(),
  transactional: z.boolean(),
});

export const tenantMigrationSchema = z.object({
  tenantId: z.string(),
  slug: z.string(),
  name: z.string(),
  schemaVersion: z.int(),
  pending: z.int(),
  state: z.enum(['current', 'pending', 'running', 'quarantined']),
  /** Why the last run failed. */
  error: z.string().nullable(),
  lastRunAt: z.string().nullable(),
});

export const migrationStatusSchema = z.object({
  latest: z.int(),
  /** Tenants below this are answered with TENANT_UPGRADING. */
  minimum: z.int(),
  template: z.int(),
  migrations: z.array(migrationSchema),
  tenants: z.array(tenantMigrationSchema),
});

export const runMigrationsSchema = z.strictObject({
  /** One tenant, or all of them when left out. */
  tenantId: z.uuid().optional(),
  /** Says what would be done, and does nothing. */
  dryRun: z.boolean().default(false),
});

export const migrationRunSchema = z.object({
  dryRun: z.boolean(),
  /** What is to run where, with its SQL in a dry run. */
  plan: z.array(
    z.object({
      target: z.string(),
      wave: z.enum(['template', 'canary', 'wave']),
      from: z.int(),
      to: z.int(),
      migrations: z.array(z.object({ version: z.int(), name: z.string(), sql: z.string().nullable() })),
    }),
  ),
  results: z.array(
    z.object({
      target: z.string(),
      outcome: z.enum(['migrated', 'current', 'quarantined', 'skipped']),
      version: z.int(),
      milliseconds: z.int(),
      error: z.string().nullable(),
    }),
  ),
});

export type MigrationStatus = z.output<typeof migrationStatusSchema>;
export type MigrationRun = z.output<typeof migrationRunSchema>;
