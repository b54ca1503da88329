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

function readOptions() {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, 'tenant-id': { type: 'string' }, cluster: { type: 'string' } },
  });
  if (values.from === undefined) throw new UsageError('Which export? Give its folder: --from=…');
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
    if (done % 10 === 0 || done === all) say(`  ${String(done)} of ${String(all)} people can sign in`);
  };
  const restored = await tenancy.restore
    .run(folder, { slug, cluster, progress }, trace)
    .catch((error: unknown) => {
      throw error instanceof DamagedExport ? new UsageError(`${error.message} Nothing was restored.`) : error;
    });
  const { record, rows, from, signIns, withoutSignIn, waiting } = restored;
  say(`${record.name} (${record.slug}) is back.`);
  say(`  tenant     ${record.id}`);
  say(`  rows       ${String(rows)}`);
  say(
    `  database   ${record.database_name} on ${record.cluster}, schema version ${String(from)} → ${String(record.schema_version)}`,
  );
  say(`  sign-ins   ${String(signIns)}; who had lost the account is invited by e-mail`);
  for (const { email, reason } of withoutSignIn) say(`  no sign-in ${email}: ${reason}`);
  if (waiting.length > 0) {
    say(`  to invite  ${String(waiting.length)}; the sign-in service sends no more mails for now`);
  }
  say('Next steps:');
  if (waiting.length > 0) say('  invite the others in an hour: the same command again goes on with them');
  say(`  prove the stock:  npm run reconcile -- --tenant-id=${record.slug}`);
}

await runTenancyCommand(readOptions, restore);
