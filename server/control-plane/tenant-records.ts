import type pg from 'pg';
import type { TenantStatus } from './tenant-status.contract.ts';
import type { ControlPlane } from './control-plane.ts';

/** A row of tenant_metadata. */
export interface TenantRecord {
  id: string;
  slug: string;
  name: string;
  status: TenantStatus;
  plan: string;
  cluster: string;
  database_name: string;
  login_role: string;
  login_secret: string | null;
  schema_version: number;
  migration_error: string | null;
  migrated_at: string | null;
  provisioning_step: string;
  reason: string | null;
  owner_email: string | null;
  owner_name: string | null;
  owner_secret: string | null;
  owner_user_id: string | null;
  settings: Record<string, unknown>;
  delete_after: string | null;
  /** The moment since which changes wait, while the tenant's last rows are copied to another cluster. */
  writes_paused_at: string | null;
  created_at: string;
  updated_at: string;
}

/** Where a tenant's database is, and what it and its login are called. */
export type TenantPlace = Pick<
  TenantRecord,
  'id' | 'slug' | 'name' | 'cluster' | 'database_name' | 'login_role'
>;

/** Where a tenant's database is and how its login signs in. */
export interface TenantAddress {
  tenantId: string;
  host: string;
  port: number;
  ssl: boolean;
  database: string;
  user: string;
  password: string;
  /** Settings that come with every connection, where the login cannot carry them. */
  options: string | undefined;
}

type Changes = Partial<
  Pick<
    TenantRecord,
    | 'status'
    | 'login_secret'
    | 'schema_version'
    | 'migration_error'
    | 'migrated_at'
    | 'provisioning_step'
    | 'reason'
    | 'owner_secret'
    | 'owner_user_id'
    | 'delete_after'
    | 'cluster'
    | 'name'
    | 'settings'
    | 'writes_paused_at'
  >
>;

/** Reads and changes tenants in the control plane. */
export class TenantRecords {
  readonly #control: ControlPlane;
  /** This node drops its own copy at once, without waiting for the notification. */
  onChanged: (id: string) => void = () => {};

  constructor(control: ControlPlane) {
    this.#control = control;
  }

  async byId(
    id: string,
    client: pg.ClientBase | pg.Pool = this.#control.pool,
  ): Promise<TenantRecord | undefined> {
    const { rows } = await client.query<TenantRecord>('select * from tenant_metadata where id = $1', [id]);
    return rows[0];
  }

  async bySlug(slug: string): Promise<TenantRecord | undefined> {
    const { rows } = await this.#control.pool.query<TenantRecord>(
      'select * from tenant_metadata where slug = $1',
      [slug],
    );
    return rows[0];
  }

  async inStatus(statuses: readonly TenantStatus[]): Promise<TenantRecord[]> {
    const { rows } = await this.#control.pool.query<TenantRecord>(
      'select * from tenant_metadata where status = any($1) order by created_at, id',
      [statuses],
    );
    return rows;
  }

  /** The users who may enter the tenant, or may once they have proved their mailbox. */
  async usersOf(id: string): Promise<string[]> {
    const { rows } = await this.#control.pool.query<{ user_id: string }>(
      `select user_id from user_mappings where tenant_id = $1
       union select user_id from sign_in_invitations where tenant_id = $1 order by user_id`,
      [id],
    );
    return rows.map(({ user_id: userId }) => userId);
  }

  /** Changes a tenant; nodes that hold it in memory read it again when `tell` is not false. */
  async change(id: string, changes: Changes, tell = true): Promise<void> {
    const names = Object.keys(changes);
    const sets = names.map((name, index) => `${name} = $${String(index + 2)}`);
    const changed = `update tenant_metadata set ${[...sets, 'updated_at = now()'].join(', ')} where id = $1`;
    const sql = tell
      ? `with changed as (${changed} returning id)
         insert into access_changes (scope, subject) select 'tenant', id::text from changed`
      : changed;
    await this.#control.pool.query(sql, [id, ...Object.values(changes)]);
    if (tell) this.onChanged(id);
  }

  /** Where the tenant's login connects to. */
  async address(record: TenantRecord): Promise<TenantAddress> {
    if (record.login_secret === null) throw new Error(`Tenant ${record.slug} has no login yet.`);
    const cluster = await this.#control.cluster(record.cluster);
    return {
      tenantId: record.id,
      host: cluster.host,
      port: cluster.port,
      ssl: cluster.ssl,
      database: record.database_name,
      user: record.login_role,
      password: this.#control.box.open(record.login_secret),
      options: record.settings.tenantAtConnect === true ? `-c app.current_tenant_id=${record.id}` : undefined,
    };
  }
}
