/**
 * npm run migrate:domain -- --tenant-id=acme [--seed] | --all [--dry-run] [--parallel=4] | --status
 * Brings one tenant's database, or all, to the newest schema, or says where they stand. Safe to repeat.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { MigrationResult } from '../tenancy/migrating/migrations.contract.ts';
import { migrationStatusLines } from './migration-status.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

function readOptions() {
  const { values } = parseArgs({
    options: {
      'tenant-id': { type: 'string' },
      all: { type: 'boolean', default: false },
      status: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      parallel: { type: 'string', default: '4' },
      seed: { type: 'boolean', default: false },
    },
  });
  const slug = values['tenant-id'];
  if ([slug !== undefined, values.all, values.status].filter(Boolean).length !== 1) {
    throw new UsageError(
      'Which tenants? Give one with --tenant-id=acme, or --all; --status says where all of them stand.',
    );
  }
  if (values.seed && slug === undefined)
    throw new UsageError('Demo data go into one tenant: --tenant-id=acme --seed');
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 32)
    throw new UsageError('--parallel is a number from 1 to 32: tenants migrated at the same time.');
  return { ...values, slug, parallel };
}

async function migrate(command: Command, values: ReturnType<typeof readOptions>): Promise<void> {
  const { tenancy, say, trace } = command;
  const { slug } = values;
  if (values.status) {
    for (const line of migrationStatusLines(await tenancy.runner.status())) say(line);
    return;
  }
  const record = slug === undefined ? undefined : await tenancy.records.bySlug(slug);
  if (slug !== undefined && !record) {
    throw new UsageError(
      `There is no tenant ${slug}. Make it: npm run provision:tenant -- --tenant-id=${slug}`,
    );
  }
  if (values['dry-run']) return showPlan(command, record?.id);
  const run = await tenancy.runner.run({
    tenantId: record?.id,
    parallel: values.parallel,
    trace,
    onNote: say,
    onResult: (result) => say(lineOf(result)),
  });
  const failed = run.results.filter(({ outcome }) => outcome === 'quarantined' || outcome === 'skipped');
  if (failed.length > 0) {
    throw new UsageError(
      `${String(failed.length)} did not go well; the others are done. Repeat it once that is put right.`,
    );
  }
  if (values.seed && record) await seed(tenancy, record.slug, say);
  say('Done.');
}

function lineOf({ target, outcome, version, milliseconds, error }: MigrationResult): string {
  const signs = { migrated: '✓', current: '·', quarantined: '✗', skipped: '-' } as const;
  const words = {
    migrated: `migrated to version ${String(version)} in ${String(milliseconds)} ms`,
    current: `is at version ${String(version)} already`,
    quarantined: `quarantined at version ${String(version)}: ${error ?? ''}`,
    skipped: `skipped: ${error ?? ''}`,
  };
  return `  ${signs[outcome]} ${target}: ${words[outcome]}`;
}

async function showPlan({ tenancy, say }: Command, tenantId: string | undefined): Promise<void> {
  const { plan } = await tenancy.runner.run({ tenantId, dryRun: true });
  for (const { target, wave, number, from, to, migrations } of plan) {
    const when = wave === 'wave' ? `wave ${String(number - 1)}` : wave;
    say(
      `${target} (${when}): ${from === to ? `nothing to do at version ${String(to)}` : `${String(from)} → ${String(to)}`}`,
    );
    for (const { version, name, sql } of migrations) say(`-- ${String(version)} ${name}\n${sql ?? ''}`);
  }
  say('Nothing was changed (dry run).');
}

/** Demo data is a part of the local default; a server's installation comes without it. */
async function seed(tenancy: Command['tenancy'], slug: string, say: Command['say']): Promise<void> {
  const module = new URL('../local/demo-data/seed-tenant.ts', import.meta.url);
  if (!existsSync(module)) throw new UsageError('This installation comes without demo data.');
  const demo = (await import(module.href)) as {
    seedTenant(tenancy: Command['tenancy'], slug: string): Promise<boolean>;
  };
  say(`Filling ${slug} with demo data …`);
  const filled = await demo.seedTenant(tenancy, slug);
  if (!filled) say(`${slug} has data already. Nothing was added.`);
}

await runTenancyCommand(readOptions, migrate);
