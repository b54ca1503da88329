import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { packApp } from './packaged-app.ts';

test('the same sources packed twice give the same archive, byte for byte', async () => {
  test.setTimeout(300_000);
  const hashes: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const out = await mkdtemp(path.join(os.tmpdir(), 'qm-again-'));
    try {
      const executable = await packApp(out, { version: '1.0.0' });
      const resources =
        process.platform === 'darwin' ? '../Resources/app.asar' : path.join('resources', 'app.asar');
      const archive = await readFile(path.resolve(path.dirname(executable), resources));
      hashes.push(createHash('sha256').update(archive).digest('hex'));
    } finally {
      await rm(out, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  expect(hashes[0]).toBe(hashes[1]);
});
