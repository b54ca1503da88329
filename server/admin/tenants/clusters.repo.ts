import type { z } from 'zod';
import type { ControlPlane } from '../../tenancy/control-plane.ts';
import { withClient } from '../../tenancy/databases.ts';
import type { clusterSchema } from './tenants.contract.ts';

/** How the PostgreSQL servers are, each asked once. */
export async function clustersHealth(control: ControlPlane): Promise<z.output<typeof clusterSchema>[]> {
  const { rows } = await control.pool.query<{ cluster: string; tenants: number }>(
    'select cluster, count(*)::int as tenants from tenant_metadata group by cluster',
  );
  const tenants = new Map(rows.map((row) => [row.cluster, row.tenants]));
  return Promise.all(
    (await control.clusters()).map(async ({ name, adminUrl }) => {
      const known = { name, tenants: tenants.get(name) ?? 0 };
      try {
        return await withClient(adminUrl, async (client) => {
          const started = performance.now();
          const { rows: found } = await client.query<{ version: string }>(
            "select current_setting('server_version') as version",
          );
          const latencyMs = Math.round((performance.now() - started) * 100) / 100;
          return { ...known, health: 'healthy' as const, latencyMs, version: found[0]?.version ?? null };
        });
      } catch {
        return { ...known, health: 'down' as const, latencyMs: null, version: null };
      }
    }),
  );
}
