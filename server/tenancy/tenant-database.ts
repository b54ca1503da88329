import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isPostgresError } from '../db/error-mapping.ts';
import type { Cluster, ControlPlane } from '../control-plane/control-plane.ts';
import { databaseExists, literal, quoted, urlOfDatabase, withClient } from '../db/databases.ts';
import { layLoginSettings, loginsOutOfOrder } from './login-settings.ts';
import { versionOf } from '../db/migrating/migrate-database.ts';
import { scramVerifier } from './scram.ts';
import { lockTemplate, unlockTemplate } from './migrating/template.ts';
import type { TenantPlace, TenantRecord } from '../control-plane/tenant-records.ts';

/** The steps that make a tenant's login and database. Each is safe to repeat. */
export class TenantDatabases {
  readonly #control: ControlPlane;

  constructor(control: ControlPlane) {
    this.#control = control;
  }

  /** The tenant's login: no rights but those granted in its own database. */
  async ensureRole(record: TenantPlace, password: string): Promise<void> {
    const cluster = await this.#control.cluster(record.cluster);
    await withClient(cluster.adminUrl, async (client) => {
      const { rows } = await client.query<{ special: boolean }>(
        'select rolsuper or rolbypassrls as special from pg_roles where rolname = $1',
        [record.login_role],
      );
      if (rows[0]?.special === true)
        throw new Error(`The role ${record.login_role} exists and is no tenant's.`);
      // Only a superuser may say NOSUPERUSER of a role that exists.
      const verb = rows.length > 0 ? 'alter role' : 'create role';
      const superuser = rows.length > 0 ? '' : 'nosuperuser';
      await client.query(
        `${verb} ${quoted(record.login_role)} login ${superuser} nocreatedb nocreaterole noinherit
         connection limit 50 password ${literal(scramVerifier(password))}`,
      );
    });
  }

  /** A clone of the template. A clone that a crash left half-made is dropped and made again. */
  async ensureDatabase(record: TenantPlace): Promise<void> {
    const cluster = await this.#control.cluster(record.cluster);
    await withClient(cluster.adminUrl, async (client) => {
      const half = await client.query('select 1 from pg_database where datname = $1 and datconnlimit = -2', [
        record.database_name,
      ]);
      if (half.rows.length > 0) await client.query(`drop database ${quoted(record.database_name)}`);
      if (!(await databaseExists(client, record.database_name))) await this.#clone(client, record);
      await client.query(`revoke all on database ${quoted(record.database_name)} from public`);
    });
  }

  async #clone(client: pg.Client, record: TenantPlace): Promise<void> {
    await lockTemplate(client, 'shared');
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.query(
            `create database ${quoted(record.database_name)} template ${quoted(this.#control.names.template)}`,
          );
          return;
        } catch (error) {
          // 55006: somebody is still connected to the template, such as a process that just migrated it.
          if (!isPostgresError(error) || error.code !== '55006' || attempt >= 40) throw error;
          await sleep(100);
        }
      }
    } finally {
      await unlockTemplate(client, 'shared');
    }
  }

  /** Identity, grants and the login's settings. */
  async ensureGrants(record: TenantPlace): Promise<{ version: number; tenantAtConnect: boolean }> {
    const cluster = await this.#control.cluster(record.cluster);
    const { database_name: database, login_role: role } = record;
    return withClient(urlOfDatabase(cluster.adminUrl, database), async (client) => {
      await client.query(`grant connect on database ${quoted(database)} to ${quoted(role)}`);
      const { tenantAtConnect } = await layLoginSettings(client, record);
      await client.query('select establish_tenant($1, $2, $3, $4)', [
        record.id,
        record.slug,
        role,
        record.name,
      ]);
      await client.query('select apply_tenant_grants($1)', [role]);
      return { version: await versionOf(client), tenantAtConnect };
    });
  }

  /** Lays login, password, settings and rights as they should be, whatever has become of them. */
  async repairLogin(record: TenantPlace & Pick<TenantRecord, 'login_secret'>): Promise<void> {
    if (record.login_secret === null) return;
    await this.ensureRole(record, this.#control.box.open(record.login_secret));
    await this.ensureGrants(record);
  }

  /** Which of the cluster's logins have other settings: by an earlier version of this server, or by themselves. */
  async loginsOutOfOrder<Place extends TenantPlace>(
    cluster: Cluster,
    places: readonly Place[],
  ): Promise<Place[]> {
    return withClient(cluster.adminUrl, (client) => loginsOutOfOrder(client, places));
  }

  /** Lays the settings of a login down anew. Connections that are open keep theirs. */
  async renewSettings(place: TenantPlace): Promise<void> {
    const cluster = await this.#control.cluster(place.cluster);
    await withClient(cluster.adminUrl, (client) => layLoginSettings(client, place));
  }

  /** Takes database and login away, whatever of them exists. */
  async drop(record: TenantPlace): Promise<void> {
    const cluster = await this.#control.cluster(record.cluster);
    await dropDatabase(cluster, record.database_name);
    await withClient(cluster.adminUrl, (client) =>
      client.query(`drop role if exists ${quoted(record.login_role)}`),
    );
  }
}

async function dropDatabase(cluster: Cluster, name: string): Promise<void> {
  await withClient(cluster.adminUrl, (client) =>
    client.query(`drop database if exists ${quoted(name)} with (force)`),
  );
}
