import { setTimeout as sleep } from 'node:timers/promises';
import { callProcedure } from '../fixtures/wire.ts';
import type { Fleet, FleetApi } from './fleet.ts';
import { highest, highestWhile, median, quantile } from './latencies.ts';

/** Many tenants on one API node. Latencies in milliseconds, as the caller sees them. */
export interface ManyTenantsFigures {
  load: string;
  tenants: number;
  seconds: number;
  requests: number;
  refused: number;
  /** Most connections of the API to tenants' databases, as PostgreSQL itself counts them. */
  connections: number;
  cap: number;
  /** Most callers waiting for a connection. */
  queue: number;
  p50: number;
  p99: number;
  max: number;
  /** The slowest tenant's median over the median of all tenants' medians. */
  starvation: number;
}

interface Call {
  slug: string;
  milliseconds: number;
  status: number;
}

/** `count` tenants touched within a minute at random moments, then all of them at once, on an API that is cold. */
export async function measureManyTenants(
  fleet: Fleet,
  count: number,
  log: (line: string) => void,
): Promise<ManyTenantsFigures[]> {
  await fleet.growTo(count, 4);
  const signingIn = await fleet.startApi();
  log(`  ${String(count)} owners sign in`);
  const tokens = new Map<string, string>();
  const waiting = fleet.tenants.slice(0, count).map(({ slug }) => slug);
  const slugs = [...waiting];
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (let slug = waiting.shift(); slug; slug = waiting.shift())
        tokens.set(slug, await fleet.signIn(slug, signingIn));
    }),
  );
  await signingIn.stop();

  const api = await fleet.startApi();
  const call = async (slug: string): Promise<Call> => {
    const started = performance.now();
    // A connection that breaks counts as refused.
    const { status } = await callProcedure({
      apiUrl: api.url,
      procedure: 'products.list',
      kind: 'query',
      token: tokens.get(slug),
      input: { limit: 20 },
    }).catch(() => ({ status: 0 }));
    return { slug, status, milliseconds: performance.now() - started };
  };
  log('  each six times within a minute');
  const minute = 60_000;
  const spread = await observe(fleet, api, `each 6 times within a minute`, () =>
    Promise.all(
      slugs.flatMap((slug) =>
        Array.from({ length: 6 }, async () => {
          await sleep(Math.random() * minute);
          return call(slug);
        }),
      ),
    ),
  );
  log('  all of them at once');
  const storm = await observe(fleet, api, 'all at once, 4 calls in a row each', async () => {
    const calls = slugs.map(async (slug) => [
      await call(slug),
      await call(slug),
      await call(slug),
      await call(slug),
    ]);
    return (await Promise.all(calls)).flat();
  });
  await api.stop();
  return [spread, storm];
}

async function observe(
  fleet: Fleet,
  api: FleetApi,
  load: string,
  work: () => Promise<Call[]>,
): Promise<ManyTenantsFigures> {
  const started = performance.now();
  const running = work();
  const [connections, queue, calls] = await Promise.all([
    highestWhile(running, 20, async () => {
      const { rows } = await fleet.admin.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where application_name = 'quartermaster'",
      );
      return rows[0]?.n ?? 0;
    }),
    highestWhile(running, 50, () =>
      fetch(`${api.url}/api/metrics`)
        .then((answer) => answer.text())
        .then((text) => Number(/^qm_tenant_waiting (\d+)/m.exec(text)?.[1] ?? 0))
        .catch(() => 0),
    ),
    running,
  ]);
  const times = calls.map(({ milliseconds }) => milliseconds);
  const byTenant = new Map<string, number[]>();
  for (const { slug, milliseconds } of calls) {
    const own = byTenant.get(slug);
    if (own) own.push(milliseconds);
    else byTenant.set(slug, [milliseconds]);
  }
  const medians = [...byTenant.values()].map(median);
  return {
    load,
    tenants: medians.length,
    seconds: (performance.now() - started) / 1000,
    requests: calls.length,
    refused: calls.filter(({ status }) => status !== 200).length,
    connections,
    cap: fleet.config.tenantConnections.overall,
    queue,
    p50: median(times),
    p99: quantile(times, 0.99),
    max: highest(times),
    starvation: highest(medians) / median(medians),
  };
}
