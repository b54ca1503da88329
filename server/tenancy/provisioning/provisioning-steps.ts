import type { ProvisioningStep } from '../../control-plane/tenant-status.contract.ts';
import type { TenantSignIns } from '../../auth/sign-ins.ts';
import { Problem } from '../../ground/problem.ts';
import { ensureNamesAreFree } from './claimed-names.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { ensureOwner } from './first-owner.ts';
import { loadMigrations } from '../../db/migrating/migration-files.ts';
import type { ProvisioningLock } from './provisioning-lock.ts';
import { recordUndone, write } from './provisioning-record.ts';
import { randomPassword } from '../scram.ts';
import { prepareTemplate } from '../migrating/template.ts';
import type { TenantDatabases } from '../tenant-database.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

/** A step that takes longer hangs on something that never answers. Milliseconds. */
const stepLimit = 120_000;

export interface StepParts {
  control: ControlPlane;
  records: TenantRecords;
  databases: TenantDatabases;
  signIns: TenantSignIns;
  /** The folder of the tenants' migrations. */
  migrationsFolder: string;
}

/** The work of each step of provisioning, and of taking it all back. */
export class ProvisioningStepWork {
  readonly #parts: StepParts;

  constructor(parts: StepParts) {
    this.#parts = parts;
  }

  /** Does the work of a step, in bounded time, and returns what the record keeps of it. Safe to repeat. */
  perform(
    lock: ProvisioningLock,
    step: ProvisioningStep,
    record: TenantRecord,
  ): Promise<Partial<TenantRecord>> {
    return within(stepLimit, this.#perform(lock, step, record));
  }

  async #perform(
    lock: ProvisioningLock,
    step: ProvisioningStep,
    record: TenantRecord,
  ): Promise<Partial<TenantRecord>> {
    switch (step) {
      case 'role':
        return this.#makeRole(lock, record);
      case 'database': {
        const cluster = await this.#parts.control.cluster(record.cluster);
        await prepareTemplate(
          this.#parts.control,
          cluster,
          await loadMigrations(this.#parts.migrationsFolder),
        );
        await this.#parts.databases.ensureDatabase(record);
        return {};
      }
      case 'grants': {
        const { version, tenantAtConnect } = await this.#parts.databases.ensureGrants(record);
        const settings = { ...record.settings, tenantAtConnect };
        return { schema_version: version, migration_error: null, settings };
      }
      case 'owner':
        return ensureOwner(this.#parts.control, this.#parts.records, this.#parts.signIns, record);
      case 'requested':
      case 'active':
        return {};
    }
  }

  async #makeRole(lock: ProvisioningLock, record: TenantRecord): Promise<Partial<TenantRecord>> {
    const { box } = this.#parts.control;
    let { settings } = record;
    if (settings.claimed !== true) {
      await ensureNamesAreFree(await this.#parts.control.cluster(record.cluster), record);
      settings = { ...settings, claimed: true };
    }
    const password = record.login_secret ? box.open(record.login_secret) : randomPassword();
    const changes = { settings, login_secret: record.login_secret ?? box.seal(password) };
    // Before the login is made: from here on it and the database are ours to take away.
    Object.assign(record, await write(lock.client, record.id, changes));
    await this.#parts.databases.ensureRole(record, password);
    return {};
  }

  /**
   * Takes away what was made. Sign-ins that cannot be taken back now are noted and taken back later; a database server
   * that is away leaves the tenant as it is, for a later run.
   */
  async undo(lock: ProvisioningLock, record: TenantRecord): Promise<void> {
    if (record.settings.claimed === true) await within(stepLimit, this.#parts.databases.drop(record));
    const whole = await this.#parts.signIns.settleTenant(record.id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem && error.code === 'UNAVAILABLE') return false;
        throw error;
      },
    );
    await recordUndone(lock, record, storedText(whole ? 'undone.whole' : 'undone.but_sign_in'));
  }
}

/** The work may still be going on: neither repeat it at once nor undo it. */
export class TookTooLong extends Error {
  override name = 'TookTooLong';
}

/** The result of `work` if it comes in time; otherwise the caller stops waiting, and the work may still continue. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong('It took too long.')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
