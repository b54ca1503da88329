import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { loadConfig } from '../../server/config.ts';
import { openPlatform } from '../../server/platform.ts';

/** What token, session, tenant and permission cost a request at the server. Milliseconds. */
export interface AccessCost {
  liveSessions: number;
  p50: number;
  p99: number;
}

/**
 * Times the gate by itself, with `liveSessions` sessions open in the control plane: verified token → session → user and
 * tenant → permission, as every request passes it.
 */
export async function measureAccess(
  environment: NodeJS.ProcessEnv,
  token: string,
  tenantId: string,
  liveSessions: number,
): Promise<AccessCost> {
  const platform = await openPlatform(loadConfig(environment), pino({ level: 'silent' }));
  const { pool } = platform.tenancy.control;
  const mark = randomUUID();
  try {
    await pool.query(
      `insert into sessions (jti, user_id, tenant_id, email, expires_at)
       select $1 || n, gen_random_uuid(), $2, 'someone@bench.test', now() + interval '1 hour'
       from generate_series(1, $3) n`,
      [mark, tenantId, liveSessions],
    );
    const origin = { ip: '127.0.0.1', device: 'bench' };
    const times: number[] = [];
    for (let index = 0; index < 60_000; index += 1) {
      const started = performance.now();
      const seen = platform.gate.identify(token, origin);
      const identity = seen instanceof Promise ? await seen : seen;
      platform.gate.spend(identity.sessionKey);
      const entered = platform.gate.enterTenant(identity);
      const entry = entered instanceof Promise ? await entered : entered;
      if (!entry.permissions.has('products:read')) throw new Error('The owner may not read products.');
      if (index >= 10_000) times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => times[Math.floor(times.length * part)] ?? 0;
    return { liveSessions, p50: at(0.5), p99: at(0.99) };
  } finally {
    await pool.query('delete from sessions where starts_with(jti, $1)', [mark]);
    await platform.close();
  }
}
