/**
 * npm run move:tenant -- --tenant-id=acme --to=east
 * Moves a tenant to another cluster while its people work; changes wait for a moment at the end. Safe to repeat: what a
 * killed move left is cleared away, and a tenant that is there already stays as it is.
 */
import { parseArgs } from 'node:util';
import { clusterNameSchema } from '../tenancy/tenants.contract.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

function readOptions() {
  const { values } = parseArgs({ options: { 'tenant-id': { type: 'string' }, to: { type: 'string' } } });
  const { 'tenant-id': slug, to } = values;
  if (slug === undefined || to === undefined) {
    throw new UsageError('Which tenant, and where to? --tenant-id=acme --to=east');
  }
  return { slug, to: clusterNameSchema.parse(to) };
}

async function move(
  { tenancy, say, trace }: Command,
  { slug, to }: ReturnType<typeof readOptions>,
): Promise<void> {
  const { records, mover, lifecycle } = tenancy;
  await mover.resume((error) => say(`  an earlier move could not be ended: ${wordsOf(error)}`));
  const record = await records.bySlug(slug);
  if (!record) throw new UsageError(`There is no tenant ${slug}.`);
  if (record.cluster === to) {
    say(`${record.name} (${slug}) lives on ${to} already. Nothing was changed.`);
    return;
  }
  say(`Moving ${record.name} (${slug}) from ${record.cluster} to ${to} …`);
  const started = performance.now();
  const moved = await lifecycle.moveTenantDatabase(record.id, to, trace);
  say(`${record.name} lives on ${to} after ${String(Math.round(performance.now() - started))} ms.`);
  say(`  rows       ${moved.copied_rows ?? '0'}, the same on both sides`);
  say(`  changes    waited ${String(moved.paused_ms ?? 0)} ms; reading went on`);
  say(`  old place  deleted on ${moved.from_cluster}`);
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

await runTenancyCommand(readOptions, move);
