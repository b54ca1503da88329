import type pg from 'pg';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { ProvisioningLock } from './provisioning-lock.ts';
import { recordEvent } from './provisioning-events.ts';
import type { TenantRecord } from '../../control-plane/tenant-records.ts';

/** The step of a tenant that failed and is being taken away again. */
export const undoing = 'undoing';

type Changes = Partial<TenantRecord>;

/** Everything written here goes through the lock's own connection: a run that lost its lock can't write any more. */

/** A step's changes, its completion, and its event: together or not at all. */
export async function recordDone(
  { client }: ProvisioningLock,
  id: string,
  done: { step: string; message: string; milliseconds: number; changes: Changes },
): Promise<TenantRecord> {
  const { step, message, milliseconds, changes } = done;
  const { sql, values } = updateOf(id, { ...changes, provisioning_step: step });
  const next = (offset: number) => `$${String(values.length + offset)}`;
  const { rows } = await client.query<TenantRecord>(
    `with changed as (${sql}),
          event as (insert into provisioning_events (tenant_id, step, status, message, milliseconds)
                    values ($1, ${next(1)}, 'done', ${next(2)}, ${next(3)}))
     select * from changed`,
    [...values, step, message, milliseconds],
  );
  return only(rows);
}

/** The tenant is active: the nodes are told, and the audit trail says who asked for it. */
export async function recordActive(
  lock: ProvisioningLock,
  record: TenantRecord,
  done: { step: string; message: string; milliseconds: number },
): Promise<TenantRecord> {
  const { requestedBy, ...settings } = record.settings;
  return lock.transaction(async (client) => {
    const changes = { status: 'active', owner_secret: null, reason: null, settings } as const;
    const active = await recordDone(lock, record.id, { ...done, changes });
    await tellNodes(client, record.id);
    await audit(client, record, 'done', requestedBy);
    return active;
  });
}

/** From here on the tenant is undone, by any process that is running: the reason and the failed step are kept. */
export async function recordFailed(
  lock: ProvisioningLock,
  record: TenantRecord,
  failed: { step: string; detail: string; reason: string },
): Promise<TenantRecord> {
  return lock.transaction(async (client) => {
    await recordEvent(client, record.id, failed.step, 'failed', failed.detail);
    const settings = { ...record.settings, failedStep: failed.step };
    return write(client, record.id, { provisioning_step: undoing, reason: failed.reason, settings });
  });
}

/** Nothing is left of the tenant but this record; it can be requested anew. */
export async function recordUndone(
  lock: ProvisioningLock,
  record: TenantRecord,
  message: string,
): Promise<TenantRecord> {
  const { requestedBy, failedStep } = record.settings;
  return lock.transaction(async (client) => {
    const undone = await write(client, record.id, {
      status: 'failed',
      provisioning_step: 'requested',
      schema_version: 0,
      login_secret: null,
      owner_secret: null,
      owner_user_id: null,
      settings: {},
    });
    await tellNodes(client, record.id);
    await recordEvent(client, record.id, String(failedStep), 'undone', message);
    await audit(client, record, 'failed', requestedBy, { reason: record.reason });
    return undone;
  });
}

/** Changes a tenant's record. */
export async function write(client: pg.Client, id: string, changes: Changes): Promise<TenantRecord> {
  const { sql, values } = updateOf(id, changes);
  return only((await client.query<TenantRecord>(sql, values)).rows);
}

function updateOf(id: string, changes: Changes): { sql: string; values: unknown[] } {
  const sets = Object.keys(changes).map((name, index) => `${name} = $${String(index + 2)}`);
  return {
    sql: `update tenant_metadata set ${[...sets, 'updated_at = now()'].join(', ')} where id = $1 returning *`,
    values: [id, ...Object.values(changes)],
  };
}

async function tellNodes(client: pg.Client, id: string): Promise<void> {
  await client.query("insert into access_changes (scope, subject) values ('tenant', $1)", [id]);
}

/** In the deciding transaction: exactly one entry per request, whichever process finishes it. */
async function audit(
  client: pg.Client,
  { id, slug }: TenantRecord,
  outcome: 'done' | 'failed',
  requestedBy: unknown,
  details: Record<string, unknown> = {},
): Promise<void> {
  const trace = (requestedBy ?? {}) as RevocationTrace;
  await recordWith(client, {
    ...trace,
    action: 'tenant.provisioned',
    outcome,
    tenantId: id,
    subject: slug,
    details,
  });
}

function only(rows: TenantRecord[]): TenantRecord {
  if (!rows[0]) throw new Error('The tenant is gone from the control plane.');
  return rows[0];
}
