import type { z } from 'zod';
import type { RevocationTrace, SessionRow } from '../../auth/session-manager.ts';
import { containsPattern, decodeCursor, encodeCursor } from '../../db/list-cursor.ts';
import type { Page } from '../../domains/list.contract.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { notFound } from '../../trpc/problem.ts';
import type { AdminSession, listAdminSessionsSchema } from './sessions.contract.ts';

type Input = z.output<typeof listAdminSessionsSchema>;
type Row = SessionRow & { tenant_name: string | null; sort_value: string };

const columns = {
  lastActivityAt: 's.last_activity_at',
  createdAt: 's.created_at',
  email: 's.email',
} as const;
const types = { lastActivityAt: 'timestamptz', createdAt: 'timestamptz', email: 'text' } as const;

/** Sessions over all tenants, and their ends. */
export class SessionCommands {
  readonly #tenancy: Pick<Tenancy, 'sessions' | 'records' | 'control'>;

  constructor(tenancy: Pick<Tenancy, 'sessions' | 'records' | 'control'>) {
    this.#tenancy = tenancy;
  }

  async list(input: Input): Promise<Page<AdminSession>> {
    const { filter = {}, search, limit } = input;
    const { by, direction } = input.sort ?? { by: 'lastActivityAt' as const, direction: 'desc' as const };
    const cursor = decodeCursor(input.cursor);
    const conditions = ['true'];
    const values: unknown[] = [];
    const place = (value: unknown) => {
      values.push(value);
      return `$${String(values.length)}`;
    };
    if (filter.tenantId !== undefined) conditions.push(`s.tenant_id = ${place(filter.tenantId)}::uuid`);
    if (filter.userId !== undefined) conditions.push(`s.user_id = ${place(filter.userId)}::uuid`);
    if (filter.active !== undefined) {
      conditions.push(
        `(s.revoked_at is null and s.expires_at > now()) is ${filter.active ? 'true' : 'false'}`,
      );
    }
    if (search) {
      const pattern = place(containsPattern(search));
      conditions.push(`(s.email ilike ${pattern} or s.device ilike ${pattern} or s.ip ilike ${pattern})`);
    }
    if (cursor) {
      const sign = direction === 'asc' ? '>' : '<';
      conditions.push(
        `(${columns[by]}, s.jti) ${sign} (${place(cursor.value)}::${types[by]}, ${place(cursor.id)})`,
      );
    }
    const { rows } = await this.#tenancy.control.pool.query<Row>(
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
    };
  }

  /** Signs a user out everywhere. */
  async revokeUser(
    userId: string,
    reason: string | undefined,
    trace: RevocationTrace,
  ): Promise<{ revoked: number }> {
    const { sessions } = this.#tenancy;
    return {
      revoked: await sessions.revokeAllUserSessions(userId, reason ?? 'revoked by an operator', trace),
    };
  }

  /** Signs everyone of a tenant out. */
  async revokeTenant(
    tenantId: string,
    reason: string | undefined,
    trace: RevocationTrace,
  ): Promise<{ revoked: number }> {
    if (!(await this.#tenancy.records.byId(tenantId))) throw notFound('tenant');
    const { sessions } = this.#tenancy;
    return {
      revoked: await sessions.revokeAllTenantSessions(tenantId, reason ?? 'revoked by an operator', trace),
    };
  }
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
