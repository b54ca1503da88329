import type { MigrationStatus, RunProgress } from '../tenancy/migrating/migrations.contract.ts';
import { padded } from './terminal/printed.ts';
import { storedWords } from '../control-plane/stored-words.contract.ts';
import { terminalLanguage, words } from './words/words.ts';
import type { Words } from './words/words.ts';

const stateWords = {
  current: 'migrations.up_to_date',
  pending: 'migrations.is_waiting',
  running: 'migrations.under_way',
  quarantined: 'migrations.quarantined',
} as const satisfies Record<MigrationStatus['tenants'][number]['state'], Words>;

/** The same as the administration window shows: the versions, the run, and every tenant's version. */
export function migrationStatusLines(status: MigrationStatus): string[] {
  const { latest, minimum, templates, tenants, run } = status;
  const slugs = Math.max(6, ...tenants.map(({ slug }) => slug.length));
  return [
    words('migrations.newest', { latest: String(latest), minimum: String(minimum) }),
    ...templates.map(({ cluster, version }) =>
      version === null
        ? words('migrations.template_unreachable', { cluster })
        : words('migrations.template', { cluster, version: String(version) }),
    ),
    ...(run ? runLines(run) : [words('migrations.no_run')]),
    '',
    `${padded(words('migrations.tenant'), slugs)}  ${words('migrations.version')}  ${words('migrations.state')}`,
    ...tenants.map(({ slug, schemaVersion, state, pending, error }) => {
      const said =
        schemaVersion > latest
          ? words('migrations.ahead')
          : state === 'pending'
            ? words('migrations.waiting', { count: String(pending) })
            : words(stateWords[state]);
      const line = `${slug.padEnd(slugs)}  ${String(schemaVersion).padStart(7)}  ${said}`;
      return error === null ? line : `${line}: ${storedWords(error, terminalLanguage)}`;
    }),
  ];
}

function runLines(run: RunProgress): string[] {
  const stage =
    [words('migrations.the_templates'), words('migrations.the_canary')][run.wave] ??
    words('migrate.wave', { number: String(run.wave - 1) });
  const at =
    run.state === 'running'
      ? words('migrations.at', {
          stage: `${stage}${run.running.length > 0 ? ` (${run.running.join(', ')})` : ''}`,
        })
      : '';
  const { migrated, current, quarantined, skipped } = run.counts;
  return [
    words('migrations.run', {
      startedAt: run.startedAt,
      startedBy: run.startedBy,
      node: run.node,
      state: run.state,
      done: String(run.done),
      total: String(run.total),
      at,
      migrated: String(migrated),
      current: String(current),
      quarantined: String(quarantined),
      skipped: String(skipped),
    }),
    ...(run.error === null ? [] : [run.error]),
  ];
}
