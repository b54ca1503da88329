import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Progress } from '@mantine/core';
import type { RunProgress } from '../../../server/tenancy/migrating/migrations.contract.ts';
import { formatCount } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import { Note, ProblemNote } from '../../ui/States.tsx';
import classes from './migrations.module.css';
import { countWords, durationWords, endWords, stageWords } from './run-words.ts';
import { storedRecordText } from '../lib/stored-words.ts';

/** Problems named in the panel; the matrix has them all. */
const shownProblems = 5;

/** The run under way with its progress, or how the last one ended. */
export function RunPanel({ run, scope, now }: { run: RunProgress; scope: string; now: number }) {
  if (run.state === 'running') return <RunUnderWay run={run} scope={scope} now={now} />;
  const when = t`${formatInstant(run.startedAt)} by ${storedRecordText(run.startedBy)}, ${scope}`;
  const counts = countWords(run) || t`nothing to do`;
  const took = run.endedAt === null ? '' : t` It took ${durationWords(run, now)}.`;
  if (run.state === 'done') {
    return (
      <Note>
        <strong>{endWords(run)}</strong>
        <span>
          {when}: {counts}.{took}
        </span>
      </Note>
    );
  }
  const own = run.error !== null && run.problems.every(({ error }) => error !== run.error);
  return (
    <ProblemNote
      title={endWords(run)}
      detail={
        <>
          {when}: {counts}.{took} {own ? storedRecordText(run.error) : null}
        </>
      }
    >
      <Problems run={run} />
    </ProblemNote>
  );
}

function RunUnderWay({ run, scope, now }: { run: RunProgress; scope: string; now: number }) {
  const part = (count: number) => (run.total === 0 ? 0 : (count / run.total) * 100);
  const { counts } = run;
  return (
    <section className={classes.run} aria-label={t`Run under way`}>
      <div className={classes.runHead}>
        <strong>{t`Migrating ${scope} to v${run.latest}`}</strong>
        <span className={classes.stage}>{stageWords(run)}</span>
        <span
          className={classes.quiet}
        >{t`${durationWords(run, now)}, started by ${storedRecordText(run.startedBy)} on ${run.node}`}</span>
        <span
          className={classes.count}
          role="status"
        >{t`${formatCount(run.done)} of ${formatCount(run.total)}`}</span>
      </div>
      <Progress.Root size={8} className={classes.track ?? ''}>
        <Progress.Section
          value={part(counts.migrated + counts.current)}
          color="var(--qm-good)"
          aria-label={t`Migrated or already up to date`}
        />
        <Progress.Section
          value={part(counts.quarantined + counts.skipped)}
          color="var(--qm-bad)"
          aria-label={t`Quarantined or left out`}
        />
        <Progress.Section
          value={part(counts.running)}
          color="var(--qm-progress)"
          striped
          animated
          aria-label={t`Under way`}
        />
      </Progress.Root>
      <div className={classes.quiet}>
        {countWords(run) || t`Nothing done yet`}
        {run.running.length > 0 ? t`; now ${run.running.join(', ')}` : ''}
      </div>
      <Problems run={run} />
    </section>
  );
}

function Problems({ run }: { run: RunProgress }) {
  const failed = run.problems.filter(({ outcome }) => outcome === 'quarantined');
  if (failed.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {failed.slice(0, shownProblems).map((result) => (
        <li key={result.target}>
          <Trans>
            <strong>{result.target}</strong> stays at v{result.version}: {storedRecordText(result.error)}
          </Trans>
        </li>
      ))}
      {failed.length > shownProblems ? (
        <li>{t`and ${formatCount(failed.length - shownProblems)} more, shown below`}</li>
      ) : null}
    </ul>
  );
}
