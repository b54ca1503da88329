import type { CreateTenant, TenantHealth } from './tenants.contract.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import type { AuditRecord } from '../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../auth/revocations.ts';
import type { SessionManager } from '../auth/session-manager.ts';
import { invalidField, notFound, Problem } from '../ground/problem.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { Provisioner } from './provisioning/provisioner.ts';
import { checkHealth } from './tenant-health.ts';
import { withTenantLock } from '../control-plane/tenant-lock.ts';
import type { TenantMover } from './moving/tenant-mover.ts';
import type { TenantMove, TenantMoves } from './moving/tenant-moves.ts';
import type { TenantPools } from './pools/tenant-pools.ts';
import type { TenantRecord, TenantRecords } from '../control-plane/tenant-records.ts';
import { graceDays } from './removal/tenant-removal.ts';
import type { TenantRemoval } from './removal/tenant-removal.ts';

export interface LifecycleParts {
  control: ControlPlane;
  records: TenantRecords;
  provisioner: Provisioner;
  mover: TenantMover;
  moves: TenantMoves;
  removal: TenantRemoval;
  sessions: SessionManager;
  pools: TenantPools;
  latestVersion: number;
}

/** How tenants come, pause and go. Every command is safe to repeat and is in the audit trail. */
export class TenantLifecycle {
  readonly #parts: LifecycleParts;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /** Provisions a tenant and resolves when it is active. */
  async createTenantDatabase(input: CreateTenant, trace: RevocationTrace = {}): Promise<TenantRecord> {
    const { id } = await this.#parts.provisioner.request(input, trace);
    return this.#parts.provisioner.run(id);
  }

  /** All tenants, the deprovisioned ones within their grace period included. */
  async listTenantDatabases(): Promise<TenantRecord[]> {
    const { rows } = await this.#parts.control.pool.query<TenantRecord>(
      'select * from tenant_metadata order by slug',
    );
    return rows;
  }

  /** Whether a tenant's database can be reached as its own login, is guarded and up to date. */
  async healthCheck(id: string): Promise<TenantHealth> {
    const record = await this.#existing(id);
    return checkHealth(this.#parts.control, this.#parts.records, record, this.#parts.latestVersion);
  }

  /** The tenant's people are kept out until it is reactivated; data and sessions stay. */
  async suspend(id: string, reason: string | undefined, trace: RevocationTrace = {}): Promise<TenantRecord> {
    const record = await this.#inState(id, ['active', 'quarantined', 'locked', 'suspended']);
    if (record.status === 'suspended') return record;
    await this.#parts.records.change(id, { status: 'suspended', reason: reason ?? null });
    await this.#parts.pools.drop(id);
    await this.#audit(record, 'tenant.suspended', 'done', trace, { reason });
    return this.#existing(id);
  }

  /** Ends a suspension, a lockdown, or a deprovisioning within its grace period. */
  async reactivate(id: string, trace: RevocationTrace = {}): Promise<TenantRecord> {
    // Not while the end of the grace period is taking it away.
    return withTenantLock(this.#parts.control, id, async () => {
      const record = await this.#inState(id, [
        'suspended',
        'locked',
        'active',
        'quarantined',
        'deprovisioned',
      ]);
      if (record.status === 'active') return record;
      await this.#parts.records.change(id, { status: 'active', reason: null, delete_after: null });
      const action = record.status === 'deprovisioned' ? 'tenant.restored' : 'tenant.reactivated';
      await this.#audit(record, action, 'done', trace);
      return this.#existing(id);
    });
  }

  /**
   * Moves the tenant to another cluster and resolves when it lives there; its people work on meanwhile.
   * @throws Problem when it could not be moved; it is then where it was.
   */
  async moveTenantDatabase(id: string, cluster: string, trace: RevocationTrace = {}): Promise<TenantMove> {
    const move = await this.#parts.mover.request(id, cluster, trace);
    return this.#parts.mover.run(move.id);
  }

  /** Emergency: everyone is signed out at once and nobody gets in until the tenant is reactivated. */
  async lockdown(id: string, reason: string | undefined, trace: RevocationTrace = {}): Promise<TenantRecord> {
    const record = await this.#inState(id, ['active', 'quarantined', 'suspended', 'locked']);
    await this.#parts.records.change(id, { status: 'locked', reason: reason ?? null });
    await this.#parts.sessions.revokeAllTenantSessions(id, { ending: 'lockdown', words: reason }, trace);
    await this.#parts.pools.drop(id);
    await this.#audit(record, 'tenant.locked', 'done', trace, { reason });
    return this.#existing(id);
  }

  /**
   * Exports everything, signs everyone out, and marks the database for deletion after the grace period, in which
   * `reactivate` brings it back. `confirm` must be the tenant's short name.
   * @throws INVALID when the confirmation differs.
   */
  async deleteTenantDatabase(
    id: string,
    confirm: string,
    trace: RevocationTrace = {},
    days = graceDays,
  ): Promise<{ record: TenantRecord; exportFolder: string | null }> {
    const record = await this.#inState(id, [
      'active',
      'quarantined',
      'suspended',
      'locked',
      'failed',
      'deprovisioned',
    ]);
    if (confirm !== record.slug) {
      throw invalidField('confirm', 'tenant.confirm_slug', { slug: record.slug });
    }
    const move = await this.#parts.moves.underWay(id);
    if (move) throw new Problem('CONFLICT', 'move.wait', { name: record.name, cluster: move.to_cluster });
    return this.#parts.removal.deprovision(id, trace, days);
  }

  /** Deletes what is past its grace period; see TenantRemoval.purge. */
  purge(now = new Date(), trace: RevocationTrace = {}): Promise<string[]> {
    return this.#parts.removal.purge(now, trace);
  }

  /** Writes every table to a folder of its own below `folder` and returns it; TenantRestore reads it back. */
  async exportTenantDatabase(id: string, folder?: string): Promise<string> {
    const record = await this.#inState(id, ['active', 'quarantined', 'suspended', 'locked', 'deprovisioned']);
    return this.#parts.removal.export(record, folder);
  }

  async #existing(id: string): Promise<TenantRecord> {
    const record = await this.#parts.records.byId(id);
    if (!record) throw notFound('tenant');
    return record;
  }

  async #inState(id: string, allowed: TenantRecord['status'][]): Promise<TenantRecord> {
    const record = await this.#existing(id);
    if (!allowed.includes(record.status)) {
      throw new Problem(
        'NOT_ALLOWED_IN_STATE',
        'tenant.not_in_status',
        { status: record.status },
        { state: record.status, possible: [] },
      );
    }
    return record;
  }

  async #audit(
    record: TenantRecord,
    action: AuditRecord['action'],
    outcome: AuditRecord['outcome'],
    trace: RevocationTrace,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    await recordWith(this.#parts.control.pool, {
      ...trace,
      action,
      outcome,
      tenantId: record.id,
      subject: record.slug,
      details,
    });
  }
}
