import { t } from '@lingui/core/macro';
import type { RunProgress } from '../../../server/tenancy/migrating/migrations.contract.ts';
import { formatCount } from '../../ui/formats.ts';

/** Where a run is: the templates, the canary, or one of the waves. */
export function stageWords({ wave, waves }: Pick<RunProgress, 'wave' | 'waves'>): string {
  if (wave === 0) return t`Templates`;
  if (wave === 1) return t`Canary`;
  return t`Wave ${String(wave - 1)} of ${String(waves - 1)}`;
}

/** The results so far: `196 migrated, 3 already up to date, 1 quarantined`. */
export function countWords({ counts }: Pick<RunProgress, 'counts'>): string {
  const words = [
    [counts.migrated, t`migrated`],
    [counts.current, t`already up to date`],
    [counts.quarantined, t`quarantined`],
    [counts.skipped, t`left out`],
  ] as const;
  return words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ');
}

/** How long a run has taken, or takes by now: `48 s`, `3 min 05 s`. */
export function durationWords(run: Pick<RunProgress, 'startedAt' | 'endedAt'>, now: number): string {
  const end = run.endedAt === null ? now : Date.parse(run.endedAt);
  const seconds = Math.max(0, Math.round((end - Date.parse(run.startedAt)) / 1000));
  if (seconds < 60) return t`${String(seconds)} s`;
  return t`${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** The head of a run that has ended. */
export function endWords(run: Pick<RunProgress, 'state' | 'counts' | 'error'>): string {
  switch (run.state) {
    case 'running':
      return t`Under way`;
    case 'done':
      return t`The last run went well`;
    case 'failed':
      return run.error === null
        ? t`The last run ended, and not all went well`
        : t`The last run did not start`;
    case 'stopped':
      return t`The last run was stopped: too many organisations failed`;
    case 'abandoned':
      return t`The last run was interrupted; start it again to go on`;
  }
}
