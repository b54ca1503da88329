/**
 * npm run export:tenant -- --tenant-id=acme [--out=folder]
 * Writes every table of a tenant as JSON lines, all from one moment, with a manifest of SHA-256 sums. The tenant works on.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { recordWith } from '../control-plane/audit-trail.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

function readOptions() {
  const { values } = parseArgs({ options: { 'tenant-id': { type: 'string' }, out: { type: 'string' } } });
  const slug = values['tenant-id'];
  if (slug === undefined)
    throw new UsageError(words('options.which_tenant', { example: '--tenant-id=acme' }));
  return { slug, out: values.out };
}

async function exportOne(
  { tenancy, say, trace }: Command,
  { slug, out }: ReturnType<typeof readOptions>,
): Promise<void> {
  const record = await tenancy.records.bySlug(slug);
  if (!record) throw new UsageError(words('options.no_tenant', { tenant: slug }));
  const folder = await tenancy.lifecycle.exportTenantDatabase(
    record.id,
    out === undefined ? undefined : path.resolve(out),
  );
  await recordWith(tenancy.control.pool, {
    action: 'tenant.exported',
    outcome: 'done',
    ...trace,
    tenantId: record.id,
    subject: slug,
    details: { folder },
  });
  say(words('export.done', { name: record.name, tenant: slug, folder }));
  say(words('export.read_back', { command: `npm run restore:tenant -- --from=${folder}` }));
}

await runTenancyCommand(readOptions, exportOne);
