/**
 * npm run deprovision:tenant -- --tenant-id=acme --confirm=acme [--grace-days=7] | --undo | --purge
 * Exports everything, signs everyone out and deletes the database after the grace period. Safe to repeat.
 */
import { parseArgs } from 'node:util';
import { graceDays } from '../tenancy/removal/tenant-removal.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

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
    throw new UsageError(words('options.which_tenant', { example: '--tenant-id=acme --confirm=acme' }));
  }
  const days = Number(values['grace-days'] ?? graceDays);
  if (!Number.isInteger(days) || days < 0) throw new UsageError(words('deprovision.grace_days'));
  return { ...values, slug: slug ?? '', days };
}

async function deprovision(
  { tenancy, say, trace }: Command,
  values: ReturnType<typeof readOptions>,
): Promise<void> {
  const { slug, days } = values;
  if (values.purge) {
    const gone = await tenancy.lifecycle.purge(new Date(), trace);
    say(
      gone.length > 0
        ? words('deprovision.purged', { tenants: gone.join(', ') })
        : words('deprovision.nothing_to_purge'),
    );
    return;
  }
  const record = await tenancy.records.bySlug(slug);
  if (!record) {
    say(words('deprovision.no_tenant', { tenant: slug }));
    return;
  }
  if (values.undo) {
    await tenancy.lifecycle.reactivate(record.id, trace);
    say(words('deprovision.undone', { name: record.name, tenant: slug }));
    return;
  }
  if (values.confirm !== slug) {
    throw new UsageError(words('deprovision.confirm', { name: record.name, tenant: slug }));
  }
  const { record: gone, exportFolder } = await tenancy.lifecycle.deleteTenantDatabase(
    record.id,
    slug,
    trace,
    days,
  );
  if (exportFolder === null) {
    say(words('deprovision.rest_deleted', { tenant: slug }));
    return;
  }
  say(words('deprovision.closed', { name: gone.name, tenant: slug }));
  say(words('deprovision.export', { folder: exportFolder }));
  say(words('deprovision.deleted_after', { moment: String(gone.delete_after ?? '') }));
  say(words('next_steps'));
  say(
    words('deprovision.bring_back', { command: `npm run deprovision:tenant -- --tenant-id=${slug} --undo` }),
  );
  say(words('deprovision.purge', { command: 'npm run deprovision:tenant -- --purge' }));
}

await runTenancyCommand(readOptions, deprovision);
