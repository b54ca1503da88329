import type pg from 'pg';
import type { z } from 'zod';
import { cappedCount } from '../../db/capped-count.ts';
import { containsPattern, decodeCursor, encodeCursor } from '../../db/list-cursor.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { TenantMove } from '../../tenancy/moving/tenant-moves.ts';
import type { TenantRecord } from '../../control-plane/tenant-records.ts';
import type { listTenantsSchema } from '../../tenancy/tenants.contract.ts';

type Input = z.output<typeof listTenantsSchema>;
interface Figures {
  users: number;
  waiting_users: number;
  active_sessions: number;
  /** The cluster it is being moved to. */
  moving_to: string | null;
}
/** A tenant with how many belong to it, how many are signed in, and where it is going. */
export type TenantRow = TenantRecord & Figures;
type Row = TenantRow & { sort_value: string };

const columns = {
  name: 't.name',
  slug: 't.slug',
  status: 't.status',
  createdAt: 't.created_at',
  schemaVersion: 't.schema_version',
} as const;
const types = {
  name: 'text',
  slug: 'text',
  status: 'text',
  createdAt: 'timestamptz',
  schemaVersion: 'int',
} as const;

/** A page of tenants. */
export async function listTenants(pool: pg.Pool, input: Input): Promise<Page<TenantRow>> {
  const { filter = {}, search, limit } = input;
  const { by, direction } = input.sort ?? { by: 'name' as const, direction: 'asc' as const };
  const cursor = decodeCursor(input.cursor, { value: types[by], id: 'uuid' });
  const conditions = ['true'];
  const values: unknown[] = [];
  const place = (value: unknown) => {
    values.push(value);
    return `$${String(values.length)}`;
  };
  if (filter.status) conditions.push(`t.status = any(${place(filter.status)}::text[])`);
  if (filter.cluster) conditions.push(`t.cluster = ${place(filter.cluster)}`);
  if (search) {
    const pattern = place(containsPattern(search));
    conditions.push(`(t.name ilike ${pattern} or t.slug ilike ${pattern})`);
  }
  const counted =
    input.total === true
      ? await cappedCount(pool, `from tenant_metadata t where ${conditions.join(' and ')}`, values)
      : {};
  if (cursor) {
    const sign = direction === 'asc' ? '>' : '<';
    conditions.push(
      `(${columns[by]}, t.id) ${sign} (${place(cursor.value)}::${types[by]}, ${place(cursor.id)}::uuid)`,
    );
  }
  const { rows } = await pool.query<Row>(
    `select t.*, ${columns[by]}::text as sort_value,
         (select count(*)::int from user_mappings m where m.tenant_id = t.id) as users,
         (select count(*)::int from sessions s
           where s.tenant_id = t.id and s.revoked_at is null and s.expires_at > now()) as active_sessions,
          (select count(*)::int from sign_in_invitations i where i.tenant_id = t.id) as waiting_users,
         (select to_cluster from tenant_moves m
           where m.tenant_id = t.id and m.state in ('copying', 'switched')) as moving_to
       from tenant_metadata t where ${conditions.join(' and ')}
       order by ${columns[by]} ${direction}, t.id ${direction} limit ${String(limit + 1)}`,
    values,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last ? encodeCursor({ value: last.sort_value, id: last.id }) : null,
    ...counted,
  };
}

/** A tenant with its figures. */
export async function withFigures(pool: pg.Pool, record: TenantRecord): Promise<TenantRow> {
  const { rows } = await pool.query<Figures>(
    `select (select count(*)::int from user_mappings where tenant_id = $1) as users,
            (select count(*)::int from sign_in_invitations where tenant_id = $1) as waiting_users,
            (select count(*)::int from sessions
              where tenant_id = $1 and revoked_at is null and expires_at > now()) as active_sessions,
            (select to_cluster from tenant_moves
              where tenant_id = $1 and state in ('copying', 'switched')) as moving_to`,
    [record.id],
  );
  return { ...record, users: 0, waiting_users: 0, active_sessions: 0, moving_to: null, ...rows[0] };
}

/** The moves of a tenant, the newest first. */
export async function movesOf(pool: pg.Pool, tenantId: string): Promise<TenantMove[]> {
  const { rows } = await pool.query<TenantMove>(
    'select * from tenant_moves where tenant_id = $1 order by started_at desc, id desc limit 50',
    [tenantId],
  );
  return rows;
}
