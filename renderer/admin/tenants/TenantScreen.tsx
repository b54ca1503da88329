import { Skeleton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Tenant } from '../../../server/admin/tenants/tenants.contract.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { wordsOf } from '../../lib/error-words.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatCount, formatInstant, nothing } from '../../ui/formats.ts';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNote, ProblemState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { ProvisioningProgress, underWay } from './ProvisioningProgress.tsx';
import { SchemaVersion } from './SchemaVersion.tsx';
import { TenantActions } from './TenantActions.tsx';
import { healthWords, statusWords } from './tenant-words.ts';
import classes from './tenants.module.css';

const parent = { label: 'Organisations', to: adminPaths.tenants };

/** One organisation: where it stands, how it is, what can be done about it. */
export function TenantScreen() {
  const id = useRecordId();
  const trpc = useTRPC();
  const tenant = useQuery({
    ...trpc.admin.tenants.get.queryOptions({ id }),
    refetchInterval: (query) => (underWay.has(query.state.data?.status ?? 'active') ? 400 : 5000),
  });
  usePageTitle(tenant.data?.name);

  if (tenant.isPending) {
    return (
      <Page header={<PageHeader title={<Skeleton width={240} height={22} />} parent={parent} />}>
        <Skeleton height={280} />
      </Page>
    );
  }
  if (!tenant.data) {
    return (
      <Page header={<PageHeader title="Organisation" parent={parent} />}>
        <ProblemState {...wordsOf(tenant.error)} onRetry={() => void tenant.refetch()} />
      </Page>
    );
  }
  return <TenantPage tenant={tenant.data} />;
}

function TenantPage({ tenant }: { tenant: Tenant }) {
  const status = statusWords[tenant.status];
  return (
    <Page
      header={
        <PageHeader
          title={tenant.name}
          parent={parent}
          status={
            <StatusBadge tone={status.tone} filled>
              {status.label}
            </StatusBadge>
          }
          detail={<Code>{tenant.slug}</Code>}
          actions={
            tenant.status === 'failed' ? (
              <LinkButton to={adminPaths.provisionAgain(tenant)}>Set it up again</LinkButton>
            ) : null
          }
        />
      }
    >
      {tenant.reason ? (
        <div className={classes.reason}>
          <ProblemNote title={tenant.reason} />
        </div>
      ) : null}
      <Columns
        main={
          <>
            {underWay.has(tenant.status) ? (
              <ProvisioningProgress id={tenant.id} status={tenant.status} />
            ) : null}
            <Section title="Facts">
              <Facts
                items={[
                  { label: 'Database', value: <Code>{tenant.database}</Code> },
                  { label: 'Cluster', value: <Code>{tenant.cluster}</Code> },
                  {
                    label: 'Schema',
                    value: (
                      <SchemaVersion version={tenant.schemaVersion} latest={tenant.latestSchemaVersion} />
                    ),
                  },
                  { label: 'Plan', value: tenant.plan },
                  { label: 'Users', value: formatCount(tenant.users) },
                  {
                    label: 'Signed in',
                    value: (
                      <AppLink to={adminPaths.sessionsOf(tenant.id)}>
                        {formatCount(tenant.activeSessions)} sessions
                      </AppLink>
                    ),
                  },
                  { label: 'Set up', value: formatInstant(tenant.createdAt) },
                  { label: 'Last change', value: formatInstant(tenant.updatedAt) },
                  { label: 'Tenant id', value: <Code>{tenant.id}</Code>, wide: true },
                ]}
              />
            </Section>
            <Health tenant={tenant} />
            {underWay.has(tenant.status) ? null : (
              <ProvisioningProgress id={tenant.id} status={tenant.status} />
            )}
          </>
        }
        side={<TenantActions tenant={tenant} />}
      />
    </Page>
  );
}

function Health({ tenant }: { tenant: Tenant }) {
  const trpc = useTRPC();
  const reachable =
    tenant.status !== 'deprovisioned' && tenant.status !== 'provisioning' && tenant.status !== 'failed';
  const health = useQuery({
    ...trpc.admin.tenants.health.queryOptions({ id: tenant.id }),
    refetchInterval: 10_000,
    enabled: reachable,
  });
  if (!reachable) return null;
  const bytes = health.data?.databaseBytes;
  return (
    <Section
      title="Health"
      actions={
        <StatusBadge tone={healthWords[health.data?.health ?? tenant.health].tone}>
          {healthWords[health.data?.health ?? tenant.health].label}
        </StatusBadge>
      }
    >
      {health.isPending ? <Skeleton height={90} /> : null}
      {health.isError && !health.data ? <ProblemNote {...wordsOf(health.error)} /> : null}
      {health.data?.checks.map((check) => (
        <div key={check.name} className={classes.check} data-ok={check.ok}>
          <span className={classes.checkMark}>
            {check.ok ? (
              <IconCheck size={15} aria-label="All right" />
            ) : (
              <IconX size={15} aria-label="Not all right" />
            )}
          </span>
          <span>{check.name}</span>
          <span>{check.message}</span>
        </div>
      ))}
      {health.data ? (
        <Facts
          items={[
            {
              label: 'Round trip',
              value:
                health.data.latencyMs === null
                  ? nothing
                  : `${health.data.latencyMs.toFixed(1)} ms as the organisation’s own role`,
            },
            {
              label: 'Size',
              value:
                bytes === null || bytes === undefined ? nothing : `${(bytes / 1024 / 1024).toFixed(1)} MB`,
            },
          ]}
        />
      ) : null}
    </Section>
  );
}
