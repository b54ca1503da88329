import type { Clusters } from '../../tenancy/clusters.ts';
import type { ControlPlane } from '../../tenancy/control-plane.ts';
import { withClient } from '../../tenancy/databases.ts';
import type { ClusterHealth } from './tenants.contract.ts';

/** How the PostgreSQL servers are, each asked once. */
export async function clustersHealth(
  control: Pick<ControlPlane, 'cluster'>,
  clusters: Pick<Clusters, 'list'>,
): Promise<ClusterHealth[]> {
  return Promise.all(
    (await clusters.list()).map(async (known) => {
      try {
        const { adminUrl } = await control.cluster(known.name);
        return await withClient(adminUrl, async (client) => {
          const started = performance.now();
          const { rows } = await client.query<{ version: string; connections: number; most: number }>(
            `select current_setting('server_version') as version, current_setting('max_connections')::int as most,
               (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections`,
          );
          const latencyMs = Math.round((performance.now() - started) * 100) / 100;
          const { version = null, connections = null, most: maxConnections = null } = rows[0] ?? {};
          return { ...known, health: 'healthy' as const, latencyMs, version, connections, maxConnections };
        });
      } catch {
        const nothing = { latencyMs: null, version: null, connections: null, maxConnections: null };
        return { ...known, health: 'down' as const, ...nothing };
      }
    }),
  );
}
