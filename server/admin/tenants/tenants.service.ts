import type { FastifyBaseLogger } from 'fastify';
import type { z } from 'zod';
import { recordWith } from '../../auth/audit-trail.ts';
import type { RevocationTrace } from '../../auth/session-manager.ts';
import { containsPattern, decodeCursor, encodeCursor } from '../../db/list-cursor.ts';
import type { Page } from '../../domains/list.contract.ts';
import { eventsAfter } from '../../tenancy/provisioning-events.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import type { TenantRecord } from '../../tenancy/tenant-records.ts';
import { notFound } from '../../trpc/problem.ts';
import { clustersHealth } from './clusters.ts';
import type {
  clustersSchema,
  CreateTenant,
  createdTenantSchema,
  listTenantsSchema,
  Tenant,
  tenantEventsSchema,
  TenantHealth,
} from './tenants.contract.ts';

type Input = z.output<typeof listTenantsSchema>;
type Row = TenantRecord & { users: number; active_sessions: number; sort_value: string };

const columns = {
  name: 't.name',
  slug: 't.slug',
  status: 't.status',
  createdAt: 't.created_at',
  schemaVersion: 't.schema_version',
} as const;
const types = {
  name: 'text',
  slug: 'text',
  status: 'text',
  createdAt: 'timestamptz',
  schemaVersion: 'int',
} as const;

/** What operators see of tenants and do to them. */
export class TenantCommands {
  readonly #tenancy: Tenancy;
  readonly #log: FastifyBaseLogger;

  constructor(tenancy: Tenancy, log: FastifyBaseLogger) {
    this.#tenancy = tenancy;
    this.#log = log;
  }

  async list(input: Input): Promise<Page<Tenant>> {
    const { filter = {}, search, limit } = input;
    const { by, direction } = input.sort ?? { by: 'name' as const, direction: 'asc' as const };
    const cursor = decodeCursor(input.cursor);
    const conditions = ['true'];
    const values: unknown[] = [];
    const place = (value: unknown) => {
      values.push(value);
      return `$${String(values.length)}`;
    };
    if (filter.status) conditions.push(`t.status = any(${place(filter.status)}::text[])`);
    if (search) {
      const pattern = place(containsPattern(search));
      conditions.push(`(t.name ilike ${pattern} or t.slug ilike ${pattern})`);
    }
    const counted = conditions.join(' and ');
    const countedValues = [...values];
    if (cursor) {
      const sign = direction === 'asc' ? '>' : '<';
      conditions.push(
        `(${columns[by]}, t.id) ${sign} (${place(cursor.value)}::${types[by]}, ${place(cursor.id)}::uuid)`,
      );
    }
    const { pool } = this.#tenancy.control;
    const { rows } = await pool.query<Row>(
      `select t.*, ${columns[by]}::text as sort_value,
         (select count(*)::int from user_mappings m where m.tenant_id = t.id) as users,
         (select count(*)::int from sessions s
           where s.tenant_id = t.id and s.revoked_at is null and s.expires_at > now()) as active_sessions
       from tenant_metadata t where ${conditions.join(' and ')}
       order by ${columns[by]} ${direction}, t.id ${direction} limit ${String(limit + 1)}`,
      values,
    );
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const page: Page<Tenant> = {
      items: items.map((row) => this.#tenantOf(row)),
      nextCursor: last ? encodeCursor({ value: last.sort_value, id: last.id }) : null,
    };
    if (input.total === true) {
      const sql = `select count(*)::int as total from tenant_metadata t where ${counted}`;
      page.total = (await pool.query<{ total: number }>(sql, countedValues)).rows[0]?.total ?? 0;
    }
    return page;
  }

  async get(id: string): Promise<Tenant> {
    const record = await this.#tenancy.records.byId(id);
    if (!record) throw notFound('tenant');
    return this.#seen(record);
  }

  /** Enters the tenant and answers at once; the work goes on and is told by `events`. */
  async create(input: CreateTenant, trace: RevocationTrace): Promise<z.output<typeof createdTenantSchema>> {
    const { provisioner, control } = this.#tenancy;
    const record = await provisioner.request(input);
    if (record.status === 'provisioning') {
      const audit = (outcome: 'done' | 'failed', details: Record<string, unknown>) =>
        recordWith(control.pool, {
          ...trace,
          action: 'tenant.provisioned',
          outcome,
          tenantId: record.id,
          subject: record.slug,
          details,
        });
      void provisioner
        .run(record.id)
        .then(
          () => audit('done', {}),
          (error: unknown) =>
            audit('failed', { reason: error instanceof Error ? error.message : String(error) }),
        )
        .catch((error: unknown) =>
          this.#log.error({ err: error, tenant: record.slug }, 'provisioning failed'),
        );
    }
    return { id: record.id, slug: record.slug, status: record.status };
  }

  async events(id: string, after: number): Promise<z.output<typeof tenantEventsSchema>> {
    const record = await this.#tenancy.records.byId(id);
    if (!record) throw notFound('tenant');
    return { status: record.status, items: await eventsAfter(this.#tenancy.control.pool, id, after) };
  }

  async suspend(id: string, reason: string | undefined, trace: RevocationTrace): Promise<Tenant> {
    return this.#seen(await this.#tenancy.lifecycle.suspend(id, reason, trace));
  }

  async reactivate(id: string, trace: RevocationTrace): Promise<Tenant> {
    return this.#seen(await this.#tenancy.lifecycle.reactivate(id, trace));
  }

  async lockdown(id: string, reason: string | undefined, trace: RevocationTrace): Promise<Tenant> {
    return this.#seen(await this.#tenancy.lifecycle.lockdown(id, reason, trace));
  }

  async deprovision(id: string, confirm: string, trace: RevocationTrace): Promise<Tenant> {
    return this.#seen((await this.#tenancy.lifecycle.deleteTenantDatabase(id, confirm, trace)).record);
  }

  health(id: string): Promise<TenantHealth> {
    return this.#tenancy.lifecycle.healthCheck(id);
  }

  async clusters(): Promise<z.output<typeof clustersSchema>> {
    return { items: await clustersHealth(this.#tenancy.control) };
  }

  async #seen(record: TenantRecord): Promise<Tenant> {
    const { rows } = await this.#tenancy.control.pool.query<{ users: number; active_sessions: number }>(
      `select (select count(*)::int from user_mappings where tenant_id = $1) as users,
              (select count(*)::int from sessions
                where tenant_id = $1 and revoked_at is null and expires_at > now()) as active_sessions`,
      [record.id],
    );
    return this.#tenantOf({ ...record, users: 0, active_sessions: 0, ...rows[0], sort_value: '' });
  }

  #tenantOf(row: Row): Tenant {
    const behind = this.#tenancy.latestVersion - row.schema_version;
    const served = row.status === 'active' || row.status === 'quarantined';
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      status: row.status,
      plan: row.plan,
      cluster: row.cluster,
      database: row.database_name,
      schemaVersion: row.schema_version,
      latestSchemaVersion: this.#tenancy.latestVersion,
      health: !served ? 'unknown' : behind > 0 || row.migration_error !== null ? 'degraded' : 'healthy',
      reason: row.reason ?? row.migration_error,
      users: row.users,
      activeSessions: row.active_sessions,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      deleteAfter: row.delete_after,
    };
  }
}
