import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { sandboxArguments } from '../../server/cli/bootstrap/electron-binary.mjs';

const repoRoot = path.resolve(import.meta.dirname, '../..');

/**
 * Packs the app as `npm run package -- --dir` does, with whatever Electron is here, and gives the executable.
 * @param built what the release is to know, and its version
 */
export async function packApp(
  out: string,
  built: { environment?: Record<string, string>; version?: string } = {},
): Promise<string> {
  const script = path.join(repoRoot, 'server/cli/package.ts');
  const args = ['--dir', '--with-stand-in-electron', `--out=${out}`];
  if (built.version !== undefined) args.push(`--version=${built.version}`);
  const child = spawn(process.execPath, [script, ...args], {
    cwd: repoRoot,
    env: { ...withoutOurs(), ...built.environment },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The app could not be packed:\n${output}`);
  const executables = {
    linux: 'linux-unpacked/quartermaster',
    win32: 'win-unpacked/Quartermaster.exe',
    darwin: `mac${process.arch === 'arm64' ? '-arm64' : ''}/Quartermaster.app/Contents/MacOS/Quartermaster`,
  };
  return path.join(out, executables[process.platform as keyof typeof executables]);
}

export interface RunningApp {
  window: Page;
  pages(): Page[];
  output(): string;
  stop(): Promise<void>;
}

/**
 * Launches the packaged app and takes hold of its windows. Its fuses refuse Node's inspector, by which Playwright
 * drives an Electron otherwise; Chromium's own debugging port remains.
 */
export async function launchPackaged(
  executable: string,
  environment: Record<string, string>,
): Promise<RunningApp> {
  const userData = await mkdtemp(path.join(os.tmpdir(), 'qm-release-'));
  const child = spawn(executable, [...sandboxArguments(executable), '--remote-debugging-port=0'], {
    env: { ...withoutOurs(), QM_USER_DATA_DIR: userData, ...environment },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  let browser: Browser | undefined;
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
    await browser?.close().catch(() => undefined);
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the app opened no window: ${output}`)), 30_000);
      child.stderr.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${output}`)));
    });
    // Without Playwright's defaults: an app has no download folder to be set.
    browser = await chromium.connectOverCDP(address, { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error('the app has no session');
    const isOurs = (page: Page) => page.url().startsWith('app://main');
    const window = context.pages().find(isOurs) ?? (await context.waitForEvent('page', isOurs));
    return { window, pages: () => context.pages(), output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs the executable to its end and gives what it said; stopped after a few seconds. */
export async function runOnce(
  executable: string,
  args: string[],
  environment: Record<string, string>,
): Promise<string> {
  const userData = await mkdtemp(path.join(os.tmpdir(), 'qm-release-'));
  const child = spawn(executable, args, {
    env: { ...withoutOurs(), QM_USER_DATA_DIR: userData, ...environment },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 4_000);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  return output;
}

/** What belongs to this test run must not reach the app. */
export function withoutOurs(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(QM_|SUPABASE_|DATABASE_URL|NODE_OPTIONS|ELECTRON_RUN_AS_NODE)/.test(name),
  );
  return Object.fromEntries(kept);
}
