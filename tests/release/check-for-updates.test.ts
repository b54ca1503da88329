import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { launchApp } from '../fixtures/electron.ts';
import type { LaunchedApp } from '../fixtures/electron.ts';
import { answerQuestions, askedQuestions } from '../fixtures/native-questions.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from '../e2e/staff.ts';
import { publishVersions } from './published-versions.ts';
import type { PublishedVersions } from './published-versions.ts';

/* What a person is told who presses "Check for updates" in the menu of a packaged app, and at a door that wants a newer one. */
test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'what is installed beside is installed on Linux');

const base = mkdtempSync(path.join(os.tmpdir(), 'qm-check-for-updates-'));
const userDataDirectory = path.join(base, 'data');
let versions: PublishedVersions;
let services: TestServices;
let executable: string;
let desktop: LaunchedApp;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  versions = await publishVersions(base);
  executable = versions.image('1.0.0');
  await letTestsIn();
  services = await startTestServices({ tenants: ['acme'] });
  await start();
});

test.afterAll(async () => {
  await desktop?.close();
  await services?.stop();
  await versions?.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

const program = () => path.join(base, 'unpacked', '1.0.0', 'quartermaster');

/** The menu and the system's questions can be reached through Node's inspector only: of all fuses this one is opened. */
async function letTestsIn(): Promise<void> {
  const own = `${program()}.own`;
  copyFileSync(program(), own);
  renameSync(own, program());
  await flipFuses(program(), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function start(at: TestServices = services, file = executable): Promise<void> {
  desktop = await launchApp({ services: at, executable: file, userDataDirectory });
}

async function pressCheckForUpdates(): Promise<void> {
  await answerQuestions(desktop.app, ['OK']);
  await desktop.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    const item = items.find(({ label }) => label === 'Check for updates');
    if (!item) throw new Error('The menu has no such item.');
    (item.click as () => void)();
  });
}

const messages = async () => (await askedQuestions(desktop.app)).map(({ message }) => message);
const offer = () => desktop.window.getByRole('button', { name: 'Restart and update' });

/** From the third day after today on, by the clock of India. */
async function putOff(until: { weekday: number; hour: number } | null): Promise<void> {
  const owner = await services.signIn('owner@acme.test');
  const { data } = await services.call<{ version: number }>('settings.get', undefined, owner);
  const { error } = await services.call(
    'settings.update',
    { version: data.version, updateDeferral: until },
    owner,
  );
  expect(error).toBeUndefined();
}

test('nothing newer: it says so, with the version that runs', async () => {
  await pressCheckForUpdates();
  await expect.poll(messages).toEqual(['There is no newer version. This is 1.0.0.']);
});

test('a feed that is away is no newest version', async () => {
  versions.feed.attack('metadata/timestamp.json', (_request, response) => response.writeHead(503).end());
  await pressCheckForUpdates();
  await expect
    .poll(messages)
    .toEqual(['New versions could not be looked for. Check that this computer is on its network.']);
  versions.feed.attack('metadata/timestamp.json', undefined);
});

test('a version that administrators put off is here, is not offered, and who asks is told from when on', async () => {
  const inThreeDays = new Date(Date.now() + 3 * 24 * 60 * 60_000);
  const day = new Intl.DateTimeFormat('en-IN', { weekday: 'long', timeZone: 'Asia/Kolkata' }).format(
    inThreeDays,
  );
  const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  await putOff({ weekday: weekdays.indexOf(day), hour: 12 });
  await new Staff(desktop.window).signIn('owner@acme.test', testPassword);
  versions.publish('2.0.0', versions.image('2.0.0'), 0);
  await pressCheckForUpdates();
  await expect
    .poll(messages, { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^Version 2\.0\.0 is here\. Your administrators have decided/)]);
  await expect(offer()).toHaveCount(0);
});

test('nobody puts it off any more: it is offered in the window, also to who is in no share and asks', async () => {
  await putOff(null);
  await desktop.window.reload();
  await expect(desktop.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await pressCheckForUpdates();
  await expect(offer()).toBeVisible({ timeout: 30_000 });
  expect(await messages()).toEqual([]);
});

test('a server that works with newer versions only says so at the door, where the updater works', async () => {
  await desktop.close();
  const newer = await startTestServices({ tenants: ['acme'], environment: { QM_LOWEST_CLIENT: '2.0.0' } });
  try {
    await start(newer);
    await expect(desktop.window.getByText(/The server works with version 2\.0\.0 or newer/)).toBeVisible();
    await expect(desktop.window.getByLabel('Password', { exact: true })).toHaveCount(0);
    await expect(offer()).toBeVisible({ timeout: 30_000 });
    versions.command('release-halt', '--version=2.0.0');
    await desktop.window.reload();
    await expect(desktop.window.getByText(/No update was found/)).toBeVisible({ timeout: 30_000 });
    versions.command('release-halt', '--version=2.0.0', '--undo');
    await desktop.window.getByRole('button', { name: 'Look again' }).click();
    await expect(offer()).toBeVisible({ timeout: 30_000 });
  } finally {
    await desktop.close();
    await newer.stop();
  }
});

test('what a package manager installed says that it is the one that brings new versions', async () => {
  // What electron-builder leaves beside the app in a deb.
  writeFileSync(path.join(path.dirname(program()), 'resources', 'package-type'), 'deb');
  const asked = versions.feed.asked.length;
  await start(services, program());
  await pressCheckForUpdates();
  await expect
    .poll(messages)
    .toEqual(['The package manager of this computer brings new versions of Quartermaster.']);
  expect(versions.feed.asked).toHaveLength(asked);
});
