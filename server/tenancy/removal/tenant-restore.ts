import { recordWith } from '../../control-plane/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { TenantSignIns } from '../../auth/sign-ins.ts';
import { Problem } from '../../ground/problem.ts';
import type { Clusters } from '../clusters.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { databaseExists, literal, quoted, urlOfDatabase, withClient } from '../../db/databases.ts';
import { createDatabase } from '../database-locale.ts';
import { migrateDatabase } from '../../db/migrating/migrate-database.ts';
import { loadMigrations } from '../../db/migrating/migration-files.ts';
import type { Migration } from '../../db/migrating/migration-files.ts';
import { randomPassword } from '../scram.ts';
import type { TenantDatabases } from '../tenant-database.ts';
import type { ExportManifest } from './tenant-export.ts';
import { ReturningPeople } from './returning-people.ts';
import type { Returned, ReturnProgress } from './returning-people.ts';
import { DamagedExport, loadExport, readExport } from './tenant-import.ts';
import { withTenantLock } from '../../control-plane/tenant-lock.ts';
import type { TenantPlace, TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

export interface RestoreParts {
  control: ControlPlane;
  records: TenantRecords;
  databases: TenantDatabases;
  clusters: Clusters;
  signIns: TenantSignIns;
  /** The folder of the tenants' migrations. */
  migrationsFolder: string;
}

export interface Restored extends Returned {
  record: TenantRecord;
  rows: number;
  /** Schema version of the export. */
  from: number;
}

type RestoredPlace = TenantPlace & Pick<TenantRecord, 'plan'>;

const beingRestored = storedText('restore.under_way');

/**
 * Brings a tenant back from its export: the same id, the same rows, the schema it had and then today's. The tenant must be
 * gone (or have failed to come). Nothing of it is known to the control plane before all rows are there, so that a restore
 * that was killed is simply done again. Encrypted values need the QM_SECRET_KEY they were sealed with.
 */
export class TenantRestore {
  readonly #parts: RestoreParts;

  constructor(parts: RestoreParts) {
    this.#parts = parts;
  }

  /**
   * If the auth server's limit of mails leaves people `waiting`, the same call again continues with them.
   * @param options.slug another short name, if the old one is now taken
   * @param options.progress told after each person who was let in
   * @throws DamagedExport, or CONFLICT when the tenant or its short name is there already.
   */
  async run(
    folder: string,
    options: {
      slug?: string | undefined;
      cluster?: string | undefined;
      progress?: ReturnProgress | undefined;
    } = {},
    trace: RevocationTrace = {},
  ): Promise<Restored> {
    const manifest = await readExport(folder);
    const migrations = await loadMigrations(this.#parts.migrationsFolder);
    if (manifest.schemaVersion > migrations.length) {
      const versions = `${String(manifest.schemaVersion)}, this server knows ${String(migrations.length)}`;
      throw new DamagedExport(`The export is of a newer schema (${versions}).`);
    }
    const slug = options.slug ?? manifest.tenant.slug;
    const cluster = await this.#parts.clusters.placement(options.cluster);
    return withTenantLock(this.#parts.control, manifest.tenant.id, async () => {
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      const place = this.#placeOf(manifest, slug, cluster);
      const record =
        (await this.#begun(place)) ?? (await this.#bringBack(place, folder, manifest, migrations));
      const people = await this.#withPeople(record, options.progress, async (returning) => {
        await returning.letInWithAccount();
        // From here on they work; a restore that only has people left to invite is done as far as the data go.
        if (record.status !== 'active') await this.#open(record, { rows, manifest, trace });
        return returning.invite();
      });
      return {
        record: (await this.#parts.records.byId(record.id)) ?? record,
        rows,
        from: manifest.schemaVersion,
        ...people,
      };
    });
  }

  /** The tenant as a restore has left it that was killed or ran into a limit: all rows are there, not all people. */
  async #begun({ id, slug }: RestoredPlace): Promise<TenantRecord | undefined> {
    const { records } = this.#parts;
    const same = await records.byId(id);
    if (same?.status === 'suspended' && same.reason === beingRestored && same.slug === slug) return same;
    if (same?.status === 'active' && same.slug === slug && !(await this.#isOver(same))) return same;
    if (same) {
      const { name, status } = same;
      throw new Problem('CONFLICT', 'tenant.there_already', { name, slug: same.slug, status });
    }
    if (await records.bySlug(slug)) {
      throw new Problem('CONFLICT', 'tenant.slug_used_at_restore', { slug });
    }
    return undefined;
  }

  async #bringBack(
    place: RestoredPlace,
    folder: string,
    manifest: ExportManifest,
    migrations: readonly Migration[],
  ): Promise<TenantRecord> {
    const { databases } = this.#parts;
    const password = randomPassword();
    await this.#dropLeftovers(place);
    await databases.ensureRole(place, password);
    await this.#fill(place, folder, manifest, migrations);
    const { version, tenantAtConnect } = await databases.ensureGrants(place);
    return this.#enter(place, password, version, tenantAtConnect);
  }

  #placeOf(manifest: ExportManifest, slug: string, cluster: string): RestoredPlace {
    const { id, name, plan } = manifest.tenant;
    const database = this.#parts.control.names.tenant(slug);
    return { id, slug, name, plan, cluster, database_name: database, login_role: database };
  }

  /**
   * The remains of a killed restore: only ever a database that says it is this tenant's, or that says and holds nothing
   * yet.
   */
  async #dropLeftovers(place: RestoredPlace): Promise<void> {
    const { adminUrl } = await this.#parts.control.cluster(place.cluster);
    const left = await withClient(adminUrl, async (client) => {
      if (!(await databaseExists(client, place.database_name))) return false;
      const { rows } = await client.query<{ mark: string | null }>(
        "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1",
        [place.database_name],
      );
      if (rows[0]?.mark === markOf(place.id)) return true;
      if (rows[0]?.mark === null && (await isEmpty(urlOfDatabase(adminUrl, place.database_name))))
        return true;
      throw new Problem('CONFLICT', 'tenant.database_there_already', { database: place.database_name });
    });
    if (left) await this.#parts.databases.drop(place);
  }

  /** A database of the export's schema version with its rows, then brought to today's. */
  async #fill(
    place: RestoredPlace,
    folder: string,
    manifest: ExportManifest,
    migrations: readonly Migration[],
  ): Promise<void> {
    const { adminUrl } = await this.#parts.control.cluster(place.cluster);
    await withClient(adminUrl, async (client) => {
      await createDatabase(client, place.database_name);
      await client.query(
        `comment on database ${quoted(place.database_name)} is ${literal(markOf(place.id))}`,
      );
      await client.query(`revoke all on database ${quoted(place.database_name)} from public`);
    });
    const url = urlOfDatabase(adminUrl, place.database_name);
    await migrateDatabase(url, migrations.slice(0, manifest.schemaVersion));
    await withClient(url, (client) => loadExport(client, folder, manifest));
    await migrateDatabase(url, migrations);
  }

  async #enter(
    place: RestoredPlace,
    password: string,
    version: number,
    tenantAtConnect: boolean,
  ): Promise<TenantRecord> {
    const { control } = this.#parts;
    const { rows } = await control.pool.query<TenantRecord>(
      `insert into tenant_metadata (id, slug, name, plan, status, cluster, database_name, login_role, login_secret,
         schema_version, provisioning_step, reason, settings)
       values ($1, $2, $3, $4, 'suspended', $5, $6, $7, $8, $9, 'active', $10, $11) returning *`,
      [
        place.id,
        place.slug,
        place.name,
        place.plan,
        place.cluster,
        place.database_name,
        place.login_role,
        control.box.seal(password),
        version,
        beingRestored,
        { tenantAtConnect },
      ],
    );
    if (!rows[0]) throw new Error('The tenant was not entered.');
    return rows[0];
  }

  async #open(
    record: TenantRecord,
    { rows, manifest, trace }: { rows: number; manifest: ExportManifest; trace: RevocationTrace },
  ): Promise<void> {
    await this.#parts.records.change(record.id, { status: 'active', reason: null });
    await recordWith(this.#parts.control.pool, {
      ...trace,
      action: 'tenant.imported',
      outcome: 'done',
      tenantId: record.id,
      subject: record.slug,
      details: { rows, takenAt: manifest.takenAt, cluster: record.cluster },
    });
  }

  #isOver(record: TenantRecord): Promise<boolean> {
    return this.#withPeople(record, undefined, (returning) => returning.isOver());
  }

  async #withPeople<T>(
    record: TenantRecord,
    progress: ReturnProgress | undefined,
    work: (people: ReturningPeople) => Promise<T>,
  ): Promise<T> {
    const { adminUrl } = await this.#parts.control.cluster(record.cluster);
    return withClient(urlOfDatabase(adminUrl, record.database_name), (client) =>
      work(new ReturningPeople(this.#parts.signIns, { id: record.id, client }, progress)),
    );
  }
}

const markOf = (tenantId: string) => `quartermaster restore ${tenantId}`;

/** Whether the database is still empty: the process was killed before its first statement. */
function isEmpty(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ empty: boolean }>(
      `select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') as empty`,
    );
    return rows[0]?.empty === true;
  });
}
