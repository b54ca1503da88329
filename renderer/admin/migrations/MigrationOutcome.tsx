import type { MigrationRun } from '../../../server/admin/migrations/migrations.contract.ts';
import { formatCount } from '../../ui/formats.ts';
import { Note, ProblemNote } from '../../ui/States.tsx';

/** What the last run did; a failed database with its own words. */
export function MigrationOutcome({ run }: { run: MigrationRun }) {
  const of = (outcome: MigrationRun['results'][number]['outcome']) =>
    run.results.filter((result) => result.outcome === outcome);
  const failed = of('quarantined');
  const seconds = Math.max(0, ...run.results.map((result) => result.milliseconds)) / 1000;
  const words = [
    [of('migrated').length, 'migrated'],
    [of('current').length, 'already up to date'],
    [of('skipped').length, 'left out'],
    [failed.length, 'quarantined'],
  ] as const;
  const summary = words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ');
  if (failed.length === 0) {
    return (
      <Note>
        Last run: {summary || 'nothing to do'}. The slowest took {seconds.toFixed(2)} s.
      </Note>
    );
  }
  return (
    <ProblemNote title={`Last run: ${summary}`}>
      <ul>
        {failed.map((result) => (
          <li key={result.target}>
            {result.target} stays at v{result.version}: {result.error}
          </li>
        ))}
      </ul>
    </ProblemNote>
  );
}
