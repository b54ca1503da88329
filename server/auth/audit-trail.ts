import type pg from 'pg';
import type { AuditAction } from '../admin/audit/audit.contract.ts';

export interface AuditRecord {
  action: AuditAction;
  outcome: 'done' | 'refused' | 'failed';
  actorId?: string | null | undefined;
  actorEmail?: string | null | undefined;
  tenantId?: string | null | undefined;
  subject?: string | null | undefined;
  ip?: string | undefined;
  device?: string | undefined;
  details?: Record<string, unknown>;
}

const insert = `
  insert into policy_sync_log (at, action, outcome, actor_id, actor_email, tenant_id, subject, ip, device, details)
  select coalesce(at, clock_timestamp()), action, outcome, actor_id, actor_email, tenant_id, subject, ip, device, details
  from jsonb_to_recordset($1::jsonb) as entry (at timestamptz, action text, outcome text, actor_id uuid,
    actor_email text, tenant_id uuid, subject text, ip text, device text, details jsonb)`;

function row(entry: AuditRecord, at?: string) {
  return {
    at,
    action: entry.action,
    outcome: entry.outcome,
    actor_id: entry.actorId,
    actor_email: entry.actorEmail,
    tenant_id: entry.tenantId,
    subject: entry.subject?.slice(0, 300),
    ip: entry.ip,
    device: entry.device?.slice(0, 300),
    details: entry.details ?? {},
  };
}

/** Writes one entry with the caller's transaction: for what must not happen without its trace. */
export async function recordWith(client: pg.ClientBase | pg.Pool, entry: AuditRecord): Promise<void> {
  await client.query(insert, [JSON.stringify([row(entry)])]);
}

/**
 * The platform's audit trail for what happens often (sign-ins, refusals): collected and written in batches, so that a
 * storm of refused calls costs one statement. Bounded; what doesn't fit is counted and said in the next entry.
 */
export class AuditTrail {
  readonly #pool: pg.Pool;
  readonly #limit: number;
  readonly #onError: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #pending: ReturnType<typeof row>[] = [];
  #dropped = 0;
  #writing: Promise<void> | undefined;

  constructor(pool: pg.Pool, onError: (error: unknown) => void = () => {}, everyMs = 500, limit = 5000) {
    this.#pool = pool;
    this.#limit = limit;
    this.#onError = onError;
    this.#timer = setInterval(() => void this.flush(), everyMs);
    this.#timer.unref();
  }

  record(entry: AuditRecord): void {
    if (this.#pending.length >= this.#limit) {
      this.#dropped += 1;
      return;
    }
    this.#pending.push(row(entry, new Date().toISOString()));
  }

  /** Writes what is waiting; resolves when it is in the database or was put back for the next try. */
  async flush(): Promise<void> {
    if (this.#writing) return this.#writing;
    if (this.#pending.length === 0) return;
    this.#writing = this.#write();
    try {
      await this.#writing;
    } finally {
      this.#writing = undefined;
    }
  }

  async #write(): Promise<void> {
    const batch = this.#pending.splice(0, 500);
    const last = batch.at(-1);
    if (this.#dropped > 0 && last) {
      last.details = { ...last.details, entriesLeftOut: this.#dropped };
      this.#dropped = 0;
    }
    try {
      await this.#pool.query(insert, [JSON.stringify(batch)]);
    } catch (error) {
      this.#pending = [...batch, ...this.#pending].slice(0, this.#limit);
      this.#onError(error);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    while (this.#pending.length > 0) {
      const before = this.#pending.length;
      await this.flush();
      if (this.#pending.length >= before) return;
    }
  }
}
