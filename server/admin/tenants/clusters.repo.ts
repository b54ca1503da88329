import pg from 'pg';
import type { Clusters } from '../../tenancy/clusters.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import type { ClusterHealth } from '../../tenancy/tenants.contract.ts';

/** A server that doesn't answer within this many milliseconds is shown as down. */
const patienceMs = 3000;

type Answer = Pick<ClusterHealth, 'latencyMs' | 'version' | 'connections' | 'maxConnections'>;

/** The state of the PostgreSQL servers, each asked once. One that hangs doesn't delay the others. */
export async function clustersHealth(
  control: Pick<ControlPlane, 'cluster'>,
  clusters: Pick<Clusters, 'list'>,
): Promise<ClusterHealth[]> {
  return Promise.all(
    (await clusters.list()).map(async (known) => {
      try {
        const { adminUrl } = await control.cluster(known.name);
        return { ...known, health: 'healthy' as const, ...(await ask(adminUrl)) };
      } catch {
        const nothing = { latencyMs: null, version: null, connections: null, maxConnections: null };
        return { ...known, health: 'down' as const, ...nothing };
      }
    }),
  );
}

async function ask(adminUrl: string): Promise<Answer> {
  const client = new pg.Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: 'quartermaster-admin',
  });
  // A connection that drops later reports here; the caller already has its answer.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; connections: number; most: number }>(
      `select current_setting('server_version') as version, current_setting('max_connections')::int as most,
         (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections`,
    );
    // The first statement also pays for a new connection's caches; the second one is a round trip.
    const started = performance.now();
    await client.query('select 1');
    const latencyMs = Math.round((performance.now() - started) * 100) / 100;
    const { version = null, connections = null, most: maxConnections = null } = rows[0] ?? {};
    return { latencyMs, version, connections, maxConnections };
  } finally {
    // Nothing waits for it: a frozen server never closes its side.
    client.end().catch(() => {});
  }
}
