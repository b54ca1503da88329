import pg from 'pg';
import type { TenantHealth } from './tenants.contract.ts';
import { wireTypes } from '../db/pg-types.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { urlOfDatabase, withClient } from '../db/databases.ts';
import type { TenantRecord, TenantRecords } from '../control-plane/tenant-records.ts';
import { toleratedLag } from './migrating/migration-runner.ts';

type Check = TenantHealth['checks'][number];

/**
 * Looks at a tenant from outside: can its own login sign in, how long does a statement take, is every table guarded by
 * row-level security, is the login without special rights, is the schema one that is served.
 */
export async function checkHealth(
  control: ControlPlane,
  records: TenantRecords,
  record: TenantRecord,
  latestVersion: number,
): Promise<TenantHealth> {
  const checks: Check[] = [];
  const latencyMs = await asTenant(records, record, checks);
  const databaseBytes = await asAdmin(control, record, checks);
  const behind = latestVersion - record.schema_version;
  checks.push({
    name: 'schema',
    ok: behind <= toleratedLag,
    finding: behind <= 0 ? 'current' : 'behind',
    message: behind <= 0 ? 'up to date' : `${String(behind)} migration(s) behind`,
  });
  const failed = checks.filter(({ ok }) => !ok);
  return {
    id: record.id,
    health: failed.length === 0 ? 'healthy' : latencyMs === null ? 'down' : 'degraded',
    latencyMs,
    schemaVersion: record.schema_version,
    latestSchemaVersion: latestVersion,
    databaseBytes,
    checks,
  };
}

async function asTenant(
  records: TenantRecords,
  record: TenantRecord,
  checks: Check[],
): Promise<number | null> {
  try {
    const address = await records.address(record);
    const client = new pg.Client({
      ...address,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      types: wireTypes,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      const started = performance.now();
      const { rows } = await client.query<{ tenant: string | null }>('select current_tenant() as tenant');
      const latency = Math.round((performance.now() - started) * 100) / 100;
      const ok = rows[0]?.tenant === record.id;
      checks.push({
        name: 'login',
        ok,
        finding: ok ? 'own_tenant' : 'other_tenant',
        message: ok ? 'signs in as its tenant' : 'does not see its own tenant',
      });
      return latency;
    } finally {
      await client.end().catch(() => {});
    }
  } catch (error) {
    checks.push({ name: 'login', ok: false, finding: 'failed', message: wordsOf(error) });
    return null;
  }
}

async function asAdmin(control: ControlPlane, record: TenantRecord, checks: Check[]): Promise<number | null> {
  try {
    const cluster = await control.cluster(record.cluster);
    return await withClient(urlOfDatabase(cluster.adminUrl, record.database_name), async (client) => {
      const { rows } = await client.query<{ bytes: string; unguarded: string[] | null; special: boolean }>(
        `select pg_database_size(current_database()) as bytes,
           (select array_agg(c.relname::text) from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
               and not (c.relrowsecurity and c.relforcerowsecurity)
               and has_table_privilege($1, c.oid, 'select')) as unguarded,
           (select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole from pg_roles where rolname = $1) as special`,
        [record.login_role],
      );
      const unguarded = rows[0]?.unguarded ?? [];
      checks.push({
        name: 'row-level security',
        ok: unguarded.length === 0,
        finding: unguarded.length === 0 ? 'guarded' : 'unguarded',
        message: unguarded.length === 0 ? 'on every table it can read' : `missing on ${unguarded.join(', ')}`,
      });
      const special = rows[0]?.special !== false;
      checks.push({
        name: 'login rights',
        ok: !special,
        finding: special ? 'special_rights' : 'plain_rights',
        message: special ? 'has special rights' : 'no special rights',
      });
      return rows[0] ? Number(rows[0].bytes) : null;
    });
  } catch (error) {
    checks.push({ name: 'database', ok: false, finding: 'failed', message: wordsOf(error) });
    return null;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'cannot be reached';
}
