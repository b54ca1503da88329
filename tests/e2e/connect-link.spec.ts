import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp } from '../fixtures/electron.ts';
import type { LaunchedApp } from '../fixtures/electron.ts';
import { startNamedServer } from '../fixtures/named-server.ts';
import type { NamedServer } from '../fixtures/named-server.ts';
import { answerQuestions, askedQuestions } from '../fixtures/native-questions.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

/*
 * A link of a mail, `quartermaster://connect?server=…`, while the app runs and at its start: the person is asked, unsaved
 * work is asked about, and a hostile link changes nothing.
 */
test.describe.configure({ mode: 'serial' });

/** A launcher that says nothing of servers. */
const noServer = { QM_API_URL: '', QM_AUTH_URL: '', QM_WEB_URL: '', SUPABASE_ANON_KEY: '' };

let services: TestServices;
/** The server a good link names: the same company at another address. */
let named: NamedServer;
/** Names services that passwords would reach unencrypted. */
let hostile: NamedServer;
let folder: string;
let desktop: LaunchedApp;
let staff: Staff;

const link = (server: string) => `quartermaster://connect?server=${encodeURIComponent(server)}`;
const messages = async () => (await askedQuestions(desktop.app)).map(({ message }) => message);
const question = () => `Connect to ${new URL(services.apiUrl).host}?`;
const unsaved = 'There is unsaved work in this window.';
const asItWas = 'The connection was left as it was.';
const form = () => desktop.window.getByRole('textbox', { name: 'Name', exact: true });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  named = await startNamedServer(services);
  hostile = await startNamedServer(services, { authUrl: 'http://auth.example.com' });
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-app-'));
  const { apiUrl, authUrl, anonKey } = services;
  const connection = { apiUrl, authUrl, anonKey, webUrl: `${apiUrl}/` };
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ connection }));
  desktop = await launchApp({ services, environment: noServer, userDataDirectory: folder });
  staff = new Staff(desktop.window);
  await staff.signIn('owner@acme.test', testPassword);
});

test.afterAll(async () => {
  await desktop?.close();
  await named?.stop();
  await hostile?.stop();
  await services?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function typeHalfAVendor(name: string): Promise<void> {
  await desktop.window.goto('app://main/vendors/new');
  await form().fill(name);
}

test('a hostile link is told in words, changes nothing and never gets as far as the question', async () => {
  const refused = [
    ['http://stock.example.com', 'stock.example.com must be reached by https'],
    ['https://owner:secret@stock.example.com', 'must not contain a user name or password'],
    ['file:///etc/passwd', 'This is not the address of a server.'],
    ['javascript:alert(1)', 'This is not the address of a server.'],
    ['app://main/', 'This is not the address of a server.'],
    [hostile.host, 'auth.example.com must be reached by https'],
    ['127.0.0.1:1', '127.0.0.1:1 does not answer'],
  ] as const;
  for (const [server, words] of refused) {
    await answerQuestions(desktop.app, ['Connect', 'Connect without saving']);
    await desktop.startAgain([link(server)]);
    await expect.poll(messages, server).toEqual([expect.stringContaining(words)]);
  }
  await answerQuestions(desktop.app, ['Connect', 'Connect without saving']);
  const unreadable = [
    'quartermaster://connect',
    'quartermaster://connect?server=',
    'quartermaster://other?server=x',
  ];
  for (const one of [...unreadable, link('a'.repeat(3_000))]) await desktop.startAgain([one]);
  expect(await messages()).toEqual([]);
  await expect(desktop.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('of many links at once one is asked about', async () => {
  await answerQuestions(desktop.app, []);
  const release = named.hold();
  const before = named.asked;
  for (let time = 0; time < 3; time += 1) await desktop.startAgain([link(named.host)]);
  release();
  await expect.poll(messages).toEqual([question(), asItWas]);
  expect(named.asked - before).toBe(1);
});

test('a link to the server that is there already asks nothing', async () => {
  await answerQuestions(desktop.app, ['Connect']);
  await typeHalfAVendor('Half a vendor of Pune');
  await desktop.startAgain([link(new URL(services.apiUrl).host)]);
  await desktop.window.waitForTimeout(1_000);
  expect(await messages()).toEqual([]);
  await expect(form()).toHaveValue('Half a vendor of Pune');
});

test('who keeps editing stays with the server and the form', async () => {
  await answerQuestions(desktop.app, ['Connect', 'Keep editing']);
  await desktop.startAgain([link(named.host)]);
  await expect.poll(messages).toEqual([question(), unsaved, asItWas]);
  await expect(form()).toHaveValue('Half a vendor of Pune');
});

test('who goes on is signed out and signs in at the other server, where the draft is', async () => {
  await answerQuestions(desktop.app, ['Connect', 'Connect without saving']);
  await desktop.startAgain([link(named.host)]);
  await expect(staff.button('Sign in')).toBeVisible();
  expect(await messages()).toEqual([question(), unsaved]);
  await staff.signIn('owner@acme.test', testPassword);
  await desktop.window.goto('app://main/vendors/new');
  await expect(form()).toHaveValue('Half a vendor of Pune');
});

test('a link starts an app that knows no server: it asks, connects and remembers', async () => {
  await desktop.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  // Kept waiting until the questions can be answered.
  const release = named.hold();
  desktop = await launchApp({
    services,
    environment: noServer,
    userDataDirectory: folder,
    args: [link(named.host)],
  });
  await expect(desktop.window.getByLabel('Address of the server')).toBeVisible();
  await answerQuestions(desktop.app, ['Connect']);
  release();
  await expect(new Staff(desktop.window).button('Sign in')).toBeVisible();
  expect(await messages()).toEqual([question()]);
  await desktop.close();
  desktop = await launchApp({ services, environment: noServer, userDataDirectory: folder });
  await expect(new Staff(desktop.window).button('Sign in')).toBeVisible();
});

test('where the launcher or the fleet has said which server, no link changes it', async () => {
  await desktop.close();
  desktop = await launchApp({ services, userDataDirectory: folder });
  await answerQuestions(desktop.app, ['Connect', 'Connect without saving']);
  await desktop.startAgain([link(named.host)]);
  await expect
    .poll(messages)
    .toEqual(['The connection was set when Quartermaster was started and cannot be changed here.']);
});
