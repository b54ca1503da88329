import { recordWith } from '../../auth/audit-trail.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { notFound } from '../../trpc/problem.ts';
import type { MigrationRun, MigrationStatus } from './migrations.contract.ts';

/** The operator's hand on the migration runner. */
export class MigrationCommands {
  readonly #tenancy: Pick<Tenancy, 'runner' | 'records' | 'control'>;

  constructor(tenancy: Pick<Tenancy, 'runner' | 'records' | 'control'>) {
    this.#tenancy = tenancy;
  }

  status(): Promise<MigrationStatus> {
    return this.#tenancy.runner.status();
  }

  /** Migrates one tenant or all; safe to repeat. */
  async run(tenantId: string | undefined, dryRun: boolean, trace: RevocationTrace): Promise<MigrationRun> {
    const { runner, records, control } = this.#tenancy;
    if (tenantId !== undefined && !(await records.byId(tenantId))) throw notFound('tenant');
    const run = await runner.run({ tenantId, dryRun });
    if (!dryRun) {
      const failed = run.results
        .filter(({ outcome }) => outcome === 'quarantined')
        .map(({ target }) => target);
      await recordWith(control.pool, {
        ...trace,
        action: 'migrations.run',
        outcome: failed.length > 0 ? 'failed' : 'done',
        tenantId,
        details: { targets: run.results.length, quarantined: failed },
      });
    }
    return run;
  }
}
