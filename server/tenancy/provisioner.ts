import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { provisioningSteps } from '../admin/tenants/tenants.contract.ts';
import type { CreateTenant, ProvisioningStep } from '../admin/tenants/tenants.contract.ts';
import type { TenantSignIns } from '../auth/sign-ins.ts';
import { isConnectionLoss } from '../db/error-mapping.ts';
import { Problem } from '../trpc/problem.ts';
import type { Clusters } from './clusters.ts';
import type { ControlPlane } from './control-plane.ts';
import { withClient } from './databases.ts';
import { ensureOwner } from './first-owner.ts';
import { domainMigrations, loadMigrations } from './migration-files.ts';
import { recordEvent } from './provisioning-events.ts';
import { randomPassword } from './scram.ts';
import { prepareTemplate } from './template.ts';
import type { TenantDatabases } from './tenant-database.ts';
import type { TenantRecord, TenantRecords } from './tenant-records.ts';

const words: Record<ProvisioningStep, string> = {
  requested: 'The tenant was requested',
  role: 'Its database login was made',
  database: 'Its database was made from the template',
  grants: 'Its identity and rights were set',
  owner: 'Its first owner can sign in',
  active: 'The tenant is active',
};

const attemptsPerStep = 4;

/**
 * Makes tenants: requested → role → database → grants → owner → active. Every step is safe to repeat and is recorded
 * when done, so that a run killed anywhere goes on from there; a failure is undone. One run per tenant at a time over
 * all processes, held by a lock in the control plane.
 */
export class Provisioner {
  readonly #control: ControlPlane;
  readonly #records: TenantRecords;
  readonly #databases: TenantDatabases;
  readonly #clusters: Clusters;
  readonly #signIns: TenantSignIns;
  readonly #running = new Map<string, Promise<TenantRecord>>();

  constructor(parts: {
    control: ControlPlane;
    records: TenantRecords;
    databases: TenantDatabases;
    clusters: Clusters;
    signIns: TenantSignIns;
  }) {
    this.#control = parts.control;
    this.#records = parts.records;
    this.#databases = parts.databases;
    this.#clusters = parts.clusters;
    this.#signIns = parts.signIns;
  }

  /**
   * Enters the tenant into the control plane and answers at once; `run` does the work. The same request again is the
   * same tenant; one that failed before starts anew.
   * @throws CONFLICT when the short name belongs to another tenant, INVALID when there is no such cluster.
   */
  async request(input: CreateTenant): Promise<TenantRecord> {
    const { pool, names, box } = this.#control;
    const cluster = await this.#clusters.placement(input.cluster);
    const { rows } = await pool.query<TenantRecord>(
      `insert into tenant_metadata as t (id, slug, name, status, plan, database_name, login_role, owner_email, owner_name,
         owner_secret, cluster) values ($1, $2, $3, 'provisioning', $4, $5, $5, $6, $7, $8, $9)
       on conflict (slug) do update set status = 'provisioning', provisioning_step = 'requested', reason = null,
         cluster = excluded.cluster, name = excluded.name, plan = excluded.plan, owner_email = excluded.owner_email, updated_at = now(),
         owner_name = excluded.owner_name, owner_secret = excluded.owner_secret where t.status = 'failed'
       returning *`,
      [
        input.id ?? uuidv7(),
        input.slug,
        input.name,
        input.plan,
        names.tenant(input.slug),
        input.ownerEmail,
        input.ownerName,
        input.ownerPassword === undefined ? null : box.seal(input.ownerPassword),
        cluster,
      ],
    );
    if (rows[0]) {
      await recordEvent(pool, rows[0].id, 'requested', 'done', words.requested);
      return rows[0];
    }
    const existing = await this.#records.bySlug(input.slug);
    const same =
      existing !== undefined &&
      (input.id === undefined || input.id === existing.id) &&
      existing.owner_email === input.ownerEmail &&
      (existing.status === 'provisioning' || existing.status === 'active');
    if (!same) {
      const message = `The short name ${input.slug} is taken.`;
      throw new Problem('CONFLICT', message, { fields: [{ path: 'slug', message }] });
    }
    return existing;
  }

  /**
   * Brings a requested tenant to active and returns it; concurrent callers get the same outcome.
   * @throws Problem with the reason when it failed and was undone.
   */
  run(id: string): Promise<TenantRecord> {
    const running = this.#running.get(id);
    if (running) return running;
    const work = this.#underLock(id).finally(() => this.#running.delete(id));
    this.#running.set(id, work);
    return work;
  }

  /** Goes on with whatever a stopped server left unfinished. */
  async resume(onError: (error: unknown, slug: string) => void): Promise<void> {
    for (const record of await this.#records.inStatus(['provisioning'])) {
      await this.run(record.id).catch((error: unknown) => onError(error, record.slug));
    }
  }

  /** Resolves when nothing is under way any more. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }

  async #underLock(id: string): Promise<TenantRecord> {
    return withClient(this.#control.url, async (client) => {
      await this.#lock(client, id);
      const record = await this.#records.byId(id);
      if (!record) throw new Problem('NOT_FOUND', 'This tenant does not exist.');
      if (record.status !== 'provisioning') {
        if (record.status === 'failed')
          throw new Problem('CONFLICT', record.reason ?? 'It could not be made.');
        return record;
      }
      return this.#steps(record);
    });
  }

  async #lock(client: pg.Client, id: string): Promise<void> {
    for (;;) {
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 4871003)) as taken',
        [id],
      );
      if (rows[0]?.taken) return;
      await sleep(50 + Math.random() * 50);
    }
  }

  async #steps(start: TenantRecord): Promise<TenantRecord> {
    let record = start;
    for (const step of provisioningSteps) {
      if (
        provisioningSteps.indexOf(step) <=
        provisioningSteps.indexOf(record.provisioning_step as ProvisioningStep)
      ) {
        continue;
      }
      const started = performance.now();
      await recordEvent(this.#control.pool, record.id, step, 'started', `${words[step]}: under way`);
      try {
        await this.#patiently(() => this.#step(step, record));
      } catch (error) {
        throw await this.#failed(record, step, error);
      }
      await this.#records.change(record.id, { provisioning_step: step }, step === 'active');
      const milliseconds = Math.round(performance.now() - started);
      await recordEvent(this.#control.pool, record.id, step, 'done', words[step], milliseconds);
      record = (await this.#records.byId(record.id)) ?? record;
    }
    return record;
  }

  /** A database or sign-in service that is away for a moment is waited for. */
  async #patiently(work: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const passing = isConnectionLoss(error) || (error instanceof Problem && error.code === 'UNAVAILABLE');
        if (!passing || attempt >= attemptsPerStep) throw error;
        await sleep(2 ** attempt * 250);
      }
    }
  }

  async #step(step: ProvisioningStep, record: TenantRecord): Promise<void> {
    switch (step) {
      case 'requested':
        return;
      case 'role': {
        const password = record.login_secret ? this.#control.box.open(record.login_secret) : randomPassword();
        await this.#records.change(record.id, { login_secret: this.#control.box.seal(password) }, false);
        await this.#databases.ensureRole(record, password);
        return;
      }
      case 'database': {
        const cluster = await this.#control.cluster(record.cluster);
        await prepareTemplate(this.#control, cluster, await loadMigrations(domainMigrations));
        await this.#databases.ensureDatabase(record);
        return;
      }
      case 'grants': {
        const { version, tenantAtConnect } = await this.#databases.ensureGrants(record);
        const settings = { ...record.settings, tenantAtConnect };
        const changes = { schema_version: version, migration_error: null, settings };
        await this.#records.change(record.id, changes, false);
        return;
      }
      case 'owner':
        return ensureOwner(this.#control, this.#records, this.#signIns, record);
      case 'active':
        await this.#records.change(record.id, { status: 'active', owner_secret: null, reason: null });
    }
  }

  /** Undoes what was made. When even that is impossible the tenant stays `provisioning` and a later start goes on. */
  async #failed(record: TenantRecord, step: ProvisioningStep, error: unknown): Promise<Problem> {
    const reason = error instanceof Problem ? error.message : 'The database refused this step.';
    const detail = error instanceof Error ? error.message : String(error);
    const { pool } = this.#control;
    await recordEvent(pool, record.id, step, 'failed', detail);
    const current = (await this.#records.byId(record.id)) ?? record;
    if (current.owner_user_id && current.settings.ownerCreated === true) {
      await this.#signIns.remove(record.id, current.owner_user_id);
    } else if (current.owner_user_id) {
      await this.#signIns.take(record.id, current.owner_user_id);
    }
    await this.#databases.drop(record);
    await this.#records.change(record.id, {
      status: 'failed',
      reason: detail.slice(0, 500),
      provisioning_step: 'requested',
      schema_version: 0,
      login_secret: null,
      owner_secret: null,
      owner_user_id: null,
      settings: {},
    });
    await recordEvent(
      pool,
      record.id,
      step,
      'undone',
      'Everything made for this tenant was taken away again',
    );
    return error instanceof Problem ? error : new Problem('UNAVAILABLE', reason, { cause: error });
  }
}
