import { t } from '@lingui/core/macro';
import { Loader } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import { durationWords, type StepProgress } from './progress.ts';
import classes from './tenants.module.css';

const marks = {
  waiting: <IconCircleDashed size={16} aria-label={t`Not begun`} />,
  started: <Loader size={14} aria-label={t`Under way`} />,
  done: <IconCheck size={16} aria-label={t`Done`} />,
  failed: <IconX size={16} aria-label={t`Failed`} />,
  undone: <IconArrowBackUp size={16} aria-label={t`Undone`} />,
};

/** Steps one below the other, each with its state; read out as they change. */
export function StepList({ steps, busy }: { steps: readonly StepProgress[]; busy: boolean }) {
  return (
    <ol className={classes.steps} aria-live="polite" aria-busy={busy}>
      {steps.map((step) => (
        <li key={step.step} className={classes.step} data-state={step.state}>
          <span className={classes.mark}>{marks[step.state]}</span>
          <span>{step.label}</span>
          <span className={classes.stepTime}>
            {step.milliseconds === null ? '' : durationWords(step.milliseconds)}
          </span>
          {step.message ? <span className={classes.stepMessage}>{step.message}</span> : null}
        </li>
      ))}
    </ol>
  );
}
