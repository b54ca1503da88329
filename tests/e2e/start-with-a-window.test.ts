import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { freePort, isFree } from '../../server/local/postgres.ts';
import { launchApp } from '../fixtures/electron.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';

const repoRoot = path.resolve(import.meta.dirname, '../..');

test('the app opens at the sign-in screen, and a sign-in leads into the shell', async () => {
  const services = await startTestServices();
  const launched = await launchApp({ services });
  try {
    const { window } = launched;
    await window.getByLabel(/e-?mail/i).fill('owner@acme.test');
    await window.getByLabel('Password', { exact: true }).fill(testPassword);
    await window.getByRole('button', { name: /sign in/i }).click();
    await expect(window.getByRole('navigation').first()).toBeVisible({ timeout: 20_000 });
  } finally {
    await launched.close();
    await services.stop();
  }
});

test('npm start opens the app, and closing the app stops everything', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'qm-window-'));
  const ports = { api: await freePort(), auth: await freePort() };
  const child = spawn(path.join(repoRoot, 'node_modules/node/bin/node'), ['server/cli/start.ts'], {
    cwd: repoRoot,
    env: {
      ...process.env,
      QM_DATA_DIR: directory,
      QM_API_PORT: String(ports.api),
      QM_AUTH_PORT: String(ports.auth),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  try {
    const record = path.join(directory, 'app.json');
    while (!existsSync(record) && child.exitCode === null) await delay(100);
    expect(said).toContain('ready {');
    await delay(2000);
    const { pid } = JSON.parse(readFileSync(record, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGTERM');
    expect((await ended)[0], said).toBe(0);
    expect(await isFree(ports.api)).toBe(true);
    // The command waits a few seconds for each of its parts. PostgreSQL was told to stop, and on a busy machine ends after it.
    const isRunning = () => existsSync(path.join(directory, 'postgres/postmaster.pid'));
    await expect.poll(isRunning, { timeout: 15_000 }).toBe(false);
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  }
});
