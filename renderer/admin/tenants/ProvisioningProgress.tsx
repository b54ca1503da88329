import { Loader } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  provisioningSteps,
  type TenantEvent,
  type TenantStatus,
} from '../../../server/admin/tenants/tenants.contract.ts';
import { useTRPC } from '../../lib/services.tsx';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { stepWords } from './tenant-words.ts';
import classes from './tenants.module.css';

/** Milliseconds between two looks while something is under way: a step takes tens of them. */
const lookEvery = 250;

export const underWay: ReadonlySet<TenantStatus> = new Set(['provisioning', 'deprovisioning', 'migrating']);

export interface StepProgress {
  step: string;
  state: 'waiting' | TenantEvent['status'];
  message: string | null;
  milliseconds: number | null;
}

/** Where every step stands: the last word said about it. Steps beyond the known ones (removal) follow in their order. */
export function progressOf(events: readonly TenantEvent[]): StepProgress[] {
  const last = new Map<string, TenantEvent>();
  for (const event of events) last.set(event.step, event);
  const others = [...last.keys()].filter((step) => !provisioningSteps.some((known) => known === step));
  return [...provisioningSteps, ...others].map((step) => {
    const event = last.get(step);
    return {
      step,
      state: event?.status ?? 'waiting',
      message: event?.message ?? null,
      milliseconds: event?.milliseconds ?? null,
    };
  });
}

const marks = {
  waiting: <IconCircleDashed size={16} aria-label="Not begun" />,
  started: <Loader size={14} aria-label="Under way" />,
  done: <IconCheck size={16} aria-label="Done" />,
  failed: <IconX size={16} aria-label="Failed" />,
  undone: <IconArrowBackUp size={16} aria-label="Undone" />,
};

/** How an organisation comes into being, step by step, as it happens; later the record of it. */
export function ProvisioningProgress({ id, status }: { id: string; status: TenantStatus }) {
  const trpc = useTRPC();
  const events = useQuery({
    ...trpc.admin.tenants.events.queryOptions({ id }),
    refetchInterval: (query) => (underWay.has(query.state.data?.status ?? status) ? lookEvery : false),
  });
  const now = events.data?.status ?? status;
  const steps = progressOf(events.data?.items ?? []);
  const took = steps.reduce((sum, step) => sum + (step.milliseconds ?? 0), 0);
  if (events.data && events.data.items.length === 0 && !underWay.has(now)) return null;

  return (
    <Section
      title={
        now === 'provisioning' ? 'Setting up' : now === 'failed' ? 'How far it came' : 'How it was set up'
      }
    >
      {events.isError ? <ProblemNote title="The steps cannot be read just now" /> : null}
      <ol className={classes.steps} aria-live="polite" aria-busy={underWay.has(now)}>
        {steps.map((step) => (
          <li key={step.step} className={classes.step} data-state={step.state}>
            <span className={classes.mark}>{marks[step.state]}</span>
            <span>{stepWords[step.step as keyof typeof stepWords] ?? step.step}</span>
            <span className={classes.stepTime}>
              {step.milliseconds === null ? '' : `${step.milliseconds} ms`}
            </span>
            {step.message && step.state !== 'done' ? (
              <span className={classes.stepMessage}>{step.message}</span>
            ) : null}
          </li>
        ))}
      </ol>
      {now === 'active' && took > 0 ? (
        <p className={classes.outcome}>Set up in {(took / 1000).toFixed(2)} seconds.</p>
      ) : null}
    </Section>
  );
}
