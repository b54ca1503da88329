import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import type { MigrationRun } from '../../../server/tenancy/migrating/migrations.contract.ts';
import { Code } from '../../ui/Figures.tsx';
import { EmptyState } from '../../ui/States.tsx';
import classes from './migrations.module.css';

const waves = { template: t`Template, first of all`, canary: t`Canary, alone` } as const;

/** A dry run: what would be run where, with its SQL. Nothing has been touched. */
export function MigrationPlan({ plan, onClose }: { plan: MigrationRun | null; onClose: () => void }) {
  const steps = plan?.plan.filter((step) => step.migrations.length > 0) ?? [];
  return (
    <Modal opened={plan !== null} onClose={onClose} size="xl" title={t`Plan: nothing has been touched`}>
      {steps.length === 0 ? (
        <EmptyState title={t`Nothing to run`} text={t`Every database already has the newest schema.`} />
      ) : (
        <ol className={classes.plan}>
          {steps.map((step) => (
            <li key={step.target}>
              <div className={classes.planHead}>
                <strong>{step.target}</strong>
                <Code>{`v${String(step.from)} → v${String(step.to)}`}</Code>
                <span className={classes.wave}>
                  {step.wave === 'wave' ? t`In wave ${String(step.number - 1)}` : waves[step.wave]}
                </span>
              </div>
              {step.migrations.map((migration) =>
                migration.sql === null ? (
                  <div key={migration.version}>
                    <Code>{migration.version}</Code> {migration.name}
                  </div>
                ) : (
                  <details key={migration.version}>
                    <summary>
                      <Code>{migration.version}</Code> {migration.name}
                    </summary>
                    <pre className={classes.sql} tabIndex={0}>
                      {migration.sql}
                    </pre>
                  </details>
                ),
              )}
            </li>
          ))}
        </ol>
      )}
    </Modal>
  );
}
