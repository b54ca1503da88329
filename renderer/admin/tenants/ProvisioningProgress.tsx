import { t } from '@lingui/core/macro';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { durationWords, notBegun, progressOf } from './progress.ts';
import { StepList } from './StepList.tsx';
import classes from './tenants.module.css';
import { useTenantEvents } from './use-tenant-events.ts';

/** How an organisation is set up, step by step, as it happens; later the record of it. */
export function ProvisioningProgress({ tenant }: { tenant: Tenant }) {
  const events = useTenantEvents(tenant);
  const now = events.data?.status ?? tenant.status;
  const steps = progressOf(events.data?.items ?? []);
  const took = steps.reduce((sum, step) => sum + (step.milliseconds ?? 0), 0);
  if (steps.length === 0 && now !== 'provisioning')
    return events.isError && !events.data ? <Unread error={events.error} /> : null;

  return (
    <Section
      title={
        now === 'provisioning' ? t`Setting up` : now === 'failed' ? t`How far it got` : t`How it was set up`
      }
    >
      <StepList steps={steps.length > 0 ? steps : notBegun} busy={now === 'provisioning'} />
      {now === 'failed' ? (
        <p
          className={classes.outcome}
        >{t`Everything that was created for it has been removed. Its short name is free.`}</p>
      ) : now !== 'provisioning' && took > 0 ? (
        <p className={classes.outcome}>{t`Set up in ${durationWords(took)}.`}</p>
      ) : null}
    </Section>
  );
}

function Unread({ error }: { error: unknown }) {
  return (
    <Section title={t`How it was set up`}>
      <ProblemNote {...wordsOf(error)} />
    </Section>
  );
}
