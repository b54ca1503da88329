import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Cluster, ControlPlane } from '../../control-plane/control-plane.ts';
import { databaseExists, quoted, urlOfDatabase, withClient } from '../../db/databases.ts';
import { createDatabase, hasAsciiLocale } from '../database-locale.ts';
import { migrateDatabase } from '../../db/migrating/migrate-database.ts';
import type { Migration } from '../../db/migrating/migration-files.ts';

/** Held shared while cloning and exclusively while the template changes. */
const templateLock = 4_871_001;

/** Takes the cluster's template lock on this connection, polling for at most `waitMs`. */
export async function lockTemplate(
  client: pg.Client,
  mode: 'shared' | 'exclusive',
  waitMs = 60_000,
): Promise<void> {
  const take = mode === 'shared' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
  const until = Date.now() + waitMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(`select ${take}($1) as taken`, [templateLock]);
    if (rows[0]?.taken) return;
    if (Date.now() > until)
      throw new Error('The tenant template is being changed by another process; try again.');
    await sleep(50 + Math.random() * 50);
  }
}

export async function unlockTemplate(client: pg.Client, mode: 'shared' | 'exclusive'): Promise<void> {
  const release = mode === 'shared' ? 'pg_advisory_unlock_shared' : 'pg_advisory_unlock';
  await client.query(`select ${release}($1)`, [templateLock]);
}

function mark(migrations: readonly Migration[]): string {
  return `quartermaster template ${String(migrations.length)} ${migrations.at(-1)?.checksum ?? ''}`;
}

/** Ends the mark of a template on a server whose system knows ASCII letters only: it can't be made any better. */
const asciiOnly = ' ascii';

function versionIn(found: string | null): number {
  return Number(/^quartermaster template (\d+) /.exec(found ?? '')?.[1] ?? 0);
}

/**
 * Creates or migrates the database new tenants are cloned from. It takes no connections between two migrations, so that
 * it can be cloned at any moment. Does nothing when it is up to date, or newer (made by a newer server).
 */
export async function prepareTemplate(
  control: ControlPlane,
  cluster: Cluster,
  migrations: readonly Migration[],
): Promise<{ from: number; to: number }> {
  const name = control.names.template;
  return withClient(cluster.adminUrl, async (client) => {
    const found = await templateMark(client, name);
    const isAscii = found?.endsWith(asciiOnly) ?? false;
    const isOutworn = !isAscii && (await hasAsciiLocale(client, name));
    const isCurrent = found?.startsWith(mark(migrations)) || versionIn(found) > migrations.length;
    if (isCurrent && !isOutworn) {
      return { from: versionIn(found), to: versionIn(found) };
    }
    await lockTemplate(client, 'exclusive');
    try {
      if (isOutworn) await dropTemplate(client, name);
      if (!(await databaseExists(client, name))) await createDatabase(client, name);
      await client.query(`revoke all on database ${quoted(name)} from public`);
      await closeSharedDatabases(client);
      await client.query(`alter database ${quoted(name)} allow_connections true`);
      const result = await migrateDatabase(urlOfDatabase(cluster.adminUrl, name), migrations);
      await client.query(`alter database ${quoted(name)} is_template true allow_connections false`);
      if (result.to === migrations.length) {
        const limits = (await hasAsciiLocale(client, name)) ? asciiOnly : '';
        await client.query(`comment on database ${quoted(name)} is '${mark(migrations)}${limits}'`);
      }
      return { from: result.from, to: result.to };
    } finally {
      await unlockTemplate(client, 'exclusive');
    }
  });
}

async function dropTemplate(client: pg.Client, name: string): Promise<void> {
  await client.query(`alter database ${quoted(name)} is_template false`);
  await client.query(`drop database ${quoted(name)} with (force)`);
}

/** The version the template is at, from its comment; 0 when there is none. */
export async function templateVersion(control: ControlPlane, cluster: Cluster): Promise<number> {
  return withClient(cluster.adminUrl, async (client) => {
    return versionIn(await templateMark(client, control.names.template));
  });
}

async function templateMark(client: pg.Client, name: string): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null }>(
    "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1",
    [name],
  );
  return rows[0]?.mark ?? null;
}

/**
 * A tenant's login has no business in the databases every server has. Only where the server is ours: a hosted Supabase
 * has logins of its own that come in by the right everybody has.
 */
async function closeSharedDatabases(client: pg.Client): Promise<void> {
  await client.query(`
    do $$ begin
      if not exists (select 1 from pg_roles where rolname in ('supabase_admin', 'rds_superuser', 'cloudsqlsuperuser'))
        and (select rolsuper from pg_roles where rolname = current_user)
      then
        revoke connect, temporary on database postgres from public;
        revoke connect, temporary on database template1 from public;
      end if;
    end $$`);
}
