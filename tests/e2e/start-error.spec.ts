import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { ensureElectron, sandboxArguments } from '../../server/cli/bootstrap/electron-binary.mjs';
import { launchApp } from '../fixtures/electron.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

/* What a person sees of an app that can't start, or of a window that stops working, and the ways out of it. */
const repoRoot = path.resolve(import.meta.dirname, '../..');
let services: TestServices;
let folder: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-start-error-'));
});

test.afterAll(async () => {
  await services?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a window whose page crashed says so, and opens again', async () => {
  const desktop = await launchApp({ services });
  try {
    const { window } = desktop;
    await expect(new Staff(window).button('Sign in')).toBeVisible();
    await desktop.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => titleOf(desktop.app), { timeout: 15_000 }).toBe('This window stopped working');
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`document.querySelector('a').click()`),
    );
    await expect.poll(() => titleOf(desktop.app), { timeout: 15_000 }).toMatch(/^Sign in/);
  } finally {
    await desktop.close();
  }
});

/** The title of the window there is, as the main process knows it: Playwright lets go of a page that crashed. */
function titleOf(app: Awaited<ReturnType<typeof launchApp>>['app']): Promise<string | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getTitle());
}

test('an app whose own files are gone says so in a window, and what to do', async () => {
  const damaged = path.join(folder, 'app');
  for (const name of ['package.json', 'out/main', 'out/preload'])
    cpSync(path.join(repoRoot, name), path.join(damaged, name), { recursive: true });
  const { executablePath: executable } = await ensureElectron({ repoRoot });
  const desktop = await launchApp({ services, executable, args: [damaged] });
  try {
    await expect(desktop.window.getByText('Quartermaster could not start')).toBeVisible();
    await expect(desktop.window.getByText(/Install Quartermaster again/)).toBeVisible();
    cpSync(path.join(repoRoot, 'out/renderer'), path.join(damaged, 'out/renderer'), { recursive: true });
    await desktop.window.getByRole('link', { name: 'Try again' }).click();
    await expect(new Staff(desktop.window).button('Sign in')).toBeVisible();
  } finally {
    await desktop.close();
  }
});

test('an app that can’t start at all does not vanish: it stays with the system’s own message until it is closed', async () => {
  const { executablePath } = await ensureElectron({ repoRoot });
  const child = spawn(executablePath, [...sandboxArguments(executablePath), repoRoot], {
    env: {
      ...process.env,
      QM_USER_DATA_DIR: path.join(folder, 'data'),
      QM_API_URL: 'nowhere',
      QM_AUTH_URL: 'nowhere',
      SUPABASE_ANON_KEY: 'key',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    expect(await saidBy(child, 'could not start')).toContain('QM_API_URL is not a valid value');
    await sleep(2_000);
    expect(child.exitCode).toBeNull();
    expect(child.signalCode).toBeNull();
  } finally {
    child.kill('SIGKILL');
  }
});

/** What a process said on its error output, when these words are among it. */
function saidBy(child: ChildProcess, words: string): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it never said so: ${said}`)), 20_000);
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes(words)) return;
      clearTimeout(timer);
      resolve(said);
    });
  });
}
