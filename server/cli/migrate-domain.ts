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
import { storedWords } from '../control-plane/stored-words.contract.ts';
import { terminalLanguage, words } from './words/words.ts';

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
    throw new UsageError(words('migrate.which'));
  }
  if (values.seed && slug === undefined) throw new UsageError(words('migrate.seed_one'));
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 32)
    throw new UsageError(words('migrate.parallel'));
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
      words('migrate.make_tenant', {
        tenant: slug,
        command: `npm run provision:tenant -- --tenant-id=${slug}`,
      }),
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
    throw new UsageError(words('migrate.failed', { count: String(failed.length) }));
  }
  if (values.seed && record) await seed(tenancy, record.slug, say);
  say(words('migrate.done'));
}

function lineOf({ target, outcome, version, milliseconds, error }: MigrationResult): string {
  const signs = { migrated: '✓', current: '·', quarantined: '✗', skipped: '-' } as const;
  const filled = {
    version: String(version),
    ms: String(milliseconds),
    cause: storedWords(error ?? '', terminalLanguage),
  };
  return `  ${signs[outcome]} ${target}: ${words(`migrate.${outcome}`, filled)}`;
}

async function showPlan({ tenancy, say }: Command, tenantId: string | undefined): Promise<void> {
  const { plan } = await tenancy.runner.run({ tenantId, dryRun: true });
  for (const { target, wave, number, from, to, migrations } of plan) {
    const when = wave === 'wave' ? words('migrate.wave', { number: String(number - 1) }) : wave;
    say(
      words(from === to ? 'migrate.plan_current' : 'migrate.plan', {
        target,
        when,
        from: String(from),
        to: String(to),
      }),
    );
    for (const { version, name, sql } of migrations) say(`-- ${String(version)} ${name}\n${sql ?? ''}`);
  }
  say(words('migrate.nothing_changed'));
}

/** Demo data is a part of the local default; a server's installation comes without it. */
async function seed(tenancy: Command['tenancy'], slug: string, say: Command['say']): Promise<void> {
  const module = new URL('../local/demo-data/seed-tenant.ts', import.meta.url);
  if (!existsSync(module)) throw new UsageError(words('migrate.no_demo_data'));
  const demo = (await import(module.href)) as {
    seedTenant(tenancy: Command['tenancy'], slug: string): Promise<boolean>;
  };
  say(words('migrate.seeding', { tenant: slug }));
  const filled = await demo.seedTenant(tenancy, slug);
  if (!filled) say(words('migrate.has_data', { tenant: slug }));
}

await runTenancyCommand(readOptions, migrate);
