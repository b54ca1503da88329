/**
 * npm run migrate:domain -- --tenant-id=acme [--seed] | --all [--dry-run]
 * Brings one tenant's database, or all, to the newest schema. Safe to repeat.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

function readOptions() {
  const { values } = parseArgs({
    options: {
      'tenant-id': { type: 'string' },
      all: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      seed: { type: 'boolean', default: false },
    },
  });
  const slug = values['tenant-id'];
  if ((slug === undefined) === !values.all) {
    throw new UsageError('Which tenants? Give one with --tenant-id=acme, or --all.');
  }
  if (values.seed && slug === undefined)
    throw new UsageError('Demo data go into one tenant: --tenant-id=acme --seed');
  return { ...values, slug };
}

async function migrate({ tenancy, say }: Command, values: ReturnType<typeof readOptions>): Promise<void> {
  const { slug } = values;
  const record = slug === undefined ? undefined : await tenancy.records.bySlug(slug);
  if (slug !== undefined && !record) {
    throw new UsageError(
      `There is no tenant ${slug}. Make it: npm run provision:tenant -- --tenant-id=${slug}`,
    );
  }
  const run = await tenancy.runner.run({
    tenantId: record?.id,
    dryRun: values['dry-run'],
    onResult: (result) => {
      const signs = { migrated: '✓', current: '·', quarantined: '✗', skipped: '-' } as const;
      const words = {
        migrated: `migrated to version ${String(result.version)} in ${String(result.milliseconds)} ms`,
        current: `is at version ${String(result.version)} already`,
        quarantined: `quarantined at version ${String(result.version)}: ${result.error ?? ''}`,
        skipped: `skipped: ${result.error ?? ''}`,
      };
      say(`  ${signs[result.outcome]} ${result.target}: ${words[result.outcome]}`);
    },
  });
  if (run.dryRun) {
    for (const { target, wave, from, to, migrations } of run.plan) {
      say(
        `${target} (${wave}): ${from === to ? `nothing to do at version ${String(to)}` : `${String(from)} → ${String(to)}`}`,
      );
      for (const { version, name, sql } of migrations) say(`-- ${String(version)} ${name}\n${sql ?? ''}`);
    }
    say('Nothing was changed (dry run).');
    return;
  }
  const failed = run.results.filter(({ outcome }) => outcome === 'quarantined' || outcome === 'skipped');
  if (failed.length > 0) {
    throw new UsageError(
      `${String(failed.length)} did not go well; the others are done. Repeat it once that is put right.`,
    );
  }
  if (values.seed && record) await seed(tenancy, record.slug, say);
  say('Done.');
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
