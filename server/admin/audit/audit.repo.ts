import type pg from 'pg';
import type { z } from 'zod';
import { cappedCount } from '../../db/capped-count.ts';
import { containsPattern, decodeCursor, encodeCursor } from '../../db/list-cursor.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { AuditEntry, listAuditSchema } from './audit.contract.ts';

type Input = z.output<typeof listAuditSchema>;

interface AuditRow {
  id: string;
  at: string;
  action: AuditEntry['action'];
  outcome: AuditEntry['outcome'];
  actor_id: string | null;
  actor_email: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
  subject: string | null;
  ip: string | null;
  device: string | null;
  details: Record<string, unknown>;
}

/** Reads the platform's audit trail. */
export class AuditQueries {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async list(input: Input): Promise<Page<AuditEntry>> {
    const { filter = {}, search, limit } = input;
    const cursor = decodeCursor(input.cursor, { value: 'timestamptz', id: 'uuid' });
    const ascending = input.sort?.direction === 'asc';
    const conditions = ['true'];
    const values: unknown[] = [];
    const where = (condition: (place: string) => string, value: unknown) => {
      if (value === undefined) return;
      values.push(value);
      conditions.push(condition(`$${String(values.length)}`));
    };
    where((p) => `a.action = any(${p}::text[])`, filter.action);
    where((p) => `a.outcome = any(${p}::text[])`, filter.outcome);
    where((p) => `a.tenant_id = ${p}::uuid`, filter.tenantId);
    where((p) => `a.actor_id = ${p}::uuid`, filter.actorId);
    where((p) => `lower(a.actor_email) = lower(${p})`, filter.actorEmail);
    where((p) => `a.at >= ${p}::timestamptz`, filter.from);
    where((p) => `a.at < ${p}::timestamptz`, filter.to);
    if (search) {
      where(
        (p) => `(a.actor_email ilike ${p} or a.subject ilike ${p} or t.name ilike ${p})`,
        containsPattern(search),
      );
    }
    const from = 'from policy_sync_log a left join tenant_metadata t on t.id = a.tenant_id';
    const counted =
      input.total === true
        ? await cappedCount(this.#pool, `${from} where ${conditions.join(' and ')}`, values)
        : {};
    if (cursor) {
      values.push(cursor.value, cursor.id);
      const [value, id] = [`$${String(values.length - 1)}`, `$${String(values.length)}`];
      conditions.push(`(a.at, a.id) ${ascending ? '>' : '<'} (${value}::timestamptz, ${id}::uuid)`);
    }
    const direction = ascending ? 'asc' : 'desc';
    const { rows } = await this.#pool.query<AuditRow>(
      `select a.*, t.name as tenant_name ${from}
       where ${conditions.join(' and ')} order by a.at ${direction}, a.id ${direction} limit ${String(limit + 1)}`,
      values,
    );
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(entryOf),
      nextCursor: last ? encodeCursor({ value: last.at, id: last.id }) : null,
      ...counted,
    };
  }
}

function entryOf(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    actorId: row.actor_id,
    actorEmail: row.actor_email,
    tenantId: row.tenant_id,
    tenantName: row.tenant_name,
    subject: row.subject,
    ip: row.ip,
    device: row.device,
    details: row.details,
  };
}
