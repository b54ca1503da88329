import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataDirectory } from '../../server/local/data-directory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the secret key is made once and is readable by its owner only', async () => {
  const first = await openDataDirectory(folder);
  expect(Buffer.from(first.secretKey, 'base64')).toHaveLength(32);
  expect(statSync(path.join(folder, 'secret-key')).mode & 0o777).toBe(0o600);
  first.release();
  const second = await openDataDirectory(folder);
  expect(second.secretKey).toBe(first.secretKey);
  second.release();
});

test('two starts at once: the second one is told which process runs and how to run beside it', async () => {
  const first = await openDataDirectory(folder, { api: 'http://127.0.0.1:4870' });
  await expect(openDataDirectory(folder)).rejects.toThrow(
    new RegExp(`already runs .* at http://127.0.0.1:4870 \\(process ${process.pid}\\).*QM_DATA_DIR`),
  );
  first.release();
});

test('a directory that cannot be made is refused in one sentence', async () => {
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  await expect(openDataDirectory(path.join(file, 'data'))).rejects.toThrow(
    /can't be written to.*QM_DATA_DIR/,
  );
});

test("another user's cluster is refused before PostgreSQL stumbles over it", async () => {
  mkdirSync(path.join(folder, 'postgres'));
  const child = spawn('chown', ['12345', path.join(folder, 'postgres')], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  // An ordinary user can't give a folder away; then a folder of our own must be accepted.
  if (code === 0) await expect(openDataDirectory(folder)).rejects.toThrow(/belong to another user/);
  else (await openDataDirectory(folder)).release();
});

test('a folder that may not be written to is refused, except for root', async () => {
  chmodSync(folder, 0o500);
  const opened = openDataDirectory(folder);
  if (process.getuid?.() === 0) (await opened).release();
  else await expect(opened).rejects.toThrow(/can't be written to/);
  chmodSync(folder, 0o700);
});
