import type { FastifyBaseLogger } from 'fastify';
import type { z } from 'zod';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { TenantMove } from '../../tenancy/moving/tenant-moves.ts';
import { eventsAfter } from '../../tenancy/provisioning/provisioning-events.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import type { TenantRecord } from '../../control-plane/tenant-records.ts';
import { notFound } from '../../ground/problem.ts';
import { isOutage } from '../../ladder/failure.ts';
import { clustersHealth } from './clusters.repo.ts';
import type {
  clustersSchema,
  CreateTenant,
  createdTenantSchema,
  listTenantsSchema,
  Move,
  Tenant,
  tenantEventsSchema,
  TenantHealth,
  tenantMovesSchema,
} from '../../tenancy/tenants.contract.ts';
import { listTenants, movesOf, withFigures } from './tenants.repo.ts';
import type { TenantRow } from './tenants.repo.ts';

/** What operators see of tenants and do to them. */
export class TenantCommands {
  readonly #tenancy: Tenancy;
  readonly #log: FastifyBaseLogger;

  constructor(tenancy: Tenancy, log: FastifyBaseLogger) {
    this.#tenancy = tenancy;
    this.#log = log;
  }

  async list(input: z.output<typeof listTenantsSchema>): Promise<Page<Tenant>> {
    const page = await listTenants(this.#tenancy.control.pool, input);
    return { ...page, items: page.items.map((row) => this.#tenantOf(row)) };
  }

  async get(id: string): Promise<Tenant> {
    const record = await this.#tenancy.records.byId(id);
    if (!record) throw notFound('tenant');
    return this.#seen(record);
  }

  /** Records the tenant and answers at once; the work continues, and `events` reports it. */
  async create(input: CreateTenant, trace: RevocationTrace): Promise<z.output<typeof createdTenantSchema>> {
    const { provisioner } = this.#tenancy;
    const record = await provisioner.request(input, trace);
    if (record.status === 'provisioning') {
      void provisioner.run(record.id).catch((error: unknown) => {
        const level = isOutage(error) ? 'warn' : 'error';
        this.#log[level]({ err: error, tenant: record.slug }, 'provisioning failed');
      });
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
    return { items: await clustersHealth(this.#tenancy.control, this.#tenancy.clusters) };
  }

  async openCluster(name: string, acceptsTenants: boolean, trace: RevocationTrace) {
    await this.#tenancy.clusters.setOpen(name, acceptsTenants);
    await recordWith(this.#tenancy.control.pool, {
      ...trace,
      action: 'cluster.changed',
      outcome: 'done',
      subject: name,
      details: { acceptsTenants },
    });
    return this.clusters();
  }

  /** Starts the move of the tenant and answers at once; the work continues, and `events` reports it. */
  async move(id: string, cluster: string, trace: RevocationTrace): Promise<Move> {
    const { mover } = this.#tenancy;
    const move = await mover.request(id, cluster, trace);
    void mover.run(move.id).catch((error: unknown) => {
      this.#log.warn({ err: error, tenant: id }, 'a tenant could not be moved');
    });
    return moveOf(move);
  }

  async moves(id: string): Promise<z.output<typeof tenantMovesSchema>> {
    if (!(await this.#tenancy.records.byId(id))) throw notFound('tenant');
    return { items: (await movesOf(this.#tenancy.control.pool, id)).map(moveOf) };
  }

  async #seen(record: TenantRecord): Promise<Tenant> {
    return this.#tenantOf(await withFigures(this.#tenancy.control.pool, record));
  }

  #tenantOf(row: TenantRow): Tenant {
    const behind = this.#tenancy.latestVersion - row.schema_version;
    const served = row.status === 'active' || row.status === 'quarantined';
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      status: row.status,
      plan: row.plan,
      cluster: row.cluster,
      movingTo: row.moving_to,
      database: row.database_name,
      schemaVersion: row.schema_version,
      latestSchemaVersion: this.#tenancy.latestVersion,
      health: !served ? 'unknown' : behind > 0 || row.migration_error !== null ? 'degraded' : 'healthy',
      reason: row.reason ?? row.migration_error,
      users: row.users,
      waitingUsers: row.waiting_users,
      activeSessions: row.active_sessions,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      deleteAfter: row.delete_after,
    };
  }
}

function moveOf(move: TenantMove): Move {
  return {
    id: move.id,
    from: move.from_cluster,
    to: move.to_cluster,
    state: move.state,
    reason: move.reason,
    copiedRows: move.copied_rows === null ? null : Number(move.copied_rows),
    pausedMs: move.paused_ms,
    startedAt: move.started_at,
    endedAt: move.ended_at,
  };
}
