import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { provisioningSteps } from '../admin/tenants/tenants.contract.ts';
import type { CreateTenant, ProvisioningStep } from '../admin/tenants/tenants.contract.ts';
import type { RevocationTrace } from '../auth/revocations.ts';
import type { TenantSignIns } from '../auth/sign-ins.ts';
import { isConnectionLoss, isPostgresError } from '../db/error-mapping.ts';
import { Problem } from '../trpc/problem.ts';
import { ensureNamesAreFree } from './claimed-names.ts';
import type { Clusters } from './clusters.ts';
import type { ControlPlane } from './control-plane.ts';
import { atMost } from './databases.ts';
import { ensureOwner } from './first-owner.ts';
import { domainMigrations, loadMigrations } from './migration-files.ts';
import { recordEvent } from './provisioning-events.ts';
import {
  recordActive,
  recordDone,
  recordFailed,
  recordUndone,
  undoing,
  write,
} from './provisioning-record.ts';
import { randomPassword } from './scram.ts';
import { prepareTemplate } from './template.ts';
import type { TenantDatabases } from './tenant-database.ts';
import { ProvisioningLock } from './provisioning-lock.ts';
import type { TenantRecord, TenantRecords } from './tenant-records.ts';

const words: Record<ProvisioningStep, string> = {
  requested: 'The tenant was requested',
  role: 'Its database login was made',
  database: 'Its database was made from the template',
  grants: 'Its identity and rights were set',
  owner: 'Its first owner can sign in',
  active: 'The tenant is active',
};

/** What is away for a moment is asked again so often, and for so many milliseconds. */
const attemptsPerStep = 4;
const waitPerStep = 15_000;
/** A control plane that is away is waited for this long before the work is left to whoever comes next. Milliseconds. */
const patience = 30_000;
/** Another process at work on the same tenant is waited for this long. */
const turn = 120_000;
/** A step that takes longer hangs on something that never answers. */
const stepLimit = 120_000;
/** So many tenants are taken up at once. */
const resumedAtOnce = 3;

/**
 * Makes tenants: requested → role → database → grants → owner → active. Every step is safe to repeat and is recorded
 * when done, so that a run killed anywhere goes on from there; a failure is undone, which is recorded and goes on after
 * a kill just as well. One run per tenant at a time over all processes, held by a lock in the control plane; a run that
 * lost its lock neither records nor undoes anything.
 */
export class Provisioner {
  readonly #control: ControlPlane;
  readonly #records: TenantRecords;
  readonly #databases: TenantDatabases;
  readonly #clusters: Clusters;
  readonly #signIns: TenantSignIns;
  readonly #running = new Map<string, Promise<TenantRecord>>();
  readonly #stopping = new AbortController();
  #resuming: Promise<void> | undefined;

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
   * same tenant; one that failed before starts anew. `trace` is who the audit trail names at the end.
   * @throws CONFLICT when the short name, or the id, belongs to another tenant, INVALID when there is no
   *   such cluster.
   */
  async request(input: CreateTenant, trace: RevocationTrace = {}): Promise<TenantRecord> {
    const { pool, names, box } = this.#control;
    const cluster = await this.#clusters.placement(input.cluster);
    const { rows } = await pool
      .query<TenantRecord>(
        `with requested as (
           insert into tenant_metadata as t (id, slug, name, status, plan, database_name, login_role, owner_email,
             owner_name, owner_secret, settings, cluster)
           values ($1, $2, $3, 'provisioning', $4, $5, $5, $6, $7, $8, $9, $11)
           on conflict (slug) do update set status = 'provisioning', provisioning_step = 'requested', reason = null,
             cluster = excluded.cluster, name = excluded.name, plan = excluded.plan, owner_email = excluded.owner_email, updated_at = now(),
             owner_name = excluded.owner_name, owner_secret = excluded.owner_secret, settings = excluded.settings
             where t.status = 'failed'
           returning *),
         event as (insert into provisioning_events (tenant_id, step, status, message)
                   select id, 'requested', 'done', $10 from requested)
         select * from requested`,
        [
          input.id ?? uuidv7(),
          input.slug,
          input.name,
          input.plan,
          names.tenant(input.slug),
          input.ownerEmail,
          input.ownerName,
          input.ownerPassword === undefined ? null : box.seal(input.ownerPassword),
          { requestedBy: trace },
          words.requested,
          cluster,
        ],
      )
      .catch((error: unknown) => {
        if (!isPostgresError(error) || error.constraint !== 'tenant_metadata_pkey') throw error;
        throw taken('id', 'This id belongs to another tenant.');
      });
    if (rows[0]) return rows[0];
    const existing = await this.#records.bySlug(input.slug);
    const same =
      existing !== undefined &&
      (input.id === undefined || input.id === existing.id) &&
      existing.owner_email === input.ownerEmail &&
      (existing.status === 'provisioning' || existing.status === 'active');
    if (same) return existing;
    throw taken('slug', `The short name ${input.slug} is taken${becauseOf(existing)}.`);
  }

  /**
   * Brings a requested tenant to active and returns it; concurrent callers get the same outcome.
   * @throws Problem with the reason when it failed and was undone.
   */
  run(id: string): Promise<TenantRecord> {
    const running = this.#running.get(id);
    if (running) return running;
    const work = this.#patientRun(id).finally(() => this.#running.delete(id));
    this.#running.set(id, work);
    return work;
  }

  /** Goes on with whatever stopped servers left unfinished; leaves alone what another process is at work on. */
  resume(onError: (error: unknown, slug: string) => void): Promise<void> {
    this.#resuming ??= this.#resumeAll(onError).finally(() => (this.#resuming = undefined));
    return this.#resuming;
  }

  /** Begins nothing more; resolves when nothing is under way, or after three seconds: what is left is taken up later. */
  async settle(): Promise<void> {
    this.#stopping.abort(new Problem('UNAVAILABLE', 'The server is stopping. The tenant is finished later.'));
    await atMost(3000, Promise.allSettled([...this.#running.values(), this.#resuming]));
  }

  async #resumeAll(onError: (error: unknown, slug: string) => void): Promise<void> {
    const unfinished = await this.#records.inStatus(['provisioning']);
    const worker = async () => {
      for (let record = unfinished.shift(); record; record = unfinished.shift()) {
        const { id, slug } = record;
        if (!this.#running.has(id))
          await this.#underLock(id, 0).catch((error: unknown) => onError(error, slug));
      }
    };
    await Promise.all(Array.from({ length: resumedAtOnce }, worker));
  }

  /** A control plane that is away for a while is waited for: the record says where to go on. */
  async #patientRun(id: string): Promise<TenantRecord> {
    for (const until = Date.now() + patience; ; await this.#pause(500)) {
      try {
        const record = await this.#underLock(id, turn);
        if (record) return record;
        throw new Problem(
          'UNAVAILABLE',
          'Another process has been making this tenant for minutes. Look again later.',
        );
      } catch (error) {
        if (!isConnectionLoss(error)) throw error;
        if (Date.now() > until) throw unfinished(error);
      }
    }
  }

  /** Undefined when another process keeps the lock. */
  async #underLock(id: string, waitMs: number): Promise<TenantRecord | undefined> {
    const lock = await ProvisioningLock.take(this.#control.url, id, waitMs, this.#stopping.signal);
    if (!lock) return undefined;
    try {
      const record = await this.#records.byId(id, lock.client);
      if (!record) throw new Problem('NOT_FOUND', 'This tenant does not exist.');
      if (record.status === 'failed') throw couldNotBeMade(record);
      if (record.status !== 'provisioning') return record;
      if (record.provisioning_step !== undoing) return await this.#steps(lock, record);
      await this.#undo(lock, record);
      throw couldNotBeMade(record);
    } finally {
      await lock.release();
    }
  }

  async #steps(lock: ProvisioningLock, start: TenantRecord): Promise<TenantRecord> {
    let record = start;
    const done = provisioningSteps.indexOf(start.provisioning_step as ProvisioningStep);
    for (const step of provisioningSteps.slice(done + 1)) {
      this.#stopping.signal.throwIfAborted();
      const started = performance.now();
      await recordEvent(lock.client, record.id, step, 'started', `${words[step]}: under way`);
      let changes: Partial<TenantRecord>;
      try {
        changes = await this.#patiently(() => this.#step(lock, step, record));
      } catch (error) {
        throw await this.#failed(lock, record, step, error);
      }
      const milliseconds = Math.round(performance.now() - started);
      const outcome = { step, message: words[step], milliseconds };
      record =
        step === 'active'
          ? await recordActive(lock, record, outcome)
          : await recordDone(lock, record.id, { ...outcome, changes });
    }
    return record;
  }

  /** A database or sign-in service that is away for a moment is waited for. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const until = Date.now() + waitPerStep;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await within(stepLimit, work());
      } catch (error) {
        const passing = isConnectionLoss(error) || (error instanceof Problem && error.code === 'UNAVAILABLE');
        if (!passing || attempt >= attemptsPerStep || Date.now() > until) throw error;
        await this.#pause(2 ** attempt * 250);
      }
    }
  }

  /** Does the work of a step and returns what the record keeps of it. */
  async #step(
    lock: ProvisioningLock,
    step: ProvisioningStep,
    record: TenantRecord,
  ): Promise<Partial<TenantRecord>> {
    switch (step) {
      case 'role':
        return this.#makeRole(lock, record);
      case 'database': {
        const cluster = await this.#control.cluster(record.cluster);
        await prepareTemplate(this.#control, cluster, await loadMigrations(domainMigrations));
        await this.#databases.ensureDatabase(record);
        return {};
      }
      case 'grants': {
        const { version, tenantAtConnect } = await this.#databases.ensureGrants(record);
        const settings = { ...record.settings, tenantAtConnect };
        return { schema_version: version, migration_error: null, settings };
      }
      case 'owner':
        return ensureOwner(this.#control, this.#records, this.#signIns, record);
      case 'requested':
      case 'active':
        return {};
    }
  }

  async #makeRole(lock: ProvisioningLock, record: TenantRecord): Promise<Partial<TenantRecord>> {
    const { box } = this.#control;
    let { settings } = record;
    if (settings.claimed !== true) {
      await ensureNamesAreFree(await this.#control.cluster(record.cluster), record);
      settings = { ...settings, claimed: true };
    }
    const password = record.login_secret ? box.open(record.login_secret) : randomPassword();
    const changes = { settings, login_secret: record.login_secret ?? box.seal(password) };
    // Before the login is made: from here on it and the database are ours to take away.
    Object.assign(record, await write(lock.client, record.id, changes));
    await this.#databases.ensureRole(record, password);
    return {};
  }

  /** Undoes what was made, unless somebody else has gone on meanwhile or will: then the loss itself is thrown. */
  async #failed(
    lock: ProvisioningLock,
    record: TenantRecord,
    step: ProvisioningStep,
    error: unknown,
  ): Promise<unknown> {
    this.#stopping.signal.throwIfAborted();
    if (error instanceof TookTooLong) throw unfinished(error);
    await lock.ensureHeld();
    const detail = error instanceof Error ? error.message : String(error);
    const failed = await recordFailed(lock, record, { step, detail, reason: detail.slice(0, 500) });
    await this.#undo(lock, failed);
    if (error instanceof Problem) return error;
    return new Problem('UNAVAILABLE', 'The database refused this step.', { cause: error });
  }

  /**
   * Takes away what was made. Sign-ins that cannot be taken back now are noted and taken back later; a database server
   * that is away leaves the tenant as it is, for a later run.
   */
  async #undo(lock: ProvisioningLock, record: TenantRecord): Promise<void> {
    if (record.settings.claimed === true) await within(stepLimit, this.#databases.drop(record));
    const whole = await this.#signIns.settleTenant(record.id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem && error.code === 'UNAVAILABLE') return false;
        throw error;
      },
    );
    const later = ', but for its sign-in: that follows when the sign-in service answers again';
    const message = `Everything made for this tenant was taken away again${whole ? '' : later}`;
    await recordUndone(lock, record, message);
  }

  #pause(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: this.#stopping.signal });
  }
}

class TookTooLong extends Error {
  override name = 'TookTooLong';
}

/** The result of `work` if it comes in time; otherwise nobody waits for it any more, and it may still go on. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong('It took too long.')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function taken(path: string, message: string): Problem {
  return new Problem('CONFLICT', message, { fields: [{ path, message }] });
}

/** What an operator must know of the tenant that has the short name. */
function becauseOf(existing: TenantRecord | undefined): string {
  if (existing?.status === 'deprovisioned')
    return ' by a tenant that is being deleted and can still be brought back';
  if (existing?.status === 'provisioning') return ' by a tenant that is being made right now';
  return '';
}

function couldNotBeMade(record: TenantRecord): Problem {
  return new Problem('CONFLICT', record.reason ?? 'It could not be made.');
}

function unfinished(cause: unknown): Problem {
  const message =
    'The tenant is not finished: a server it needs does not answer. It goes on by itself when that is back, and when asked again.';
  return new Problem('UNAVAILABLE', message, { retryAfterSeconds: 30, cause });
}
