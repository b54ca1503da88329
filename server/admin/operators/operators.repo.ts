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
 * Makes a user an operator; false for one who is already. The same transaction tells the nodes and writes the trail.
 */
export async function addOperator(
  pool: pg.Pool,
  userId: string,
  email: string,
  trace: RevocationTrace,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount: added } = await client.query(
      'insert into platform_operators (user_id, email) values ($1, $2) on conflict (user_id) do nothing',
      [userId, email],
    );
    if (added !== 1) return false;
    await tell(client, userId);
    await recordWith(client, { ...trace, action: 'operator.added', outcome: 'done', subject: email });
    return true;
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
