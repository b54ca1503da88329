import type pg from 'pg';
import type { TenantEvent } from '../tenants.contract.ts';
import { storedIn } from '../../control-plane/stored-words.contract.ts';

/** Adds a progress event of a tenant. */
export async function recordEvent(
  pool: pg.Pool | pg.ClientBase,
  tenantId: string,
  step: string,
  status: TenantEvent['status'],
  message: string,
  milliseconds?: number,
): Promise<void> {
  await pool.query(
    'insert into provisioning_events (tenant_id, step, status, message, milliseconds) values ($1, $2, $3, $4, $5)',
    [tenantId, step, status, message.slice(0, 1000), milliseconds ?? null],
  );
}

/** The events of a tenant after `seq`, oldest first. */
export async function eventsAfter(pool: pg.Pool, tenantId: string, seq: number): Promise<TenantEvent[]> {
  const { rows } = await pool.query<Omit<TenantEvent, 'seq' | 'code' | 'values'> & { seq: string }>(
    `select seq, at, step, status, message, milliseconds from provisioning_events
     where tenant_id = $1 and seq > $2 order by seq limit 200`,
    [tenantId, seq],
  );
  return rows.map((row) => ({
    ...row,
    seq: Number(row.seq),
    ...(storedIn(row.message) ?? { code: null, values: {} }),
  }));
}

/** The newest event of a tenant. */
export async function lastEvent(pool: pg.Pool, tenantId: string): Promise<{ seq: number } | undefined> {
  const { rows } = await pool.query<{ seq: string | null }>(
    'select max(seq) as seq from provisioning_events where tenant_id = $1',
    [tenantId],
  );
  return rows[0]?.seq == null ? undefined : { seq: Number(rows[0].seq) };
}
