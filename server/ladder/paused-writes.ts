import { setTimeout as sleep } from 'node:timers/promises';
import { isPostgresError } from '../db/error-mapping.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import type { TenantEntry } from './call.ts';
import { Problem } from '../ground/problem.ts';

/** A change waits at most this long for a tenant that is being moved, in milliseconds. */
const patienceMs = 12_000;
const pollMs = 40;
/** How long a node may take to hear of a move that has already begun in the database, in milliseconds. */
const moveNoticeLagMs = 2500;

/**
 * Runs a change on the tenant's database. While the tenant's last rows are carried to another server, the change waits;
 * one that had begun at the old place, where it may no longer write, was rolled back and is run again at the new one,
 * so that nothing happens twice.
 * @throws TENANT_UPGRADING when that takes too long; nothing was changed.
 */
export async function onWritableTenant<T>(
  entry: TenantEntry,
  enter: () => TenantEntry | Promise<TenantEntry>,
  change: (entry: TenantEntry) => Promise<T>,
): Promise<T> {
  const until = performance.now() + patienceMs;
  let now = entry;
  let refusedAt: number | undefined;
  for (;;) {
    while (now.writesPaused) {
      if (performance.now() > until) throw beingMoved();
      await sleep(pollMs);
      now = await enter();
    }
    try {
      return await change(now);
    } catch (error) {
      const tried: TenantSource = now.source;
      if (!mayBeTheMove(error) || performance.now() > until) throw error;
      await sleep(pollMs);
      now = await enter();
      if (now.writesPaused || now.source !== tried) continue;
      // As far as this node knows, the tenant isn't being moved: a lock that timed out has another cause, and a refusal
      // is our own unless news of a move comes soon.
      refusedAt ??= performance.now();
      if (isLockTimeout(error) || performance.now() - refusedAt > moveNoticeLagMs) throw error;
    }
  }
}

/** The login may not write any more (the old place), or its wait for the locks of the last round timed out. */
function mayBeTheMove(error: unknown): boolean {
  return isPostgresError(error) && (error.code === '42501' || isLockTimeout(error));
}

function isLockTimeout(error: unknown): boolean {
  return isPostgresError(error) && error.code === '55P03';
}

function beingMoved(): Problem {
  return new Problem('TENANT_UPGRADING', 'access.company_moving', {}, { retryAfterSeconds: 5 });
}
