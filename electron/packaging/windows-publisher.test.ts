import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const repoRoot = path.resolve(import.meta.dirname, '../..');

/** Calls the hook that electron-builder calls before it packs for a platform. */
function beforePack(platform: string, publisher?: string) {
  const call = `require('./electron-builder.config.cjs').beforePack({ electronPlatformName: '${platform}' })`;
  const environment = { ...process.env };
  delete environment.QM_WINDOWS_PUBLISHER;
  if (publisher !== undefined) environment.QM_WINDOWS_PUBLISHER = publisher;
  return spawnSync(process.execPath, ['-e', call], { cwd: repoRoot, env: environment, encoding: 'utf8' });
}

it.each([undefined, '', '  '])('nothing is packed for Windows without a publisher (%j)', (publisher) => {
  const { status, stderr } = beforePack('win32', publisher);
  expect(status).not.toBe(0);
  expect(stderr).toContain('QM_WINDOWS_PUBLISHER is not set');
});

it('with a publisher Windows is packed, and the other systems need none', () => {
  expect(beforePack('win32', 'Acme Software').status).toBe(0);
  expect(beforePack('linux').status).toBe(0);
  expect(beforePack('darwin').status).toBe(0);
});
