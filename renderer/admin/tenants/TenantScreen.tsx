import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { wordsOf } from '../../lib/error-words.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatCount } from '../../ui/formats.ts';
import { LinesToCome } from '../../ui/LinesToCome.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Note, ProblemNote, ProblemState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { focusTitleIfLost } from '../lib/title-focus.ts';
import { Moves } from './Moves.tsx';
import { ProvisioningProgress } from './ProvisioningProgress.tsx';
import { Removal } from './Removal.tsx';
import { SchemaVersion } from './SchemaVersion.tsx';
import { TenantActions } from './TenantActions.tsx';
import { TenantHealth } from './TenantHealth.tsx';
import { isUnderWay, planWords, sessions, standing, statusWords } from './tenant-words.ts';
import classes from './tenants.module.css';

const parent = { label: t`Organisations`, to: adminPaths.tenants };

/** One organisation: its state, its health, and what can be done about it. */
export function TenantScreen() {
  const id = useRecordId();
  const trpc = useTRPC();
  const tenant = useQuery({
    ...trpc.admin.tenants.get.queryOptions({ id }),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 400 : 5000),
  });
  usePageTitle(tenant.data?.name);

  if (tenant.isPending) {
    return (
      <Page header={<PageHeader title={<Skeleton width={240} height={22} />} parent={parent} />}>
        <LinesToCome lines={8} />
      </Page>
    );
  }
  if (!tenant.data) {
    return (
      <Page header={<PageHeader title={t`Organisation`} parent={parent} />}>
        <ProblemState {...wordsOf(tenant.error)} onRetry={() => void tenant.refetch()} />
      </Page>
    );
  }
  return <TenantPage key={id} tenant={tenant.data} stale={tenant.isError} />;
}

function TenantPage({ tenant, stale }: { tenant: Tenant; stale: boolean }) {
  const status = statusWords[tenant.status];
  const remark = standing(tenant);
  useEffect(focusTitleIfLost, []);
  // What began while somebody looks on stays on top until they leave, whatever its outcome.
  const [watched, watch] = useState({ setUp: false, move: false });
  const setUpOnTop = watched.setUp || tenant.status === 'provisioning' || tenant.status === 'failed';
  const moveOnTop = watched.move || tenant.movingTo !== null;
  if (setUpOnTop !== watched.setUp || moveOnTop !== watched.move)
    watch({ setUp: setUpOnTop, move: moveOnTop });
  return (
    <Page
      header={
        <PageHeader
          title={tenant.name}
          parent={parent}
          status={
            <>
              <StatusBadge tone={status.tone} filled>
                {status.label}
              </StatusBadge>
              {tenant.movingTo ? (
                <StatusBadge tone="progress" filled>{t`Moving to ${tenant.movingTo}`}</StatusBadge>
              ) : null}
            </>
          }
          detail={<Code>{tenant.slug}</Code>}
          actions={
            tenant.status === 'failed' ? (
              <LinkButton to={adminPaths.provisionAgain(tenant)}>{t`Set it up again`}</LinkButton>
            ) : null
          }
        />
      }
    >
      {stale ? (
        <div className={classes.reason}>
          <Note tone="waiting">{t`The server does not answer. What you see here is from before.`}</Note>
        </div>
      ) : null}
      {remark ? (
        <div className={classes.reason}>
          {remark.bad ? (
            <ProblemNote title={remark.title} detail={remark.detail} />
          ) : (
            <Note tone="waiting">
              <strong>{remark.title}</strong> {remark.detail}
            </Note>
          )}
        </div>
      ) : null}
      <Columns
        main={
          <>
            {setUpOnTop ? <ProvisioningProgress tenant={tenant} /> : null}
            {moveOnTop ? <Moves tenant={tenant} /> : null}
            <Removal tenant={tenant} />
            <TenantFacts tenant={tenant} />
            <TenantHealth tenant={tenant} />
            {moveOnTop ? null : <Moves tenant={tenant} />}
            {setUpOnTop ? null : <ProvisioningProgress tenant={tenant} />}
          </>
        }
        side={<TenantActions tenant={tenant} />}
      />
    </Page>
  );
}

function TenantFacts({ tenant }: { tenant: Tenant }) {
  return (
    <Section title={t`Facts`}>
      <Facts
        items={[
          { label: t`Database`, value: <Code>{tenant.database}</Code> },
          {
            label: t`Cluster`,
            value: (
              <AppLink to={adminPaths.clusters}>
                <Code>{tenant.cluster}</Code>
              </AppLink>
            ),
          },
          {
            label: t`Schema`,
            value: <SchemaVersion version={tenant.schemaVersion} latest={tenant.latestSchemaVersion} />,
          },
          { label: t`Plan`, value: planWords(tenant.plan) },
          { label: t`Users`, value: formatCount(tenant.users) },
          ...(tenant.waitingUsers > 0
            ? [{ label: t`Have yet to answer the mail`, value: formatCount(tenant.waitingUsers) }]
            : []),
          {
            label: t`Signed in`,
            value: <AppLink to={adminPaths.sessionsOf(tenant.id)}>{sessions(tenant.activeSessions)}</AppLink>,
          },
          { label: t`Set up`, value: formatInstant(tenant.createdAt) },
          { label: t`Last change`, value: formatInstant(tenant.updatedAt) },
          { label: t`Tenant id`, value: <Code>{tenant.id}</Code>, wide: true },
        ]}
      />
    </Section>
  );
}
