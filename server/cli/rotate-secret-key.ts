/**
 * npm run rotate:secret-key, with QM_SECRET_KEY as it is and QM_SECRET_KEY_NEW as it shall be.
 * Seals the installation's root key with another QM_SECRET_KEY. Servers go on with what they have in memory; give them the
 * new key before their next start. Safe to repeat: what is sealed with the new key already stays so.
 */
import process from 'node:process';
import { recordWith } from '../control-plane/audit-trail.ts';
import { realServices } from '../local/service-addresses.ts';
import { resealRootKey } from '../control-plane/root-key.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

function readOptions() {
  const next = process.env.QM_SECRET_KEY_NEW ?? '';
  if (!realServices(process.env, 0)) {
    throw new UsageError(words('secret_key.local'));
  }
  if (next.length < 32) throw new UsageError(words('secret_key.short'));
  return { current: process.env.QM_SECRET_KEY ?? '', next };
}

async function rotate(
  { tenancy, say, trace }: Command,
  { current, next }: ReturnType<typeof readOptions>,
): Promise<void> {
  if (current === next) throw new UsageError(words('secret_key.same'));
  await resealRootKey(tenancy.control.pool, current, next);
  await recordWith(tenancy.control.pool, {
    action: 'secret_key.rotated',
    outcome: 'done',
    ...trace,
  });
  say(words('secret_key.done'));
  say(words('next_steps'));
  say(words('secret_key.set'));
  say(words('secret_key.restart'));
}

await runTenancyCommand(readOptions, rotate);
