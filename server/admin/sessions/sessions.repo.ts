import type pg from 'pg';
import type { z } from 'zod';
import type { SessionRow } from '../../auth/session-manager.ts';
import { cappedCount } from '../../db/capped-count.ts';
import { containsPattern, decodeCursor, encodeCursor } from '../../db/list-cursor.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { AdminSession, listAdminSessionsSchema } from './sessions.contract.ts';

type Input = z.output<typeof listAdminSessionsSchema>;
type Row = SessionRow & { tenant_name: string | null; sort_value: string };

const columns = {
  lastActivityAt: 's.last_activity_at',
  createdAt: 's.created_at',
  email: 's.email',
} as const;
const types = { lastActivityAt: 'timestamptz', createdAt: 'timestamptz', email: 'text' } as const;

/** A page of the sessions of all tenants. */
export async function listSessions(pool: pg.Pool, input: Input): Promise<Page<AdminSession>> {
  const { filter = {}, search, limit } = input;
  const { by, direction } = input.sort ?? { by: 'lastActivityAt' as const, direction: 'desc' as const };
  const cursor = decodeCursor(input.cursor, { value: types[by], id: 'text' });
  const conditions = ['true'];
  const values: unknown[] = [];
  const place = (value: unknown) => {
    values.push(value);
    return `$${String(values.length)}`;
  };
  if (filter.tenantId !== undefined) conditions.push(`s.tenant_id = ${place(filter.tenantId)}::uuid`);
  if (filter.userId !== undefined) conditions.push(`s.user_id = ${place(filter.userId)}::uuid`);
  if (filter.active !== undefined) {
    conditions.push(`(s.revoked_at is null and s.expires_at > now()) is ${filter.active ? 'true' : 'false'}`);
  }
  if (search) {
    const pattern = place(containsPattern(search));
    conditions.push(`(s.email ilike ${pattern} or s.device ilike ${pattern} or s.ip ilike ${pattern})`);
  }
  const counted =
    input.total === true
      ? await cappedCount(pool, `from sessions s where ${conditions.join(' and ')}`, values)
      : {};
  if (cursor) {
    const sign = direction === 'asc' ? '>' : '<';
    conditions.push(
      `(${columns[by]}, s.jti) ${sign} (${place(cursor.value)}::${types[by]}, ${place(cursor.id)})`,
    );
  }
  const { rows } = await pool.query<Row>(
    `select s.*, t.name as tenant_name, ${columns[by]} as sort_value
       from sessions s left join tenant_metadata t on t.id = s.tenant_id
       where ${conditions.join(' and ')}
       order by ${columns[by]} ${direction}, s.jti ${direction} limit ${String(limit + 1)}`,
    values,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(sessionOf),
    nextCursor: last ? encodeCursor({ value: last.sort_value, id: last.jti }) : null,
    ...counted,
  };
}

/** The users known by an e-mail address, without asking the sign-in service: in an emergency it may be away. */
export async function usersByEmail(pool: pg.Pool, email: string): Promise<string[]> {
  const { rows } = await pool.query<{ user_id: string }>(
    `select user_id from user_mappings where lower(email) = lower($1)
     union select user_id from platform_operators where lower(email) = lower($1)
     union select user_id from sessions where lower(email) = lower($1)`,
    [email],
  );
  return rows.map((row) => row.user_id);
}

function sessionOf(row: Row): AdminSession {
  return {
    jti: row.jti,
    userId: row.user_id,
    email: row.email,
    tenantId: row.tenant_id,
    tenantName: row.tenant_name,
    device: row.device,
    ip: row.ip,
    createdAt: row.created_at,
    lastActivityAt: row.last_activity_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
