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

function readOptions() {
  const next = process.env.QM_SECRET_KEY_NEW ?? '';
  if (!realServices(process.env, 0)) {
    throw new UsageError(
      'The local default keeps a key of its own. This is for an installation with DATABASE_URL set.',
    );
  }
  if (next.length < 32)
    throw new UsageError('Set QM_SECRET_KEY_NEW to a random text of 32 characters or more.');
  return { current: process.env.QM_SECRET_KEY ?? '', next };
}

async function rotate(
  { tenancy, say, trace }: Command,
  { current, next }: ReturnType<typeof readOptions>,
): Promise<void> {
  if (current === next)
    throw new UsageError('QM_SECRET_KEY_NEW is the same as QM_SECRET_KEY. Nothing was changed.');
  await resealRootKey(tenancy.control.pool, current, next);
  await recordWith(tenancy.control.pool, {
    action: 'secret_key.rotated',
    outcome: 'done',
    ...trace,
  });
  say('Done: QM_SECRET_KEY_NEW is the key now.');
  say('Next steps:');
  say('  1. Set QM_SECRET_KEY to it wherever the server and its commands run, and keep it safe.');
  say('  2. Restart the servers when it suits; until then they go on as they are.');
}

await runTenancyCommand(readOptions, rotate);
