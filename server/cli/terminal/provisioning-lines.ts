import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantEvent } from '../../tenancy/tenants.contract.ts';
import { eventsAfter, lastEvent } from '../../tenancy/provisioning/provisioning-events.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { storedWords } from '../../control-plane/stored-words.contract.ts';
import { terminalLanguage } from '../words/words.ts';

/** How often a terminal looks for news. Milliseconds. */
const every = 150;

const signs = { started: '…', done: '✓', failed: '✗', undone: '↶' } as const;

export function eventLine({ status, step, message, milliseconds }: TenantEvent): string {
  const took = milliseconds === null ? '' : ` (${String(milliseconds)} ms)`;
  return `${signs[status]} ${step}: ${storedWords(message, terminalLanguage)}${took}`;
}

/** The place behind a tenant's newest event; of one that doesn't exist yet it is the beginning. */
export async function eventsSoFar(tenancy: Pick<Tenancy, 'control'>, tenantId?: string): Promise<number> {
  return tenantId === undefined ? 0 : ((await lastEvent(tenancy.control.pool, tenantId))?.seq ?? 0);
}

/** Prints what happens to a tenant after the event `after` until `work` ends; another process may be doing it. */
export async function printEventsDuring<T>(
  tenancy: Pick<Tenancy, 'control'>,
  { tenantId, after }: { tenantId: string; after: number },
  work: Promise<T>,
  tell: (event: TenantEvent) => void,
): Promise<T> {
  let seen = after;
  let ended = false;
  const tellNew = async () => {
    for (const event of await eventsAfter(tenancy.control.pool, tenantId, seen)) {
      seen = event.seq;
      tell(event);
    }
  };
  const telling = (async () => {
    // Values that can't be read now (a database that is away for a moment) are read next time.
    for (; !ended; await sleep(every)) await tellNew().catch(() => {});
  })();
  try {
    return await work;
  } finally {
    ended = true;
    await telling;
    await tellNew().catch(() => {});
  }
}
