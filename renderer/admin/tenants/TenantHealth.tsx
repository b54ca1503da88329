import { Skeleton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Tenant, TenantStatus } from '../../../server/admin/tenants/tenants.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { nothing } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { checkWords, healthWords } from './tenant-words.ts';
import classes from './tenants.module.css';

const withoutDatabase: ReadonlySet<TenantStatus> = new Set(['deprovisioned', 'provisioning', 'failed']);

/** What is found when an organisation's database is looked at from outside; looked at again every few seconds. */
export function TenantHealth({ tenant }: { tenant: Tenant }) {
  const trpc = useTRPC();
  const reachable = !withoutDatabase.has(tenant.status);
  const query = useQuery({
    ...trpc.admin.tenants.health.queryOptions({ id: tenant.id }),
    refetchInterval: 10_000,
    enabled: reachable,
  });
  if (!reachable) return null;
  const found = query.data;
  const words = healthWords[found?.health ?? tenant.health];
  return (
    <Section title="Health" actions={<StatusBadge tone={words.tone}>{words.label}</StatusBadge>}>
      {query.isPending ? <Skeleton height={90} /> : null}
      {query.isError && !found ? <ProblemNote {...wordsOf(query.error)} /> : null}
      {found?.checks.map((check) => (
        <div key={check.name} className={classes.check} data-ok={check.ok}>
          <span className={classes.checkMark}>
            {check.ok ? (
              <IconCheck size={15} aria-label="All right" />
            ) : (
              <IconX size={15} aria-label="Not all right" />
            )}
          </span>
          <span>{checkWords(check.name)}</span>
          <span>{check.message}</span>
        </div>
      ))}
      {found ? (
        <Facts
          items={[
            {
              label: 'Round trip',
              value:
                found.latencyMs === null
                  ? nothing
                  : `${found.latencyMs.toFixed(1)} ms as the organisation’s own role`,
            },
            {
              label: 'Size',
              value:
                found.databaseBytes === null
                  ? nothing
                  : `${(found.databaseBytes / 1024 / 1024).toFixed(1)} MB`,
            },
          ]}
        />
      ) : null}
    </Section>
  );
}
