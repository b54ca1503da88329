import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MigrationRun, MigrationStatus } from '../../../server/tenancy/migrating/migrations.contract.ts';
import { useCommand } from '../../lib/command.ts';
import { readProblem, wordsOf } from '../../lib/error-words.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatCount } from '../../ui/formats.ts';
import { LinesToCome } from '../../ui/LinesToCome.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNote, ProblemState } from '../../ui/States.tsx';
import { MigrationMatrix } from './MigrationMatrix.tsx';
import { MigrationPlan } from './MigrationPlan.tsx';
import { RunPanel } from './RunPanel.tsx';
import classes from './migrations.module.css';

type Tenant = MigrationStatus['tenants'][number];

/** Milliseconds between two looks, while a run is under way and otherwise. */
const lively = 700;
const calm = 5000;

/** Which schema every organisation has, what is waiting, and the run that brings them up to date, on whichever node. */
export function MigrationsScreen() {
  usePageTitle(t`Migrations`);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Tenant | 'all' | null>(null);
  const [plan, setPlan] = useState<MigrationRun | null>(null);

  const look = () => void queries.invalidateQueries({ queryKey: trpc.admin.migrations.status.queryKey() });
  const dryRun = useCommand(() => client.admin.migrations.run.mutate({ dryRun: true }), setPlan);
  // The answer may take its time; how the run goes is read from the status, like any other node's.
  const run = useCommand(
    (tenantId: string | null) => client.admin.migrations.run.mutate(tenantId ? { tenantId } : {}),
    look,
    look,
  );
  const status = useQuery({
    ...trpc.admin.migrations.status.queryOptions(),
    refetchInterval: ({ state }) => (run.busy || state.data?.run?.state === 'running' ? lively : calm),
  });

  const tenants = status.data?.tenants ?? [];
  const current = status.data?.run ?? null;
  const underWay = run.busy || current?.state === 'running';
  const waiting = tenants.filter((tenant) => tenant.pending > 0).length;
  const scope =
    current === null || current.tenantId === null
      ? t`all organisations`
      : (tenants.find(({ tenantId }) => tenantId === current.tenantId)?.name ?? t`one organisation`);
  const refused = run.error ? refusalOf(run.error, run.problem) : dryRun.problem;
  const away = status.data?.templates.filter(({ version }) => version === null) ?? [];

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Migrations`}
          detail={
            status.data
              ? detailOf(status.data)
              : t`Template first, then one canary, then the others in waves.`
          }
          actions={
            <>
              <Button
                variant="default"
                loading={dryRun.busy}
                onClick={() => {
                  dryRun.run(undefined);
                }}
              >{t`Show the plan`}</Button>
              <Button
                disabled={!status.data || underWay}
                onClick={() => {
                  setAsked('all');
                }}
              >
                {underWay ? t`Under way` : t`Migrate all`}
              </Button>
            </>
          }
        />
      }
    >
      <div className={classes.notes}>
        {refused ? <ProblemNote title={refused.title} detail={refused.detail} /> : null}
        {away.length > 0 ? (
          <ProblemNote
            title={t`No answer from ${away.map(({ cluster }) => cluster).join(', ')}`}
            detail={t`Its organisations are left out of a run until it can be reached.`}
          />
        ) : null}
        {current ? <RunPanel run={current} scope={scope} now={status.dataUpdatedAt} /> : null}
      </div>
      {status.isPending ? <LinesToCome lines={8} /> : null}
      {status.isError && !status.data ? (
        <ProblemState {...wordsOf(status.error)} onRetry={() => void status.refetch()} />
      ) : null}
      {status.data ? <MigrationMatrix status={status.data} running={underWay} onMigrate={setAsked} /> : null}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => {
          setAsked(null);
        }}
        title={asked === 'all' ? t`Migrate every organisation` : t`Migrate ${asked?.name ?? ''}`}
        confirmLabel={asked === 'all' ? t`Migrate all` : t`Migrate`}
        onConfirm={() => {
          run.run(asked === 'all' || asked === null ? null : asked.tenantId);
          setAsked(null);
          // The run is recorded within moments, so it shows long before the answer.
          setTimeout(look, 300);
        }}
      >
        {asked === 'all'
          ? waiting === 0
            ? t`Every organisation already has the newest schema: this will only look at each of them.`
            : t`${formatCount(waiting)} of ${formatCount(tenants.length)} organisations have migrations waiting. One that fails is quarantined with its reason; the others go on. It goes on when this window is closed.`
          : t`Its people go on working; a migration that fails is undone and the organisation quarantined.`}
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

function detailOf({ latest, minimum, template, templates }: MigrationStatus): string {
  const where =
    templates.length > 1 ? t`templates on ${formatCount(templates.length)} clusters` : t`template`;
  return t`Newest schema v${latest}, ${where} v${template}. Organisations below v${minimum} are told that they are being upgraded.`;
}

/** Here a conflict is another run: the server says whose and how far it is. */
function refusalOf(error: unknown, problem: { title: string; detail: string } | null) {
  const { code, message } = readProblem(error);
  return code === 'CONFLICT' ? { title: t`Another run is under way`, detail: message } : problem;
}
