import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { DesktopBridge } from '../../electron/ipc/contract.ts';
import { serveFeed } from '../../electron/releases/testing/loopback-feed.ts';
import type { LoopbackFeed } from '../../electron/releases/testing/loopback-feed.ts';
import { isInShare } from '../../electron/releases/following/rollout.ts';
import { sandboxArguments } from '../../server/cli/bootstrap/electron-binary.mjs';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { publishVersions, startInstalled } from './published-versions.ts';
import type { PublishedVersions } from './published-versions.ts';

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'what is installed beside is installed on Linux');

const base = mkdtempSync(path.join(os.tmpdir(), 'qm-two-versions-'));
const at = (...names: string[]) => path.join(base, ...names);
const installed = at('Applications', 'Quartermaster.AppImage');
const userData = at('data');
const memory = () =>
  existsSync(at('data', 'updates', 'memory.json'))
    ? (JSON.parse(readFileSync(at('data', 'updates', 'memory.json'), 'utf8')) as {
        failed: string[];
        trial: { version: string } | null;
      })
    : undefined;
let versions: PublishedVersions;
let evil: LoopbackFeed;
let services: TestServices;
let port: number;
let browser: Browser | undefined;

/** A number of an installation that 10 % of 2.0.0 do not reach. */
const installationNumber = Array.from(
  { length: 100 },
  (_, number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
).find((number) => !isInShare({ percent: 10, salt: '2.0.0' }, number));

test.beforeAll(async () => {
  test.setTimeout(300_000);
  versions = await publishVersions(base);
  mkdirSync(at('evil'), { recursive: true });
  evil = await serveFeed(at('evil'));
  services = await startTestServices({ tenants: ['acme'] });
  port = await freePort();
  mkdirSync(path.dirname(installed), { recursive: true });
  cpSync(versions.image('1.0.0'), installed);
  mkdirSync(userData, { recursive: true });
  writeFileSync(at('data', 'settings.json'), JSON.stringify({ installationNumber }));
});

test.afterAll(async () => {
  await browser?.close().catch(() => undefined);
  // Everything that was started by or for this installation has its folder in the environment.
  endAll();
  await services?.stop();
  await versions?.stop();
  await evil?.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

function start(): void {
  const args = [...sandboxArguments(installed), ...rootArguments(), `--remote-debugging-port=${port}`];
  startInstalled(installed, args, {
    QM_USER_DATA_DIR: userData,
    QM_API_URL: services.apiUrl,
    QM_AUTH_URL: services.authUrl,
    QM_WEB_URL: `${services.apiUrl}/`,
    SUPABASE_ANON_KEY: services.anonKey,
    // Nobody who can set a variable chooses what gets installed.
    QM_UPDATE_URL: evil.address,
    QM_BUILT_UPDATE_URL: evil.address,
  });
}

const rootArguments = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** Takes hold of the windows of the version that runs now. */
async function pages(count = 1): Promise<Page[]> {
  const open = () =>
    browser?.isConnected()
      ? browser
          .contexts()
          .flatMap((context) => context.pages().filter((page) => page.url().startsWith('app://main')))
      : [];
  await expect
    .poll(
      async () => {
        if (!browser?.isConnected())
          browser = await chromium
            .connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true, timeout: 5_000 })
            .catch(() => undefined);
        return open().length;
      },
      { timeout: 60_000 },
    )
    .toBe(count);
  return open();
}

const bridgeOf = (page: Page) =>
  page.evaluateHandle<DesktopBridge>(() => Reflect.get(window, 'quartermaster') as DesktopBridge);
const versionOf = async (page: Page) =>
  (await bridgeOf(page)).evaluate(async (shell) => (await shell.app.getVersion()).app);

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(services.tenants.acme?.ownerEmail ?? '');
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

let window: Page;
const packagesAsked = () => versions.feed.asked.filter((name) => name.startsWith('targets/')).length;

test('version 1 is installed and used; a form is half typed', async () => {
  start();
  [window] = (await pages()) as [Page];
  expect(await versionOf(window)).toBe('1.0.0');
  await signIn(window);
  await window.goto('app://main/vendors/new');
  await signInWhereAsked(window);
  await window.getByRole('textbox', { name: 'Name', exact: true }).fill('Half a vendor of Nagpur');
});

test('version 2 for a tenth is not this installation’s, and is fetched by nobody else', async () => {
  test.setTimeout(120_000);
  versions.publish('2.0.0', versions.image('2.0.0'), 10);
  const asked = () => versions.feed.asked.filter((name) => name === 'metadata/timestamp.json').length;
  const before = asked();
  // The background's own look.
  await expect.poll(asked, { timeout: 40_000 }).toBeGreaterThan(before);
  await window.waitForTimeout(1_000);
  expect(packagesAsked()).toBe(0);
  expect(evil.asked).toEqual([]);
});

test('version 2 for all is fetched while the form is typed, and offered only when it is left', async () => {
  versions.command('release-promote', '--version=2.0.0', '--percent=100');
  await (await bridgeOf(window)).evaluate((shell) => shell.app.checkForUpdates(false));
  expect(packagesAsked()).toBe(1);
  await window.waitForTimeout(500);
  await expect(window.getByRole('button', { name: 'Restart and update' })).toHaveCount(0);
  await window.getByRole('link', { name: 'Products', exact: true }).first().click();
  await expect(window.getByRole('button', { name: 'Restart and update' })).toBeVisible();
});

test('version 2 takes over: the same windows are open, and what was typed is in the form', async () => {
  test.setTimeout(120_000);
  await (await bridgeOf(window)).evaluate((shell) => shell.windows.openInNewWindow('/vendors'));
  // The window in front, which is the newest: one behind it draws nothing and takes no press.
  [window] = (await pages(2)).filter((page) => page.url().includes('/vendors')) as [Page];
  await window.getByRole('button', { name: 'Restart and update' }).click();
  await expect.poll(() => memory()?.trial?.version, { timeout: 30_000 }).toBe('2.0.0');
  await expect.poll(() => memory()?.trial, { timeout: 60_000 }).toBeNull();
  const found = await pages(2);
  expect(await Promise.all(found.map(versionOf))).toEqual(['2.0.0', '2.0.0']);
  expect(found.map((page) => new URL(page.url()).pathname).sort()).toEqual(['/products', '/vendors']);
  expect(readFileSync(installed, 'utf8')).toContain(`/2.0.0/`);
  [window] = found.filter((page) => page.url().includes('/vendors')) as [Page];
  await found.find((page) => page !== window)?.close();
  await signInWhereAsked(window);
  await window.goto('app://main/vendors/new');
  await signInWhereAsked(window);
  await expect(window.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
    'Half a vendor of Nagpur',
  );
});

test('a broken version 3 comes back to 2 by itself, says so, and is not offered again', async () => {
  test.setTimeout(180_000);
  versions.publish('3.0.0', versions.image('3.0.0', 'broken'), 100);
  await window.goto('app://main/products');
  await signInWhereAsked(window);
  await (await bridgeOf(window)).evaluate((shell) => shell.app.checkForUpdates(false));
  await window.getByRole('button', { name: 'Restart and update' }).click();
  await expect.poll(() => memory()?.failed, { timeout: 90_000 }).toEqual(['3.0.0']);
  [window] = (await pages()) as [Page];
  expect(await versionOf(window)).toBe('2.0.0');
  expect(readFileSync(installed, 'utf8')).toContain(`/2.0.0/`);
  await signInWhereAsked(window);
  await expect(window.getByText(/Version 3\.0\.0 did not start/)).toBeVisible();
  const before = packagesAsked();
  await (await bridgeOf(window)).evaluate((shell) => shell.app.checkForUpdates(false));
  await expect(window.getByRole('button', { name: 'Restart and update' })).toHaveCount(0);
  expect(packagesAsked()).toBe(before);
});

/** Without a keyring tokens stay in memory: then the person signs in again, where they were. */
async function signInWhereAsked(page: Page): Promise<void> {
  const form = page.getByRole('button', { name: 'Sign in', exact: true });
  const inside = page.getByRole('navigation').first();
  await expect(form.or(inside).first()).toBeVisible();
  if (await form.isVisible()) await signIn(page);
}

function endAll(): void {
  const mine = execFileSync('sh', [
    '-c',
    `grep -lz '^QM_USER_DATA_DIR=${userData}$' /proc/[0-9]*/environ 2>/dev/null || true`,
  ])
    .toString()
    .split('\n')
    .flatMap((file) => /^\/proc\/(\d+)\//.exec(file)?.[1] ?? []);
  for (const pid of mine) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: found } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return found;
}
