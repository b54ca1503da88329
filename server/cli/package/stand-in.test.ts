import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureElectron } from '../bootstrap/electron-binary.mjs';
import { requireOfficial, standIn } from './stand-in.ts';

const repoRoot = path.resolve(import.meta.dirname, '../../..');
const official = { version: '45.4.1', official: true };
const fallback = { version: '25.9.8', official: false };

test('an official Electron is packed, the stand-in only where it is asked for by name', () => {
  for (const args of [[], ['--dir'], ['--out=release'], [`${standIn}=no`], [standIn.toUpperCase()]]) {
    expect(() => requireOfficial(official, args)).not.toThrow();
    expect(() => requireOfficial(fallback, args)).toThrow('Electron 25.9.8 is the stand-in');
  }
  expect(() => requireOfficial(fallback, ['--dir', standIn])).not.toThrow();
});

const present = await ensureElectron({ repoRoot });
test.skipIf(present.official)(
  'with the stand-in `npm run package` ends with an error and has built and written nothing',
  async () => {
    const out = await mkdtemp(path.join(os.tmpdir(), 'qm-package-'));
    try {
      const script = path.join(repoRoot, 'server/cli/package.ts');
      const child = spawn(process.execPath, [script, `--out=${out}`], { cwd: repoRoot });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      expect(code).toBe(1);
      expect(said).toContain('nothing was packed');
      expect(said).not.toContain('Building');
      expect(await readdir(out)).toEqual([]);
    } finally {
      await rm(out, { recursive: true });
    }
  },
);
