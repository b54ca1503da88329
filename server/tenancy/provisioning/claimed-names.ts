import { Problem } from '../../ground/problem.ts';
import type { Cluster } from '../../control-plane/control-plane.ts';
import { withClient } from '../../db/databases.ts';
import type { TenantRecord } from '../../control-plane/tenant-records.ts';

/**
 * Makes sure before the first step that neither a database nor a login has the tenant's names: what is there already is
 * somebody else's (another installation on the same server, a copy of a control plane) and must neither be taken over
 * nor taken away when the provisioning is undone.
 * @throws CONFLICT
 */
export async function ensureNamesAreFree(cluster: Cluster, record: TenantRecord): Promise<void> {
  const taken = await withClient(cluster.adminUrl, async (client) => {
    const { rows } = await client.query<{ what: 'database' | 'login' }>(
      `select 'database' as what from pg_database where datname = $1
       union all select 'login' from pg_roles where rolname = $2`,
      [record.database_name, record.login_role],
    );
    return rows.map(({ what }) => what);
  });
  const [first] = taken;
  if (first === undefined) return;
  throw new Problem('CONFLICT', 'tenant.names_used', {
    what: taken.length === 1 ? first : 'both',
    name: record.database_name,
  });
}
