import { Button, Progress, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MigrationRun, MigrationStatus } from '../../../server/admin/migrations/migrations.contract.ts';
import { useCommand } from '../../lib/command.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatCount } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNote, ProblemState } from '../../ui/States.tsx';
import { MigrationMatrix } from './MigrationMatrix.tsx';
import { MigrationOutcome } from './MigrationOutcome.tsx';
import { MigrationPlan } from './MigrationPlan.tsx';
import classes from './migrations.module.css';

type Tenant = MigrationStatus['tenants'][number];

/** Which schema every organisation has, what is waiting, and the run that brings them up to date. */
export function MigrationsScreen() {
  usePageTitle('Migrations');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [asked, setAsked] = useState<Tenant | 'all' | null>(null);
  const [plan, setPlan] = useState<MigrationRun | null>(null);
  const [outcome, setOutcome] = useState<MigrationRun | null>(null);

  const dryRun = useCommand(() => client.admin.migrations.run.mutate({ dryRun: true }), setPlan);
  const run = useCommand(
    (tenantId: string | null) => client.admin.migrations.run.mutate(tenantId ? { tenantId } : {}),
    (answer) => {
      const failed = answer.results.filter((result) => result.outcome === 'quarantined').length;
      setOutcome(answer);
      if (failed === 0)
        notifyDone('Migrations done', `${formatCount(answer.results.length)} databases looked at`);
    },
  );
  const status = useQuery({
    ...trpc.admin.migrations.status.queryOptions(),
    refetchInterval: run.busy ? 500 : 5000,
  });

  const tenants = status.data?.tenants ?? [];
  const waiting = tenants.filter((tenant) => tenant.pending > 0).length;
  const header = (
    <PageHeader
      title="Migrations"
      detail={
        status.data
          ? `Newest schema v${String(status.data.latest)}, template v${String(status.data.template)}. Organisations below v${String(status.data.minimum)} are told that they are being upgraded.`
          : 'Template first, then one canary, then the others in waves.'
      }
      actions={
        <>
          <Button
            variant="default"
            loading={dryRun.busy}
            onClick={() => {
              dryRun.run(undefined);
            }}
          >
            Show the plan
          </Button>
          <Button
            loading={run.busy}
            disabled={!status.data}
            onClick={() => {
              setAsked('all');
            }}
          >
            Migrate all
          </Button>
        </>
      }
    />
  );

  return (
    <Page fill header={header}>
      {run.busy && status.data ? <RunProgress status={status.data} /> : null}
      {(run.problem ?? dryRun.problem) ? (
        <div className={classes.notes}>
          <ProblemNote {...(run.problem ?? dryRun.problem ?? { title: '' })} />
        </div>
      ) : null}
      {outcome && !run.busy ? (
        <div className={classes.notes}>
          <MigrationOutcome run={outcome} />
        </div>
      ) : null}
      {status.isPending ? <Skeleton height={240} m={20} w="auto" /> : null}
      {status.isError && !status.data ? (
        <ProblemState {...wordsOf(status.error)} onRetry={() => void status.refetch()} />
      ) : null}
      {status.data ? (
        <MigrationMatrix
          status={status.data}
          running={run.busy}
          onMigrate={(tenant) => {
            setAsked(tenant);
          }}
        />
      ) : null}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => {
          setAsked(null);
        }}
        title={asked === 'all' ? 'Migrate every organisation' : `Migrate ${asked?.name ?? ''}`}
        confirmLabel={asked === 'all' ? 'Migrate all' : 'Migrate'}
        onConfirm={() => {
          run.run(asked === 'all' || asked === null ? null : asked.tenantId);
          setAsked(null);
        }}
      >
        {asked === 'all'
          ? waiting === 0
            ? 'Every organisation already has the newest schema: this will only look at each of them.'
            : `${formatCount(waiting)} of ${formatCount(tenants.length)} organisations have migrations waiting. One that fails is quarantined with its reason; the others go on.`
          : 'Its people go on working; a migration that fails is undone and the organisation quarantined.'}
      </ConfirmDialog>
      <MigrationPlan
        plan={plan}
        onClose={() => {
          setPlan(null);
        }}
      />
    </Page>
  );
}

function RunProgress({ status }: { status: MigrationStatus }) {
  const total = status.tenants.length;
  const done = status.tenants.filter(
    (tenant) => tenant.state === 'current' || tenant.state === 'quarantined',
  ).length;
  return (
    <div className={classes.progress} role="status">
      <Progress
        className={classes.track ?? ''}
        value={total === 0 ? 100 : (done / total) * 100}
        animated
        aria-label="Migrations done"
      />
      {formatCount(done)} of {formatCount(total)} organisations
    </div>
  );
}
