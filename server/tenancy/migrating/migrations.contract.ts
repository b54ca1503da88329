import { z } from 'zod';

const migrationSchema = z.object({
  version: z.int(),
  name: z.string(),
  checksum: z.string(),
  transactional: z.boolean(),
});

const tenantMigrationSchema = z.object({
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

const resultSchema = z.object({
  target: z.string(),
  outcome: z.enum(['migrated', 'current', 'quarantined', 'skipped']),
  version: z.int(),
  milliseconds: z.int(),
  error: z.string().nullable(),
});

/** A run under way or the last one, the same on every node. */
const runProgressSchema = z.object({
  id: z.uuid(),
  /** The one tenant it is for; null: all of them. */
  tenantId: z.string().nullable(),
  /**
   * `failed`: some were quarantined, or it could not begin; `stopped`: too many failed; `abandoned`: its process was
   * stopped or killed.
   */
  state: z.enum(['running', 'done', 'failed', 'stopped', 'abandoned']),
  /** The version it migrates to. */
  latest: z.int(),
  /** 0 the templates, 1 the canary, then the waves. */
  wave: z.int(),
  waves: z.int(),
  startedBy: z.string(),
  /** Machine and process. */
  node: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  error: z.string().nullable(),
  total: z.int(),
  done: z.int(),
  counts: z.object({
    migrated: z.int(),
    current: z.int(),
    quarantined: z.int(),
    skipped: z.int(),
    running: z.int(),
    waiting: z.int(),
  }),
  /** Names of those being migrated at this moment. */
  running: z.array(z.string()),
  /** The results other than success, in their own words. */
  problems: z.array(resultSchema),
});

export const migrationStatusSchema = z.object({
  latest: z.int(),
  /** Tenants below this are answered with TENANT_UPGRADING. */
  minimum: z.int(),
  /** The lowest version of the clusters' templates. */
  template: z.int(),
  /** null: the cluster cannot be reached. */
  templates: z.array(z.object({ cluster: z.string(), version: z.int().nullable() })),
  migrations: z.array(migrationSchema),
  tenants: z.array(tenantMigrationSchema),
  run: runProgressSchema.nullable(),
});

export const runMigrationsSchema = z.strictObject({
  /** One tenant, or all of them when left out. */
  tenantId: z.uuid().optional(),
  /** Says what would be done, and does nothing. */
  dryRun: z.boolean().default(false),
});

export const migrationRunSchema = z.object({
  dryRun: z.boolean(),
  /** The plan of a run, with its SQL in a dry run. */
  plan: z.array(
    z.object({
      target: z.string(),
      wave: z.enum(['template', 'canary', 'wave']),
      /** Which wave: the template 0, the canary 1. */
      number: z.int(),
      from: z.int(),
      to: z.int(),
      migrations: z.array(z.object({ version: z.int(), name: z.string(), sql: z.string().nullable() })),
    }),
  ),
  /** The results so far; all of them unless `running`. */
  results: z.array(resultSchema),
  runId: z.uuid().nullable(),
  /** It continues in the background: `admin.migrations.status` reports it. */
  running: z.boolean(),
});

export type MigrationStatus = z.output<typeof migrationStatusSchema>;
export type MigrationRun = z.output<typeof migrationRunSchema>;
export type RunProgress = z.output<typeof runProgressSchema>;
export type MigrationResult = z.output<typeof resultSchema>;
