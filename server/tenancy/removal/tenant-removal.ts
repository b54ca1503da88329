import path from 'node:path';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { SessionManager } from '../../auth/session-manager.ts';
import type { TenantSignIns } from '../../auth/sign-ins.ts';
import { inTransaction } from '../../db/transaction.ts';
import { notFound } from '../../ground/problem.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { recordEvent } from '../provisioning/provisioning-events.ts';
import type { TenantDatabases } from '../tenant-database.ts';
import { exportTenant } from './tenant-export.ts';
import { withTenantLock, withTenantLockIfFree } from '../../control-plane/tenant-lock.ts';
import type { TenantPools } from '../pools/tenant-pools.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

export interface RemovalParts {
  control: ControlPlane;
  records: TenantRecords;
  databases: TenantDatabases;
  signIns: TenantSignIns;
  sessions: SessionManager;
  pools: TenantPools;
  /** Exports of deprovisioned tenants are written below this folder. */
  dataDir: string;
}

/** How long a deprovisioned tenant can be brought back. */
export const graceDays = 7;

/**
 * How a tenant is removed: closed and exported at once, deleted after a grace period. Nothing is deleted before the
 * export is complete; a killed deletion is `deprovisioning` and continues at the next `purge`.
 */
export class TenantRemoval {
  readonly #parts: RemovalParts;

  constructor(parts: RemovalParts) {
    this.#parts = parts;
  }

  /** Signs everyone out, exports everything and starts the grace period. What failed to come is deleted at once. */
  deprovision(
    id: string,
    trace: RevocationTrace,
    days: number,
  ): Promise<{ record: TenantRecord; exportFolder: string | null }> {
    const { control, records, sessions, pools } = this.#parts;
    return withTenantLock(control, id, async () => {
      const record = await this.#existing(id);
      if (record.status === 'failed') {
        await this.#erase(record, trace);
        return { record, exportFolder: null };
      }
      await records.change(id, { status: 'suspended', reason: storedText('removal.under_way') });
      await sessions.revokeAllTenantSessions(id, 'the tenant was deprovisioned', trace);
      await pools.drop(id);
      const exportFolder = await this.export(record);
      const deleteAfter = new Date(Date.now() + days * 86_400_000).toISOString();
      await records.change(id, { status: 'deprovisioned', delete_after: deleteAfter, reason: null });
      await recordWith(control.pool, {
        ...trace,
        action: 'tenant.deprovisioned',
        outcome: 'done',
        tenantId: id,
        subject: record.slug,
        details: { exportFolder, deleteAfter },
      });
      const message = storedText('removal.exported', { folder: exportFolder, at: deleteAfter });
      await recordEvent(control.pool, id, 'deprovisioned', 'done', message);
      return { record: await this.#existing(id), exportFolder };
    });
  }

  /** Writes every table to a folder of its own below `folder` and returns it; TenantRestore reads it back. */
  async export(record: TenantRecord, folder = path.join(this.#parts.dataDir, 'exports')): Promise<string> {
    const { adminUrl } = await this.#parts.control.cluster(record.cluster);
    const { id, slug, name, plan, database_name: database, schema_version: version } = record;
    return exportTenant(adminUrl, database, { id, slug, name, plan }, version, folder);
  }

  /**
   * Deletes what is past its grace period, and what an earlier call left half deleted; returns the short names. Several
   * nodes may do so at once: each tenant is one node's work. One that fails doesn't hold up the others.
   * @throws AggregateError naming those that failed and why, after all others are done.
   */
  async purge(now = new Date(), trace: RevocationTrace = {}): Promise<string[]> {
    const isDue = ({ status, delete_after: after }: TenantRecord) =>
      status === 'deprovisioning' ||
      (status === 'deprovisioned' && after !== null && Date.parse(after) <= now.getTime());
    const { control, records } = this.#parts;
    const purged: string[] = [];
    const failures: Error[] = [];
    for (const { id, slug } of (await records.inStatus(['deprovisioned', 'deprovisioning'])).filter(isDue)) {
      await withTenantLockIfFree(control, id, async () => {
        const record = await records.byId(id);
        // Brought back, or deleted by somebody else, since we looked.
        if (!record || !isDue(record)) return;
        await records.change(id, { status: 'deprovisioning' });
        await this.#erase(record, trace);
        purged.push(slug);
      }).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        failures.push(new Error(storedText('removal.failed', { tenant: slug, reason }), { cause: error }));
      });
    }
    if (failures.length > 0)
      throw new AggregateError(failures, failures.map(({ message }) => message).join(' '));
    return purged;
  }

  /** Sign-ins, database, login and everything the control plane knew. Safe to repeat. */
  async #erase(record: TenantRecord, trace: RevocationTrace): Promise<void> {
    const { control, records, signIns, databases } = this.#parts;
    const { id, slug, status } = record;
    await signIns.settleTenant(id);
    for (const userId of await records.usersOf(id)) await signIns.take(id, userId, trace);
    // Nothing is left of a failed one, and a database or role with its names may be somebody else's.
    if (status !== 'failed') await databases.drop(record);
    await inTransaction(control.pool, async (client) => {
      for (const table of ['user_mappings', 'provisioning_events', 'sessions']) {
        await client.query(`delete from ${table} where tenant_id = $1`, [id]);
      }
      await client.query('delete from tenant_metadata where id = $1', [id]);
      await client.query("insert into access_changes (scope, subject) values ('tenant', $1)", [id]);
      await recordWith(client, {
        ...trace,
        action: 'tenant.deleted',
        outcome: 'done',
        tenantId: id,
        subject: slug,
      });
    });
  }

  async #existing(id: string): Promise<TenantRecord> {
    const record = await this.#parts.records.byId(id);
    if (!record) throw notFound('tenant');
    return record;
  }
}
