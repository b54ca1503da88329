import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { invalidField, Problem } from '../ground/problem.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { maskedUrl, withClient } from '../db/databases.ts';
import { atMost } from '../ground/at-most.ts';

/** A PostgreSQL server as an operator sees it. */
export interface ClusterSummary {
  name: string;
  /** `host:port` of the administrative login. */
  address: string;
  acceptsTenants: boolean;
  tenants: number;
}

const oldest = 150_000;

/** The PostgreSQL servers tenants live on: which there are, and where the next tenant goes. */
export class Clusters {
  readonly #control: ControlPlane;

  constructor(control: ControlPlane) {
    this.#control = control;
  }

  async list(): Promise<ClusterSummary[]> {
    const { rows } = await this.#control.pool.query<{
      name: string;
      accepts_tenants: boolean;
      tenants: number;
    }>(
      `select c.name, c.accepts_tenants, (select count(*)::int from tenant_metadata t where t.cluster = c.name) as tenants
       from clusters c order by c.name`,
    );
    const known = new Map((await this.#control.clusters()).map((cluster) => [cluster.name, cluster]));
    return rows.map(({ name, accepts_tenants: acceptsTenants, tenants }) => ({
      name,
      address: addressOf(known.get(name)?.adminUrl ?? ''),
      acceptsTenants,
      tenants,
    }));
  }

  /**
   * Adds a server, or changes the address of one; safe to repeat.
   * @throws INVALID when it can't be reached, is too old, lacks the rights to make tenants, or is known by another name.
   */
  async put(name: string, adminUrl: string, tenantEndpoint?: string): Promise<void> {
    await requireFit(adminUrl);
    for (const other of await this.#control.clusters()) {
      if (other.name !== name && (await isSameServer(other.adminUrl, adminUrl))) {
        throw invalidField('url', 'cluster.known', { cluster: other.name });
      }
    }
    await this.#control.putCluster(name, adminUrl, tenantEndpoint);
  }

  /** Whether new tenants may be placed there. */
  async setOpen(name: string, acceptsTenants: boolean): Promise<void> {
    const { rowCount } = await this.#control.pool.query(
      'update clusters set accepts_tenants = $2 where name = $1',
      [name, acceptsTenants],
    );
    if (rowCount === 0) throw unknownCluster(name);
  }

  /** The address for the tenants' logins: a pooler as `host:port`, or the server itself. */
  async setTenantEndpoint(name: string, endpoint: string | undefined): Promise<void> {
    const { rowCount } = await this.#control.pool.query(
      'update clusters set tenant_endpoint = $2 where name = $1',
      [name, endpoint ?? null],
    );
    if (rowCount === 0) throw unknownCluster(name);
  }

  /**
   * Forgets a server without tenants.
   * @throws CONFLICT while tenants live there, or for the control plane's own.
   */
  async remove(name: string): Promise<void> {
    if (name === 'main') throw new Problem('CONFLICT', 'cluster.main_stays');
    const { rowCount } = await this.#control.pool
      .query('delete from clusters where name = $1', [name])
      .catch((error: pg.DatabaseError) => {
        if (error.code !== '23503') throw error;
        throw new Problem('CONFLICT', 'cluster.has_tenants', { cluster: name });
      });
    if (rowCount === 0) throw unknownCluster(name);
  }

  /** The cluster of the next tenant: the one asked for, else the open one that holds the fewest and answers. */
  async placement(wanted?: string): Promise<string> {
    const clusters = await this.list();
    if (wanted !== undefined) {
      if (!clusters.some(({ name }) => name === wanted)) throw unknownCluster(wanted);
      return wanted;
    }
    const open = clusters
      .filter(({ acceptsTenants }) => acceptsTenants)
      .sort((a, b) => a.tenants - b.tenants);
    if (open.length === 1 && open[0]) return open[0].name;
    for (const { name } of open) {
      if (await answers((await this.#control.cluster(name)).adminUrl)) return name;
    }
    throw new Problem('UNAVAILABLE', 'cluster.none_reachable', {}, { retryAfterSeconds: 10 });
  }
}

/** Whether a server answers within three seconds. */
async function answers(adminUrl: string): Promise<boolean> {
  let answered = false;
  const asked = withClient(adminUrl, (client) => client.query('select 1')).then(
    () => (answered = true),
    () => {},
  );
  await atMost(3000, asked);
  return answered;
}

function unknownCluster(name: string): Problem {
  return invalidField('cluster', 'cluster.not_found', { cluster: name });
}

function addressOf(adminUrl: string): string {
  const { hostname, port } = new URL(maskedUrl(adminUrl));
  return `${hostname}:${port === '' ? '5432' : port}`;
}

async function requireFit(adminUrl: string): Promise<void> {
  const found = await withClient(adminUrl, (client) =>
    client.query<{ version: number; may: boolean; extensions: number }>(
      `select current_setting('server_version_num')::int as version,
         (select rolsuper or (rolcreatedb and rolcreaterole and rolbypassrls) from pg_roles where rolname = current_user) as may,
         (select count(*)::int from pg_available_extensions where name in ('pg_trgm', 'btree_gin')) as extensions`,
    ),
  ).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidField('url', 'cluster.unreachable', { cause: reason });
  });
  const [server] = found.rows;
  if (!server || server.version < oldest) throw invalidField('url', 'cluster.too_old');
  if (!server.may) throw invalidField('url', 'cluster.rights_missing');
  if (server.extensions < 2) throw invalidField('url', 'cluster.extensions_missing');
}

/**
 * Whether two addresses lead to the same PostgreSQL server, whatever they look like: a lock taken at one is seen at the
 * other. Needs no rights.
 */
export async function isSameServer(one: string, other: string): Promise<boolean> {
  const mark = [randomInt(2 ** 31), randomInt(2 ** 31)];
  return withClient(one, async (client) => {
    await client.query('select pg_advisory_lock($1::int, $2::int)', mark);
    return withClient(other, async (seen) => {
      const { rows } = await seen.query(
        "select from pg_locks where locktype = 'advisory' and classid = $1::bigint::oid and objid = $2::bigint::oid",
        mark,
      );
      return rows.length > 0;
    });
  });
}
