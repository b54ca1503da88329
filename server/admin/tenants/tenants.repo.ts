import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import { containsPattern } from '../../db/contains-pattern.ts';
import { kyselyOnPool } from '../../db/dialect.ts';
import { byColumn, cappedTotal, KeysetOrder } from '../../db/keyset.ts';
import type { Positioned } from '../../db/keyset.ts';
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
interface Tables {
  tenant_metadata: TenantRecord;
}

const order = new KeysetOrder<NonNullable<Input['sort']>['by']>({
  id: 't.id',
  keys: {
    name: byColumn('t.name', 'text'),
    slug: byColumn('t.slug', 'text'),
    status: byColumn('t.status', 'text'),
    createdAt: byColumn('t.created_at', 'instant'),
    schemaVersion: byColumn('t.schema_version', 'integer'),
  },
  usual: { by: 'name', direction: 'asc' },
});

/** A page of tenants. */
export async function listTenants(pool: pg.Pool, input: Input): Promise<Page<TenantRow>> {
  const db = kyselyOnPool<Tables>(pool);
  const page = order.at(input);
  const matching = matchingTenants(db, input);
  const total = input.total === true ? await cappedTotal(db, matching) : {};
  const rows = await page.apply(matching.selectAll('t').select(figures)).execute();
  return { ...page.page(rows, tenantOf), ...total };
}

function matchingTenants(db: Kysely<Tables>, { filter = {}, search }: Input) {
  let query = db.selectFrom('tenant_metadata as t');
  if (filter.status) {
    query = query.where('t.status', '=', sql<TenantRecord['status']>`any(${filter.status}::text[])`);
  }
  if (filter.cluster) query = query.where('t.cluster', '=', filter.cluster);
  if (search) {
    const pattern = containsPattern(search);
    query = query.where((is) => is.or([is('t.name', 'ilike', pattern), is('t.slug', 'ilike', pattern)]));
  }
  return query;
}

/** How many belong to each tenant, how many are signed in, and where it is going. */
const figures = [
  sql<number>`(select count(*)::int from user_mappings m where m.tenant_id = t.id)`.as('users'),
  sql<number>`(select count(*)::int from sign_in_invitations i where i.tenant_id = t.id)`.as('waiting_users'),
  sql<number>`(select count(*)::int from sessions s
    where s.tenant_id = t.id and s.revoked_at is null and s.expires_at > now())`.as('active_sessions'),
  sql<string | null>`(select to_cluster from tenant_moves m
    where m.tenant_id = t.id and m.state in ('copying', 'switched'))`.as('moving_to'),
] as const;

function tenantOf({ keyset_id: _id, keyset_value: _value, ...row }: TenantRow & Positioned): TenantRow {
  return row;
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
