import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { DesktopBridge } from '../../electron/ipc/contract.ts';
import { sandboxArguments } from '../../server/cli/bootstrap/electron-binary.mjs';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { launchPackaged, packApp, runOnce } from './packaged-app.ts';
import type { RunningApp } from './packaged-app.ts';

test.describe.configure({ mode: 'serial' });

let out: string;
let executable: string;
let services: TestServices;
let app: RunningApp;

/** What the preload gave a page. */
const bridgeOf = (page: Page) =>
  page.evaluateHandle<DesktopBridge>(() => Reflect.get(window, 'quartermaster') as DesktopBridge);

test.beforeAll(async () => {
  test.setTimeout(300_000);
  out = await mkdtemp(path.join(os.tmpdir(), 'qm-package-'));
  executable = await packApp(out);
  services = await startTestServices({ tenants: ['acme'] });
  app = await launchPackaged(executable, {
    QM_API_URL: services.apiUrl,
    QM_AUTH_URL: services.authUrl,
    QM_WEB_URL: `${services.apiUrl}/`,
    SUPABASE_ANON_KEY: services.anonKey,
  });
});

test.afterAll(async () => {
  await app?.stop();
  await services?.stop();
  if (out) await rm(out, { recursive: true, force: true, maxRetries: 5 });
});

test('the package holds the bundle and nothing else of the repository', async () => {
  const resources =
    process.platform === 'darwin'
      ? path.resolve(path.dirname(executable), '../Resources')
      : path.join(path.dirname(executable), 'resources');
  const archive = path.join(resources, 'app.asar');
  const asar = path.resolve(import.meta.dirname, '../../node_modules/@electron/asar/bin/asar.js');
  const listed = execFileSync(process.execPath, [asar, 'list', archive], { encoding: 'utf8' }).split('\n');
  const top = new Set(listed.filter(Boolean).map((entry) => entry.replaceAll('\\', '/').split('/')[1]));
  expect([...top].sort()).toEqual(['out', 'package.json']);
  expect((await stat(archive)).size).toBeLessThan(20 * 1024 * 1024);
  expect(await readdir(resources)).not.toContain('app');
});

test('its fuses let it run as nothing but the app', async () => {
  const wire = await getCurrentFuseWire(executable);
  const on = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse])) === '1';
  expect(on(FuseV1Options.RunAsNode)).toBe(false);
  expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
  expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
  expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
  expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
  expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);

  const script = ['-e', 'process.stdout.write("ran as " + "node")'];
  const switches = [...sandboxArguments(executable)];
  expect(await runOnce(executable, [...switches, ...script], { ELECTRON_RUN_AS_NODE: '1' })).not.toContain(
    'ran as node',
  );
  expect(await runOnce(executable, [...switches, '--inspect=0'], {})).not.toContain('Debugger listening');
});

test('it opens on the sign-in form', async () => {
  await expect(app.window.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(app.window.getByLabel('E-mail')).toBeFocused();
});

test('its pages have no Node, and only the named methods of the bridge', async () => {
  const seen = await app.window.evaluate(() => ({
    node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
    bridge: Object.keys(Reflect.get(window, 'quartermaster') as object).sort(),
  }));
  expect(seen.node).toEqual(['undefined', 'undefined']);
  expect(seen.bridge).toEqual([
    'app',
    'auth',
    'findConnection',
    'getConnection',
    'language',
    'setConnection',
    'theme',
    'windows',
    'zoom',
  ]);
});

test('its pages run no code made from text', async () => {
  // Code that a debugger evaluates is exempt from the policy; what runs later in a timer is not.
  const outcome = await app.window.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        setTimeout(() => {
          try {
            // Run on purpose: the policy must refuse it.
            resolve(`it ran and gave ${String(window.eval('1 + 1'))}`);
          } catch {
            // The violation event says which rule it was.
          }
        });
      }),
  );
  expect(outcome).toBe('script-src');
});

test('its pages reach their services and nothing else', async () => {
  const reach = (address: string) =>
    app.window.evaluate(
      (url) =>
        fetch(url).then(
          (response) => response.status,
          () => 'refused',
        ),
      address,
    );
  expect(await reach(`${services.apiUrl}/api/health`)).toBe(200);
  expect(await reach('https://example.com/')).toBe('refused');
  expect(await reach('file:///etc/passwd')).toBe('refused');
  expect(await reach('app://admin/assets/x.js')).toBe('refused');
  expect(await reach('app://main/assets/..%2f..%2f..%2fpackage.json')).toBe(404);
  expect(await reach('app://main/admin/index.html')).toBe(404);
});

test('calls with wrong arguments are refused without a word about the inside', async () => {
  const bridge = await bridgeOf(app.window);
  const refusals = await bridge.evaluate(async (shell) => {
    const said = (call: Promise<unknown>) => call.then(String, (error: unknown) => (error as Error).message);
    return Promise.all([
      said(shell.auth.signIn(5 as unknown as string, 'x')),
      said(shell.windows.openInNewWindow('https://example.com/')),
      said(shell.zoom.set(1000)),
      said(shell.setConnection(await shell.getConnection())),
      said(shell.windows.openAdmin()),
    ]);
  });
  expect(refusals).toEqual([
    'The values given are not valid.',
    'The values given are not valid.',
    'The values given are not valid.',
    'The connection was set when Quartermaster was started and cannot be changed here.',
    'Please sign in to open the administration.',
  ]);
});

test('a person signs in', async () => {
  const { window } = app;
  await window.getByLabel('E-mail').fill(services.tenants.acme?.ownerEmail ?? '');
  await window.getByLabel('Password', { exact: true }).fill(testPassword);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(window.getByRole('navigation').first()).toBeVisible();
  const session = await (await bridgeOf(window)).evaluate((shell) => shell.auth.getSession());
  expect(session?.user.email).toBe(services.tenants.acme?.ownerEmail);
  // The refresh token stays in the main process: not in the answer, not in the page's storage.
  const kept = await window.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(`${kept}${JSON.stringify(session)}`).not.toMatch(/refresh/i);
});

test('the administration is for operators only, and ends with the session', async () => {
  const bridge = await bridgeOf(app.window);
  const refused = await bridge.evaluate((shell) =>
    shell.windows.openAdmin().then(String, (error: unknown) => (error as Error).message),
  );
  expect(refused).toBe('The administration is for platform operators only.');

  const operator = await services.addOperator();
  await bridge.evaluate((shell) => shell.auth.signOut('local'));
  const signedIn = await bridge.evaluate((shell, { email, password }) => shell.auth.signIn(email, password), {
    email: operator,
    password: testPassword,
  });
  expect(signedIn.ok).toBe(true);
  const session = await bridge.evaluate((shell) => shell.auth.getSession());
  await services.call('auth.openSession', {}, session?.accessToken);
  await bridge.evaluate((shell) => shell.windows.openAdmin());
  const admin = () => app.pages().filter((page) => page.url().startsWith('app://admin/'));
  await expect.poll(() => admin().length).toBe(1);
  const names = await admin()[0]?.evaluate(() =>
    Object.keys((Reflect.get(window, 'quartermaster') as DesktopBridge).auth).sort(),
  );
  expect(names).toEqual(['getSession', 'onChange']);

  await bridge.evaluate((shell) => shell.auth.signOut('local'));
  await expect.poll(() => admin().length).toBe(0);
});

// Last: Playwright waits for the navigations that were refused before it acts on the page again.
test('it stays on its page, and opens no window for others', async () => {
  const before = app.pages().length;
  for (const address of ['https://example.com/', 'app://admin/', 'file:///etc/passwd']) {
    await app.window.evaluate((url) => {
      window.open(url);
      location.href = url;
    }, address);
    await app.window.waitForTimeout(300);
    expect(new URL(app.window.url()).host).toBe('main');
  }
  expect(app.pages()).toHaveLength(before);
});
