import type { MigrationStatus, RunProgress } from '../tenancy/migrating/migrations.contract.ts';

const stateWords: Record<MigrationStatus['tenants'][number]['state'], string> = {
  current: 'up to date',
  pending: 'waiting',
  running: 'under way',
  quarantined: 'quarantined',
};

const endWords: Record<RunProgress['state'], string> = {
  running: 'is under way',
  done: 'went well',
  failed: 'ended, and not all went well',
  stopped: 'was stopped',
  abandoned: 'was broken off; run it again',
};

/** The same as the administration window shows: the versions, the run, and where every tenant stands. */
export function migrationStatusLines(status: MigrationStatus): string[] {
  const { latest, minimum, templates, tenants, run } = status;
  const slugs = Math.max(6, ...tenants.map(({ slug }) => slug.length));
  return [
    `Newest schema: version ${String(latest)}. Tenants below version ${String(minimum)} are told that they are being upgraded.`,
    ...templates.map(
      ({ cluster, version }) =>
        `Template on ${cluster}: ${version === null ? 'cannot be reached' : `version ${String(version)}`}`,
    ),
    ...(run ? runLines(run) : ['No run yet.']),
    '',
    `${'tenant'.padEnd(slugs)}  version  state`,
    ...tenants.map(({ slug, schemaVersion, state, pending, error }) => {
      const words =
        schemaVersion > latest
          ? 'ahead: a newer server has migrated it'
          : state === 'pending'
            ? `${String(pending)} waiting`
            : stateWords[state];
      const line = `${slug.padEnd(slugs)}  ${String(schemaVersion).padStart(7)}  ${words}`;
      return error === null ? line : `${line}: ${error}`;
    }),
  ];
}

function runLines(run: RunProgress): string[] {
  const stage = ['the templates', 'the canary'][run.wave] ?? `wave ${String(run.wave - 1)}`;
  const at =
    run.state === 'running'
      ? `, at ${stage}${run.running.length > 0 ? ` (${run.running.join(', ')})` : ''}`
      : '';
  const { migrated, current, quarantined, skipped } = run.counts;
  return [
    `The run of ${run.startedAt}, started by ${run.startedBy} on ${run.node}, ${endWords[run.state]}: ` +
      `${String(run.done)} of ${String(run.total)} done${at}; ${String(migrated)} migrated, ${String(current)} up to date, ` +
      `${String(quarantined)} quarantined, ${String(skipped)} left out.`,
    ...(run.error === null ? [] : [run.error]),
  ];
}
