import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Problem } from '../ground/problem.ts';
import type { ControlPlane } from './control-plane.ts';
import { withClient } from '../db/databases.ts';

const patienceMs = 30_000;

/**
 * Runs `work` while no other process makes, moves or removes the same tenant. The lock belongs to the connection: it is
 * released as soon as its holder dies.
 * @throws CONFLICT when another process holds it for half a minute.
 */
export async function withTenantLock<T>(
  control: Pick<ControlPlane, 'url'>,
  tenantId: string,
  work: () => Promise<T>,
): Promise<T> {
  return withClient(control.url, async (client) => {
    const until = performance.now() + patienceMs;
    while (!(await takeTenantLock(client, tenantId))) {
      if (performance.now() > until) {
        throw new Problem('CONFLICT', 'tenant.busy');
      }
      await sleep(50 + Math.random() * 50);
    }
    return work();
  });
}

/** As `withTenantLock`, but doesn't wait: undefined when another process has the lock. */
export async function withTenantLockIfFree<T>(
  control: Pick<ControlPlane, 'url'>,
  tenantId: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return withClient(control.url, async (client) =>
    (await takeTenantLock(client, tenantId)) ? work() : undefined,
  );
}

/** Whether the lock is this connection's now. Polled: a session that waits inside pg_advisory_lock would block CREATE INDEX CONCURRENTLY. */
export async function takeTenantLock(client: pg.Client, tenantId: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 4871003)) as taken',
    [tenantId],
  );
  return rows[0]?.taken === true;
}
