import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import type { TenantStatus } from '../../../server/control-plane/tenant-status.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { nothing } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useClusters } from '../clusters/use-clusters.ts';
import { checkWords, findingWords, healthWords } from './tenant-words.ts';
import classes from './tenants.module.css';

/** The checks to come, until they have run. */
const outline = ['login', 'row-level security', 'login rights', 'schema'] as const;
const withoutDatabase: ReadonlySet<TenantStatus> = new Set(['deprovisioned', 'provisioning', 'failed']);

/** The results of checking an organisation's database from outside, every few seconds. */
export function TenantHealth({ tenant }: { tenant: Tenant }) {
  const trpc = useTRPC();
  const { isDown } = useClusters();
  const reachable = !withoutDatabase.has(tenant.status);
  const query = useQuery({
    // It waits for the tenant's server; nothing else on the page may wait for it.
    ...trpc.admin.tenants.health.queryOptions({ id: tenant.id }, { trpc: { context: { alone: true } } }),
    refetchInterval: 10_000,
    enabled: reachable,
  });
  if (!reachable) return null;
  const found = query.data;
  // The finding is newer than the list of servers, but says nothing while a server doesn't answer.
  const health = query.isFetching && isDown(tenant.cluster) ? 'down' : found?.health;
  const words = health ? healthWords[health] : null;
  return (
    <Section
      title={t`Health`}
      actions={words ? <StatusBadge tone={words.tone}>{words.label}</StatusBadge> : null}
    >
      {query.isPending
        ? outline.map((name) => (
            <div key={name} className={classes.check} aria-hidden="true">
              <span />
              <span>{checkWords(name)}</span>
              <Skeleton height={9} width={180} my={5} />
            </div>
          ))
        : null}
      {query.isError && !found ? <ProblemNote {...wordsOf(query.error)} /> : null}
      {found?.checks.map((check) => (
        <div key={check.name} className={classes.check} data-ok={check.ok}>
          <span className={classes.checkMark}>
            {check.ok ? (
              <IconCheck size={15} aria-label={t`All right`} />
            ) : (
              <IconX size={15} aria-label={t`Not all right`} />
            )}
          </span>
          <span>{checkWords(check.name)}</span>
          <span>{findingWords(check)}</span>
        </div>
      ))}
      {found ? (
        <Facts
          items={[
            {
              label: t`Round trip`,
              value:
                found.latencyMs === null
                  ? nothing
                  : t`${found.latencyMs.toFixed(1)} ms as the organisation’s own role`,
            },
            {
              label: t`Size`,
              value:
                found.databaseBytes === null
                  ? nothing
                  : t`${(found.databaseBytes / 1024 / 1024).toFixed(1)} MB`,
            },
          ]}
        />
      ) : null}
    </Section>
  );
}
