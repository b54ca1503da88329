import type { MigrationRun, MigrationStatus, RunProgress } from './migrations.contract.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { atMost } from '../../ground/at-most.ts';
import type { Migration } from '../../db/migrating/migration-files.ts';
import { waveOf } from './migration-run.ts';
import type { RunTarget } from './migration-runs.ts';
import { templateVersion } from './template.ts';
import type { TenantRecord } from '../../control-plane/tenant-records.ts';

type PlanEntry = MigrationRun['plan'][number];

/** A cluster that does not say its version in this time is shown as unknown. */
const templatePatience = 2000;

export const templateTarget = (cluster: string) => `template on ${cluster}`;

/**
 * The order of a run: templates, then tenants. Targets that have something to migrate and did not fail before come
 * first, so that the canary proves something; the quarantined ones come after them, and last those that are only
 * checked.
 */
export async function planOf(
  control: ControlPlane,
  migrations: Migration[],
  tenants: TenantRecord[],
  withSql: boolean,
): Promise<PlanEntry[]> {
  const latest = migrations.length;
  const entry = (target: string, number: number, from: number): PlanEntry => ({
    target,
    wave: number === 0 ? 'template' : number === 1 ? 'canary' : 'wave',
    number,
    from,
    to: Math.max(from, latest),
    migrations: migrations
      .filter(({ version }) => version > from)
      .map(({ version, name, sql }) => ({ version, name, sql: withSql ? sql : null })),
  });
  const templates = (await templatesOf(control)).map(({ cluster, version }) =>
    entry(templateTarget(cluster), 0, version ?? 0),
  );
  const rank = (record: TenantRecord) =>
    record.schema_version >= latest ? 2 : record.migration_error === null ? 0 : 1;
  const inTurn = tenants.toSorted((one, other) => rank(one) - rank(other));
  return [
    ...templates,
    ...inTurn.map((record, index) => entry(record.slug, waveOf(index), record.schema_version)),
  ];
}

/** The plan as a run works through it; without a plan, the tenants as they come. */
export function targetsOf(plan: PlanEntry[], tenants: TenantRecord[]): RunTarget[] {
  if (plan.length === 0) {
    return tenants.map(({ id, slug, schema_version: version }) => ({
      target: slug,
      tenantId: id,
      wave: 0,
      version,
    }));
  }
  const idOf = new Map(tenants.map(({ id, slug }) => [slug, id]));
  return plan.map(({ target, number, from }) => ({
    target,
    tenantId: number === 0 ? null : (idOf.get(target) ?? null),
    wave: number,
    version: from,
  }));
}

/** The template of every cluster; null where the cluster does not answer. */
async function templatesOf(control: ControlPlane): Promise<MigrationStatus['templates']> {
  return Promise.all(
    (await control.clusters()).map(async (cluster) => {
      let version: number | null = null;
      await atMost(
        templatePatience,
        templateVersion(control, cluster).then(
          (found) => (version = found),
          () => {},
        ),
      );
      return { cluster: cluster.name, version };
    }),
  );
}

/** Every tenant's version. */
export async function statusOf(
  control: ControlPlane,
  migrations: Migration[],
  tenants: TenantRecord[],
  run: RunProgress | null,
  toleratedLag: number,
): Promise<MigrationStatus> {
  const latest = migrations.length;
  const templates = await templatesOf(control);
  const known = templates.flatMap(({ version }) => (version === null ? [] : [version]));
  const running = new Set(run?.state === 'running' ? run.running : []);
  const stateOf = (record: TenantRecord): MigrationStatus['tenants'][number]['state'] => {
    if (running.has(record.slug)) return 'running';
    if (record.migration_error !== null) return 'quarantined';
    return record.schema_version < latest ? 'pending' : 'current';
  };
  return {
    latest,
    minimum: Math.max(0, latest - toleratedLag),
    template: known.length === 0 ? 0 : Math.min(...known),
    templates,
    migrations: migrations.map(({ version, name, checksum, transactional }) => ({
      version,
      name,
      checksum,
      transactional,
    })),
    tenants: tenants.map((record) => ({
      tenantId: record.id,
      slug: record.slug,
      name: record.name,
      schemaVersion: record.schema_version,
      pending: Math.max(0, latest - record.schema_version),
      state: stateOf(record),
      error: record.migration_error,
      lastRunAt: record.migrated_at,
    })),
    run,
  };
}
