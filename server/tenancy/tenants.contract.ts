import { z } from 'zod';
import { tenantStatusSchema } from '../control-plane/tenant-status.contract.ts';
import { passwordSchema } from '../auth/password.contract.ts';
import { listInputSchema, pageSchema } from '../ground/list.contract.ts';
import { emailSchema, textSchema } from '../ground/record.contract.ts';
import { typedText } from '../ground/text.contract.ts';
import { refusal } from '../ground/reasons/reasons.contract.ts';

/** A tenant's short name: part of its database's and role's name, so it never changes. */
export const tenantSlugSchema = typedText().regex(/^[a-z][a-z0-9_-]{1,30}$/, {
  error: refusal('input.tenant_slug'),
});

/** A PostgreSQL server's name among us. */
export const clusterNameSchema = typedText().regex(/^[a-z][a-z0-9-]{0,30}$/, {
  error: refusal('input.cluster_name'),
});

const healthSchema = z.enum(['healthy', 'degraded', 'down', 'unknown']);

export const tenantSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: tenantStatusSchema,
  plan: z.string(),
  cluster: z.string(),
  /** The cluster it is being moved to. */
  movingTo: z.string().nullable(),
  database: z.string(),
  schemaVersion: z.int(),
  latestSchemaVersion: z.int(),
  health: healthSchema,
  /** Why it is quarantined, failed or down. */
  reason: z.string().nullable(),
  users: z.int(),
  /** People with an account of before who get in once they have answered the mail that asks them to prove it. */
  waitingUsers: z.int(),
  activeSessions: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Until then a deprovisioned tenant can be brought back. */
  deleteAfter: z.string().nullable(),
});

export const tenantSorts = ['name', 'slug', 'status', 'createdAt', 'schemaVersion'] as const;
export const listTenantsSchema = listInputSchema(
  { status: z.array(tenantStatusSchema).max(9), cluster: clusterNameSchema },
  tenantSorts,
);
export const tenantPageSchema = pageSchema(tenantSchema);

export const createTenantSchema = z.strictObject({
  /** Made by the caller, so that a retry is the same tenant. */
  id: z.uuid().optional(),
  slug: tenantSlugSchema,
  name: textSchema(120, 1),
  plan: z.enum(['standard', 'enterprise']).default('standard'),
  /** Left out, the open one with the fewest tenants. */
  cluster: clusterNameSchema.optional(),
  ownerEmail: emailSchema,
  ownerName: textSchema(120, 1),
  /** Without one the owner is invited by e-mail. */
  ownerPassword: passwordSchema.optional(),
});
/** The answer comes at once; `admin.tenants.events` reports the rest. */
export const createdTenantSchema = z.object({ id: z.string(), slug: z.string(), status: tenantStatusSchema });

export const tenantIdSchema = z.strictObject({ id: z.uuid() });
export const tenantReasonSchema = z.strictObject({
  id: z.uuid(),
  reason: textSchema(300).optional(),
});
export const moveTenantSchema = z.strictObject({ id: z.uuid(), cluster: clusterNameSchema });
/** The answer comes at once; `admin.tenants.events` reports the rest. */
export const tenantMoveSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  state: z.enum(['copying', 'switched', 'done', 'undone']),
  /** Why it was undone. */
  reason: z.string().nullable(),
  copiedRows: z.number().nullable(),
  /** How long changes had to wait, in milliseconds. */
  pausedMs: z.int().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
/** The moves of a tenant, the newest first; the last ones of very many. */
export const tenantMovesSchema = z.object({ items: z.array(tenantMoveSchema) });
export const deprovisionSchema = z.strictObject({
  id: z.uuid(),
  /** The tenant's short name, typed by the operator. */
  confirm: typedText(),
});

/** `after`: the `seq` of the last event seen. */
export const tenantEventsInputSchema = z.strictObject({ id: z.uuid(), after: z.int().min(0).default(0) });
const tenantEventSchema = z.object({
  seq: z.int(),
  at: z.string(),
  step: z.string(),
  status: z.enum(['started', 'done', 'failed', 'undone']),
  /** In English; a client that words it itself goes by `code` and `values`. */
  message: z.string(),
  /** null for what is not the platform's own: PostgreSQL's words, a network's. */
  code: z.string().nullable(),
  values: z.record(z.string(), z.string()),
  /** How long the step took. */
  milliseconds: z.int().nullable(),
});
export const tenantEventsSchema = z.object({
  status: tenantStatusSchema,
  items: z.array(tenantEventSchema),
});

/** The findings of a check of a tenant's database; PostgreSQL's own message explains `failed`. */
const healthFindingSchema = z.enum([
  'own_tenant',
  'other_tenant',
  'guarded',
  'unguarded',
  'plain_rights',
  'special_rights',
  'current',
  'behind',
  'failed',
]);
export type HealthFinding = z.output<typeof healthFindingSchema>;

export const tenantHealthSchema = z.object({
  id: z.string(),
  health: healthSchema,
  /** Round trip of a trivial statement as the tenant's own role. */
  latencyMs: z.number().nullable(),
  schemaVersion: z.int(),
  latestSchemaVersion: z.int(),
  databaseBytes: z.number().nullable(),
  /** `message` in English for logs and programs; a screen words the finding. */
  checks: z.array(
    z.object({ name: z.string(), ok: z.boolean(), finding: healthFindingSchema, message: z.string() }),
  ),
});

const clusterSchema = z.object({
  name: z.string(),
  /** host:port of the administrative login. */
  address: z.string(),
  /** Whether new tenants may be placed there. */
  acceptsTenants: z.boolean(),
  /** Connections open now, and how many there may be. */
  connections: z.int().nullable(),
  maxConnections: z.int().nullable(),
  health: healthSchema,
  latencyMs: z.number().nullable(),
  tenants: z.int(),
  version: z.string().nullable(),
});
export const clustersSchema = z.object({ items: z.array(clusterSchema) });
/** Opens a cluster for new tenants, or closes it; those that live there stay. */
export const openClusterSchema = z.strictObject({ name: clusterNameSchema, acceptsTenants: z.boolean() });

export type Tenant = z.output<typeof tenantSchema>;
export type CreateTenant = z.output<typeof createTenantSchema>;
export type TenantEvent = z.output<typeof tenantEventSchema>;
export type TenantHealth = z.output<typeof tenantHealthSchema>;
export type Move = z.output<typeof tenantMoveSchema>;
export type ClusterHealth = z.output<typeof clusterSchema>;
