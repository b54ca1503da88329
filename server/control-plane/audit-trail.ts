import type pg from 'pg';
import type { AuditAction } from './audit-actions.contract.ts';
import { isConnectionLoss, isPostgresError } from '../db/error-mapping.ts';
import { atMost } from '../ground/at-most.ts';

/** Where a request came from, for the audit trail. */
export interface Origin {
  ip: string;
  device: string;
}

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

/** Writes one entry in the caller's transaction, for actions that must not happen without a trace. */
export async function recordWith(client: pg.ClientBase | pg.Pool, entry: AuditRecord): Promise<void> {
  await client.query(insert, [JSON.stringify([row(entry)])]);
}

/** How long the server, when it stops, waits for entries that are not written yet. Milliseconds. */
const patienceAtTheEnd = 1500;

/**
 * The platform's audit trail for what happens often (sign-ins, refusals): collected and written in batches, so that a
 * storm of refused calls costs one statement. Bounded: entries that don't fit are counted in the next one, and entries
 * that the database doesn't take before the end go to `onLost`.
 */
export class AuditTrail {
  readonly #pool: pg.Pool;
  readonly #limit: number;
  readonly #onError: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #pending: ReturnType<typeof row>[] = [];
  #dropped = 0;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  /** Entries lost since the start, because there was no room or the database refused them. */
  leftOut = 0;

  constructor(pool: pg.Pool, onError: (error: unknown) => void = () => {}, everyMs = 500, limit = 5000) {
    this.#pool = pool;
    this.#limit = limit;
    this.#onError = onError;
    this.#timer = setInterval(() => void this.flush(), everyMs);
    this.#timer.unref();
  }

  /** Entries that are not written yet. */
  get waiting(): number {
    return this.#pending.length;
  }

  record(entry: AuditRecord): void {
    if (this.#pending.length >= this.#limit) this.#leaveOut(1);
    else this.#pending.push(row(entry, new Date().toISOString()));
  }

  /**
   * Writes the waiting entries; resolves when they are in the database or back in the queue for the next attempt. A write
   * under way took what waited when it began: what came since is written after it.
   */
  flush(): Promise<void> {
    if (!this.#writing) return this.#begin();
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      return this.flush();
    });
    return this.#next;
  }

  /** Writes the rest. Gives up on a database that doesn't answer, and says how many entries of which kind are lost. */
  async close(onLost: (entries: Record<string, number>) => void = () => {}): Promise<void> {
    clearInterval(this.#timer);
    await atMost(patienceAtTheEnd, this.flush());
    if (this.#pending.length === 0 && this.#dropped === 0) return;
    const lost: Record<string, number> = this.#dropped > 0 ? { 'left out': this.#dropped } : {};
    for (const { action } of this.#pending) lost[action] = (lost[action] ?? 0) + 1;
    onLost(lost);
  }

  #begin(): Promise<void> {
    this.#writing = this.#writeAll().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  /** Batch by batch, as long as the database takes them. */
  async #writeAll(): Promise<void> {
    for (let before = Infinity; this.#pending.length > 0 && this.#pending.length < before;) {
      before = this.#pending.length;
      await this.#write();
    }
  }

  async #write(): Promise<void> {
    const batch = this.#pending.splice(0, 500);
    const dropped = this.#dropped;
    this.#dropped = 0;
    try {
      await this.#insert(batch, dropped);
    } catch (error) {
      this.#dropped += dropped;
      this.#onError(error);
      if (isPostgresError(error) && !isConnectionLoss(error)) await this.#writeEach(batch);
      else this.#putBack(batch);
    }
  }

  async #insert(batch: ReturnType<typeof row>[], dropped = 0): Promise<void> {
    const entries = batch.map((entry, index) =>
      dropped > 0 && index === batch.length - 1
        ? { ...entry, details: { ...entry.details, entriesLeftOut: dropped } }
        : entry,
    );
    await this.#pool.query(insert, [JSON.stringify(entries)]);
  }

  /** The database refused the batch: each entry is tried alone, so that one bad entry doesn't hold up the others. */
  async #writeEach(batch: ReturnType<typeof row>[]): Promise<void> {
    for (const [index, entry] of batch.entries()) {
      try {
        await this.#insert([entry]);
      } catch (error) {
        if (!isPostgresError(error) || isConnectionLoss(error)) {
          this.#putBack(batch.slice(index));
          return;
        }
        this.#leaveOut(1);
      }
    }
  }

  #putBack(batch: ReturnType<typeof row>[]): void {
    const all = [...batch, ...this.#pending];
    this.#pending = all.slice(0, this.#limit);
    this.#leaveOut(all.length - this.#pending.length);
  }

  #leaveOut(count: number): void {
    this.#dropped += count;
    this.leftOut += count;
  }
}
