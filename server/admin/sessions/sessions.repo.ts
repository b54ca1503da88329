import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import type { SessionRow } from '../../auth/session-manager.ts';
import { containsPattern } from '../../db/contains-pattern.ts';
import { kyselyOnPool } from '../../db/dialect.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { AdminSession, listAdminSessionsSchema } from './sessions.contract.ts';

type Input = z.output<typeof listAdminSessionsSchema>;
type Row = SessionRow & { tenant_name: string | null };
interface Tables {
  sessions: SessionRow;
  tenant_metadata: { id: string; name: string };
}

const order = new KeysetOrder<NonNullable<Input['sort']>['by']>({
  id: 's.jti',
  idType: 'text',
  keys: {
    lastActivityAt: byColumn('s.last_activity_at', 'instant'),
    createdAt: byColumn('s.created_at', 'instant'),
    email: byColumn('s.email', 'text'),
  },
  usual: { by: 'lastActivityAt', direction: 'desc' },
});

/** A page of the sessions of all tenants. */
export async function listSessions(pool: pg.Pool, input: Input): Promise<Page<AdminSession>> {
  const db = kyselyOnPool<Tables>(pool);
  const page = order.at(input);
  const matching = matchingSessions(db, input);
  const total = input.total === true ? await cappedTotal(db, matching) : {};
  const rows = await page
    .apply(
      matching
        .leftJoin('tenant_metadata as t', 't.id', 's.tenant_id')
        .selectAll('s')
        .select('t.name as tenant_name'),
    )
    .execute();
  return { ...page.page(rows, sessionOf), ...total };
}

function matchingSessions(db: Kysely<Tables>, { filter = {}, search }: Input) {
  let query = db.selectFrom('sessions as s');
  if (filter.tenantId !== undefined) query = query.where('s.tenant_id', '=', filter.tenantId);
  if (filter.userId !== undefined) query = query.where('s.user_id', '=', filter.userId);
  if (filter.active !== undefined) {
    query = query.where(sql<boolean>`(s.revoked_at is null and s.expires_at > now())`, 'is', filter.active);
  }
  if (search) {
    const pattern = containsPattern(search);
    query = query.where((is) =>
      is.or([
        is('s.email', 'ilike', pattern),
        is('s.device', 'ilike', pattern),
        is('s.ip', 'ilike', pattern),
      ]),
    );
  }
  return query;
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
