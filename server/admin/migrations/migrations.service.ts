import { setTimeout as sleep } from 'node:timers/promises';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { notFound } from '../../ground/problem.ts';
import type { MigrationRun, MigrationStatus } from '../../tenancy/migrating/migrations.contract.ts';

/** The caller waits this long for a run's whole outcome; a longer run continues without them. Milliseconds. */
const answerWithin = 20_000;

/** Migrations as operators start and watch them. */
export class MigrationCommands {
  readonly #tenancy: Pick<Tenancy, 'runner' | 'records'>;
  readonly #answerWithin: number;

  constructor(tenancy: Pick<Tenancy, 'runner' | 'records'>, within = answerWithin) {
    this.#tenancy = tenancy;
    this.#answerWithin = within;
  }

  status(): Promise<MigrationStatus> {
    return this.#tenancy.runner.status();
  }

  /**
   * Migrates one tenant or all; safe to repeat. The run survives its caller: if it takes longer than a proxy would
   * wait, the answer tells what has been done so far.
   */
  async run(tenantId: string | undefined, dryRun: boolean, trace: RevocationTrace): Promise<MigrationRun> {
    const { runner, records } = this.#tenancy;
    if (tenantId !== undefined && !(await records.byId(tenantId))) throw notFound('tenant');
    if (dryRun) return runner.run({ tenantId, dryRun });
    const { id, ended } = await runner.start({ tenantId, trace });
    const enough = new AbortController();
    try {
      const late = sleep(this.#answerWithin, undefined, { signal: enough.signal, ref: false });
      const answer = await Promise.race([ended, late]);
      return answer ?? (await runner.answerOf(id, true));
    } finally {
      enough.abort();
      // No request waits for it; its outcome is recorded in the control plane.
      ended.catch(() => {});
    }
  }
}
