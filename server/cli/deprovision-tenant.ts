/**
 * npm run deprovision:tenant -- --tenant-id=acme --confirm=acme [--grace-days=7] | --undo | --purge
 * Exports everything, signs everyone out and deletes the database after the grace period. Safe to repeat.
 */
import { parseArgs } from 'node:util';
import { graceDays } from '../tenancy/removal/tenant-removal.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

function readOptions() {
  const { values } = parseArgs({
    options: {
      'tenant-id': { type: 'string' },
      confirm: { type: 'string' },
      'grace-days': { type: 'string' },
      undo: { type: 'boolean', default: false },
      purge: { type: 'boolean', default: false },
    },
  });
  const slug = values['tenant-id'];
  if (slug === undefined && !values.purge) {
    throw new UsageError('Which tenant? Give its short name: --tenant-id=acme --confirm=acme');
  }
  const days = Number(values['grace-days'] ?? graceDays);
  if (!Number.isInteger(days) || days < 0)
    throw new UsageError('--grace-days must be a whole number of days.');
  return { ...values, slug: slug ?? '', days };
}

async function deprovision(
  { tenancy, say, trace }: Command,
  values: ReturnType<typeof readOptions>,
): Promise<void> {
  const { slug, days } = values;
  if (values.purge) {
    const gone = await tenancy.lifecycle.purge(new Date(), trace);
    say(gone.length > 0 ? `Deleted: ${gone.join(', ')}.` : 'No tenant is past its grace period.');
    return;
  }
  const record = await tenancy.records.bySlug(slug);
  if (!record) {
    say(`There is no tenant ${slug} (any more). Nothing was changed.`);
    return;
  }
  if (values.undo) {
    await tenancy.lifecycle.reactivate(record.id, trace);
    say(`${record.name} (${slug}) is active again.`);
    return;
  }
  if (values.confirm !== slug) {
    throw new UsageError(`This takes ${record.name} away. Type its short name to confirm: --confirm=${slug}`);
  }
  const { record: gone, exportFolder } = await tenancy.lifecycle.deleteTenantDatabase(
    record.id,
    slug,
    trace,
    days,
  );
  if (exportFolder === null) {
    say(`What was left of ${slug} is deleted.`);
    return;
  }
  say(`${gone.name} (${slug}) is closed: everyone is signed out, nobody gets in.`);
  say(`  export     ${exportFolder}`);
  say(`  deleted    after ${gone.delete_after ?? ''}`);
  say('Next steps:');
  say(`  to bring it back:  npm run deprovision:tenant -- --tenant-id=${slug} --undo`);
  say('  to delete what is past its grace period:  npm run deprovision:tenant -- --purge');
}

await runTenancyCommand(readOptions, deprovision);
