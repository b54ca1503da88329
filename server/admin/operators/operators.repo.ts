import type pg from 'pg';
import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import { inTransaction } from '../../db/transaction.ts';

/** Who may work for the platform. */
export interface Operator {
  userId: string;
  email: string;
  createdAt: string;
  activeSessions: number;
}

export async function listOperators(pool: pg.Pool): Promise<Operator[]> {
  const { rows } = await pool.query<Operator>(
    `select o.user_id as "userId", o.email, o.created_at as "createdAt",
       (select count(*)::int from sessions s
         where s.user_id = o.user_id and s.revoked_at is null and s.expires_at > now()) as "activeSessions"
     from platform_operators o order by lower(o.email)`,
  );
  return rows;
}

/**
 * Makes a user an operator. `tenant`: it is a tenant's and can't be both. Nodes are told and the trail is written in the
 * same transaction.
 */
export async function addOperator(
  pool: pg.Pool,
  userId: string,
  email: string,
  trace: RevocationTrace,
): Promise<'added' | 'present' | 'tenant'> {
  return inTransaction(pool, async (client) => {
    const { rowCount: added } = await client.query(
      `insert into platform_operators (user_id, email)
       select $1, $2 where not exists (select 1 from user_mappings where user_id = $1) on conflict (user_id) do nothing`,
      [userId, email],
    );
    if (added === 1) {
      await tell(client, userId);
      await recordWith(client, { ...trace, action: 'operator.added', outcome: 'done', subject: email });
      return 'added';
    }
    const { rows } = await client.query('select 1 from platform_operators where user_id = $1', [userId]);
    return rows.length > 0 ? 'present' : 'tenant';
  });
}

export async function removeOperator(
  pool: pg.Pool,
  { userId, email }: Operator,
  trace: RevocationTrace,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount: removed } = await client.query('delete from platform_operators where user_id = $1', [
      userId,
    ]);
    if (removed === 0) return;
    await tell(client, userId);
    await recordWith(client, { ...trace, action: 'operator.removed', outcome: 'done', subject: email });
  });
}

async function tell(client: pg.PoolClient, userId: string): Promise<void> {
  await client.query("insert into access_changes (scope, subject) values ('user', $1)", [userId]);
}
