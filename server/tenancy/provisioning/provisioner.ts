import { setTimeout as sleep } from 'node:timers/promises';
import { provisioningSteps } from '../../control-plane/tenant-status.contract.ts';
import type { CreateTenant } from '../tenants.contract.ts';
import type { ProvisioningStep } from '../../control-plane/tenant-status.contract.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import { isConnectionLoss } from '../../db/error-mapping.ts';
import { notFound, Problem } from '../../ground/problem.ts';
import type { Clusters } from '../clusters.ts';
import { atMost } from '../../ground/at-most.ts';
import { recordEvent } from './provisioning-events.ts';
import { ProvisioningLock } from './provisioning-lock.ts';
import { recordActive, recordDone, recordFailed, undoing } from './provisioning-record.ts';
import { requestTenant } from './provisioning-request.ts';
import { ProvisioningStepWork, TookTooLong } from './provisioning-steps.ts';
import type { StepParts } from './provisioning-steps.ts';
import type { TenantRecord } from '../../control-plane/tenant-records.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

/** How often a service that is briefly away is asked again, and for how many milliseconds. */
const attemptsPerStep = 4;
const waitPerStep = 15_000;
/** How long to wait for a control plane that is away before leaving the work to the next process. Milliseconds. */
const patience = 30_000;
/** Another process at work on the same tenant is waited for this long. */
const turn = 120_000;
/** How many tenants are resumed at once. */
const resumedAtOnce = 3;

export interface ProvisionerParts extends StepParts {
  clusters: Clusters;
}

/**
 * Makes tenants: requested → role → database → grants → owner → active. Every step is safe to repeat and is recorded
 * when done, so that a killed run continues where it stopped. A failure is undone, which is recorded and survives a
 * kill too. One run per tenant at a time over all processes, by a lock in the control plane; a run that lost its lock
 * neither records nor undoes anything.
 */
export class Provisioner {
  readonly #parts: ProvisionerParts;
  readonly #work: ProvisioningStepWork;
  readonly #running = new Map<string, Promise<TenantRecord>>();
  readonly #stopping = new AbortController();
  #resuming: Promise<void> | undefined;

  constructor(parts: ProvisionerParts) {
    this.#parts = parts;
    this.#work = new ProvisioningStepWork(parts);
  }

  /**
   * Enters the tenant into the control plane and answers at once; `run` does the work. The same request again is the
   * same tenant; one that failed before starts anew. `trace` is who the audit trail names at the end.
   * @throws CONFLICT when the short name, or the id, belongs to another tenant, INVALID when there is no
   *   such cluster.
   */
  async request(input: CreateTenant, trace: RevocationTrace = {}): Promise<TenantRecord> {
    return requestTenant(this.#parts, input, trace);
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

  /** Continues what stopped servers left unfinished; leaves alone what another process works on. */
  resume(onError: (error: unknown, slug: string) => void): Promise<void> {
    this.#resuming ??= this.#resumeAll(onError).finally(() => (this.#resuming = undefined));
    return this.#resuming;
  }

  /** Begins nothing more; resolves when nothing is under way, or after three seconds: what is left is taken up later. */
  async settle(): Promise<void> {
    this.#stopping.abort(new Problem('UNAVAILABLE', 'tenant.server_stopping'));
    await atMost(3000, Promise.allSettled([...this.#running.values(), this.#resuming]));
  }

  async #resumeAll(onError: (error: unknown, slug: string) => void): Promise<void> {
    const unfinished = await this.#parts.records.inStatus(['provisioning']);
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
        throw new Problem('UNAVAILABLE', 'tenant.made_elsewhere');
      } catch (error) {
        const lost = isConnectionLoss(error);
        if (!lost && !(error instanceof TookTooLong)) throw error;
        if (!lost || Date.now() > until) throw unfinished(error);
      }
    }
  }

  /** Undefined when another process keeps the lock. */
  async #underLock(id: string, waitMs: number): Promise<TenantRecord | undefined> {
    const lock = await ProvisioningLock.take(this.#parts.control.url, id, waitMs, this.#stopping.signal);
    if (!lock) return undefined;
    try {
      const record = await this.#parts.records.byId(id, lock.client);
      if (!record) throw notFound('tenant');
      if (record.status === 'failed') throw couldNotBeMade(record);
      if (record.status !== 'provisioning') return record;
      if (record.provisioning_step !== undoing) return await this.#steps(lock, record);
      await this.#work.undo(lock, record);
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
      await recordEvent(lock.client, record.id, step, 'started', storedText(`${step}.started`));
      let changes: Partial<TenantRecord>;
      try {
        changes = await this.#patiently(() => this.#work.perform(lock, step, record));
      } catch (error) {
        throw await this.#failed(lock, record, step, error);
      }
      const milliseconds = Math.round(performance.now() - started);
      const outcome = { step, message: storedText(`${step}.done`), milliseconds };
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
        return await work();
      } catch (error) {
        const passing = isConnectionLoss(error) || (error instanceof Problem && error.code === 'UNAVAILABLE');
        if (!passing || attempt >= attemptsPerStep || Date.now() > until) throw error;
        await this.#pause(2 ** attempt * 250);
      }
    }
  }

  /** Undoes what was made, unless somebody else has gone on meanwhile or will: then the loss itself is thrown. */
  async #failed(
    lock: ProvisioningLock,
    record: TenantRecord,
    step: ProvisioningStep,
    error: unknown,
  ): Promise<unknown> {
    this.#stopping.signal.throwIfAborted();
    if (error instanceof TookTooLong) throw error;
    await lock.ensureHeld();
    const detail = error instanceof Error ? error.message : String(error);
    const failed = await recordFailed(lock, record, { step, detail, reason: detail.slice(0, 500) });
    await this.#work.undo(lock, failed);
    if (error instanceof Problem) return error;
    return new Problem('UNAVAILABLE', 'tenant.step_refused', {}, { cause: error });
  }

  #pause(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: this.#stopping.signal });
  }
}

function couldNotBeMade(record: TenantRecord): Problem {
  if (record.reason === null) return new Problem('CONFLICT', 'tenant.not_made');
  return new Problem('CONFLICT', 'tenant.not_made_because', { cause: record.reason });
}

function unfinished(cause: unknown): Problem {
  return new Problem('UNAVAILABLE', 'tenant.not_finished', {}, { retryAfterSeconds: 30, cause });
}
