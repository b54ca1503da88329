/**
 * npm run move:tenant -- --tenant-id=acme --to=east
 * Moves a tenant to another cluster while its people work; changes wait for a moment at the end. Safe to repeat: what a
 * killed move left is cleared away, and a tenant that is there already stays as it is.
 */
import { parseArgs } from 'node:util';
import { clusterNameSchema } from '../tenancy/tenants.contract.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

function readOptions() {
  const { values } = parseArgs({ options: { 'tenant-id': { type: 'string' }, to: { type: 'string' } } });
  const { 'tenant-id': slug, to } = values;
  if (slug === undefined || to === undefined) {
    throw new UsageError(words('move.which'));
  }
  return { slug, to: clusterNameSchema.parse(to) };
}

async function move(
  { tenancy, say, trace }: Command,
  { slug, to }: ReturnType<typeof readOptions>,
): Promise<void> {
  const { records, mover, lifecycle } = tenancy;
  await mover.resume((error) => say(words('move.earlier', { cause: wordsOf(error) })));
  const record = await records.bySlug(slug);
  if (!record) throw new UsageError(words('options.no_tenant', { tenant: slug }));
  if (record.cluster === to) {
    say(words('move.there_already', { name: record.name, tenant: slug, cluster: to }));
    return;
  }
  say(words('move.begun', { name: record.name, tenant: slug, from: record.cluster, to }));
  const started = performance.now();
  const moved = await lifecycle.moveTenantDatabase(record.id, to, trace);
  say(
    words('move.done', {
      name: record.name,
      cluster: to,
      ms: String(Math.round(performance.now() - started)),
    }),
  );
  say(words('move.rows', { rows: moved.copied_rows ?? '0' }));
  say(words('move.changes', { ms: String(moved.paused_ms ?? 0) }));
  say(words('move.old_place', { cluster: moved.from_cluster }));
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

await runTenancyCommand(readOptions, move);
