import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ClusterHealth } from '../../../server/tenancy/tenants.contract.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatCount, nothing } from '../../ui/formats.ts';
import { Page, Section, Stacked } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { adminPaths } from '../admin-paths.ts';
import { useOperatorCommand } from '../lib/operator-command.ts';
import { AddingClusters } from './AddingClusters.tsx';
import { clusterState, isOpenSomewhere, listed, organisations } from './cluster-words.ts';
import classes from './clusters.module.css';
import { Connections } from './Connections.tsx';
import { useClusters } from './use-clusters.ts';

function silentWords(clusters: readonly string[]): string {
  const names = listed(clusters);
  return plural(clusters.length, { one: `${names} does not answer`, other: `${names} do not answer` });
}

function toggleWords({ acceptsTenants, name }: ClusterHealth): string {
  return acceptsTenants ? t`Close ${name} for new organisations` : t`Open ${name} for new organisations`;
}

function columnsWith(onToggle: (cluster: ClusterHealth) => void): readonly DataColumn<ClusterHealth>[] {
  return [
    {
      id: 'name',
      header: t`Cluster`,
      fixed: true,
      width: 'minmax(90px, 1fr)',
      cell: (row) => <Code>{row.name}</Code>,
    },
    {
      id: 'health',
      header: t`Health`,
      width: '120px',
      cell: (row) => <StatusBadge tone={clusterState(row).tone}>{clusterState(row).label}</StatusBadge>,
    },
    {
      id: 'address',
      header: t`Address`,
      width: 'minmax(150px, 1.4fr)',
      cell: (row) => (
        <span title={row.address}>
          <Code>{row.address}</Code>
        </span>
      ),
    },
    { id: 'version', header: 'PostgreSQL', width: '96px', cell: (row) => row.version ?? nothing },
    {
      id: 'latency',
      header: t`Round trip`,
      align: 'end',
      width: '96px',
      cell: (row) => (row.latencyMs === null ? nothing : t`${row.latencyMs.toFixed(1)} ms`),
    },
    {
      id: 'connections',
      header: t`Connections`,
      width: '220px',
      cell: (row) => <Connections cluster={row} />,
    },
    {
      id: 'tenants',
      header: t`Organisations`,
      align: 'end',
      width: '110px',
      cell: (row) => <AppLink to={adminPaths.tenantsOn(row.name)}>{formatCount(row.tenants)}</AppLink>,
    },
    {
      id: 'open',
      header: t`New organisations`,
      width: '140px',
      cell: (row) =>
        row.acceptsTenants ? (
          <StatusBadge tone="good">{t`Open`}</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">{t`Closed`}</StatusBadge>
        ),
    },
    {
      id: 'toggle',
      header: t`Action`,
      fixed: true,
      width: '84px',
      cell: (row) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={toggleWords(row)}
          onClick={() => {
            onToggle(row);
          }}
        >
          {row.acceptsTenants ? t`Close` : t`Open`}
        </Button>
      ),
    },
  ];
}

/**
 * The PostgreSQL servers: the state of each, which organisations it has, and whether it takes more. Reloads every few
 * seconds.
 */
export function ClustersScreen() {
  usePageTitle(t`Clusters`);
  const history = useAppHistory();
  const clusters = useClusters();
  const [target, setTarget] = useState<ClusterHealth | null>(null);
  const columns = useMemo(() => columnsWith(setTarget), []);
  const down = clusters.items.filter(({ health }) => health === 'down');
  const stranded = down.reduce((sum, { tenants }) => sum + tenants, 0);
  const noneOpen = clusters.items.length > 0 && !isOpenSomewhere(clusters.items);

  return (
    <Page
      header={
        <PageHeader
          title={t`Clusters`}
          detail={t`The PostgreSQL servers organisations live on. A new one goes to the open server with the fewest.`}
        />
      }
    >
      <div className={classes.notes}>
        {down.length > 0 ? (
          <ProblemNote
            title={silentWords(down.map(({ name }) => name))}
            detail={
              stranded === 0
                ? t`No organisation lives there.`
                : t`${organisations(stranded)} cannot work until this is put right. All others go on.`
            }
          />
        ) : null}
        {noneOpen ? (
          <ProblemNote
            title={t`No cluster is open`}
            detail={t`Organisations can be set up only where somebody chooses the cluster by name. Open one to end this.`}
          />
        ) : null}
      </div>
      <Stacked>
        <Section title={t`Servers`} flush>
          <DataTable
            name="clusters"
            label={t`Clusters`}
            columns={columns}
            rows={clusters.items}
            rowId={(row) => row.name}
            onOpen={(row) => {
              history.push(adminPaths.tenantsOn(row.name));
            }}
            loading={clusters.loading}
            problem={clusters.problem}
            onRetry={clusters.retry}
            inline
            empty={{
              title: t`No server is known`,
              text: t`Organisations need a PostgreSQL server to live on. How to add one stands below.`,
            }}
          />
        </Section>
        <AddingClusters />
      </Stacked>
      <ToggleDialog
        target={target}
        others={clusters.items.filter(({ name }) => name !== target?.name)}
        onClose={() => {
          setTarget(null);
        }}
      />
    </Page>
  );
}

/** Opens a server for new organisations, or closes it. */
function ToggleDialog({
  target,
  others,
  onClose,
}: {
  target: ClusterHealth | null;
  others: readonly ClusterHealth[];
  onClose: () => void;
}) {
  const client = useTRPCClient();
  const command = useOperatorCommand(
    ({ name, acceptsTenants }: { name: string; acceptsTenants: boolean }) =>
      client.admin.tenants.openCluster.mutate({ name, acceptsTenants }),
    () => {
      if (target)
        notifyDone(target.acceptsTenants ? t`Closed for new organisations` : t`Open again`, target.name);
      onClose();
    },
  );
  const isLast = target?.acceptsTenants === true && !isOpenSomewhere(others);
  return (
    <ConfirmDialog
      opened={target !== null}
      onClose={() => {
        command.leave();
        onClose();
      }}
      title={target ? toggleWords(target) : ''}
      confirmLabel={target?.acceptsTenants ? t`Close it` : t`Open it`}
      busy={command.busy}
      problem={command.problem}
      onConfirm={() => {
        if (target) command.run({ name: target.name, acceptsTenants: !target.acceptsTenants });
      }}
    >
      {target?.acceptsTenants === false
        ? t`New organisations are placed there again whenever it holds the fewest.`
        : t`No new organisation is placed there by itself any more; an operator can still choose it. Those that live there stay and notice nothing.`}
      {isLast ? (
        <>
          {' '}
          <Trans>
            <strong>It is the only open one:</strong> until another is open, organisations can be set up only
            by choosing a cluster.
          </Trans>
        </>
      ) : null}
    </ConfirmDialog>
  );
}
