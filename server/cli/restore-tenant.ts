/**
 * npm run restore:tenant -- --from=folder [--tenant-id=acme2] [--cluster=east]
 * Brings a tenant that is gone back from its export: same id, same rows, migrated to today's schema, its people can sign in
 * again. Every file is checked against the manifest first. Safe to repeat after a kill.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { clusterNameSchema, tenantSlugSchema } from '../tenancy/tenants.contract.ts';
import { DamagedExport } from '../tenancy/removal/tenant-import.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

function readOptions() {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, 'tenant-id': { type: 'string' }, cluster: { type: 'string' } },
  });
  if (values.from === undefined) throw new UsageError(words('restore.which'));
  return {
    folder: path.resolve(values.from),
    slug: tenantSlugSchema.optional().parse(values['tenant-id']),
    cluster: clusterNameSchema.optional().parse(values.cluster),
  };
}

async function restore(
  { tenancy, say, trace }: Command,
  options: ReturnType<typeof readOptions>,
): Promise<void> {
  const { folder, slug, cluster } = options;
  const progress = (done: number, all: number) => {
    if (done % 10 === 0 || done === all)
      say(words('restore.people', { done: String(done), all: String(all) }));
  };
  const restored = await tenancy.restore
    .run(folder, { slug, cluster, progress }, trace)
    .catch((error: unknown) => {
      throw error instanceof DamagedExport
        ? new UsageError(words('restore.damaged', { cause: error.message }))
        : error;
    });
  const { record, rows, from, signIns, withoutSignIn, waiting } = restored;
  say(words('restore.back', { name: record.name, tenant: record.slug }));
  say(words('provision.tenant', { id: record.id }));
  say(words('restore.rows', { rows: String(rows) }));
  say(
    words('restore.database', {
      database: record.database_name,
      cluster: record.cluster,
      from: String(from),
      to: String(record.schema_version),
    }),
  );
  say(words('restore.sign_ins', { count: String(signIns) }));
  for (const { email, reason } of withoutSignIn) say(words('restore.no_sign_in', { email, reason }));
  if (waiting.length > 0) {
    say(words('restore.waiting', { count: String(waiting.length) }));
  }
  say(words('next_steps'));
  if (waiting.length > 0) say(words('restore.invite_later'));
  say(words('restore.prove_stock', { command: `npm run reconcile -- --tenant-id=${record.slug}` }));
}

await runTenancyCommand(readOptions, restore);
