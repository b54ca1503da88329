import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
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
import { untrustedCertificate } from '../fixtures/untrusted-certificate.ts';
import { Staff } from './staff.ts';

/*
 * The first start of an installed app that nobody has told of a server: it asks for the address, says in words what is
 * wrong with each wrong one, connects to the right one, and remembers it.
 */
test.describe.configure({ mode: 'serial' });

/** A launcher that says nothing of servers. */
const noServer = { QM_API_URL: '', QM_AUTH_URL: '', QM_WEB_URL: '', SUPABASE_ANON_KEY: '' };

let services: TestServices;
let named: NamedServer;
let folder: string;
let desktop: LaunchedApp;
const others: Server[] = [];

/** Serves on this machine, and gives the port. */
async function serve(server: Server): Promise<number> {
  others.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  named = await startNamedServer(services);
  folder = await mkdtemp(path.join(os.tmpdir(), 'qm-app-'));
  desktop = await launchApp({ services, environment: noServer, userDataDirectory: folder });
});

test.afterAll(async () => {
  await desktop?.close();
  await named?.stop();
  for (const server of others) server.close();
  await services?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const address = () => desktop.window.getByLabel('Address of the server');
const connect = () => desktop.window.getByRole('button', { name: 'Connect', exact: true });

async function type(typed: string): Promise<void> {
  await address().fill(typed);
  await desktop.window.keyboard.press('Enter');
}

test('it asks for the address and nothing else, with the cursor in the field', async () => {
  await expect(address()).toBeFocused();
  await expect(desktop.window.getByLabel('Password', { exact: true })).toHaveCount(0);
  await desktop.window.keyboard.press('Enter');
  await expect(desktop.window.getByText('Type the address of the server.')).toBeVisible();
});

test('it says what is wrong with an address, and lets the person type another one', async () => {
  test.setTimeout(60_000);
  const { window } = desktop;
  const tls = await serve(createTlsServer(untrustedCertificate, (_request, response) => response.end('{}')));
  const page = await serve(createServer((_request, response) => response.end('<h1>Welcome</h1>')));
  const closed = createServer();
  const nowhere = await serve(closed);
  closed.close();
  const silent = await serve(createServer(() => undefined));
  const wrong = [
    [`https://127.0.0.1:${tls}`, `The encryption of 127.0.0.1:${tls} cannot be trusted`],
    ['http://stock.example.com', 'stock.example.com must be reached by https'],
    [`127.0.0.1:${nowhere}`, `127.0.0.1:${nowhere} does not answer. Check the address`],
    [`127.0.0.1:${page}`, `127.0.0.1:${page} answers, but it is not a Quartermaster server.`],
    ['https://owner:secret@stock.example.com', 'must not contain a user name or password'],
    ['ftp://stock.example.com', 'This is not the address of a server.'],
    ['our server', 'This is not the address of a server.'],
    [`127.0.0.1:${silent}`, `127.0.0.1:${silent} takes too long to answer`],
  ] as const;
  await answerQuestions(desktop.app, ['Connect']);
  for (const [typed, words] of wrong) {
    await type(typed);
    await expect(window.getByText(words), typed).toBeVisible({ timeout: 15_000 });
    await expect(address()).toHaveValue(typed);
  }
  expect(await askedQuestions(desktop.app)).toEqual([]);
});

test('who leaves the question open to choose stays where they were', async () => {
  await answerQuestions(desktop.app, ['Cancel']);
  await type(named.host);
  await expect(desktop.window.getByText('The connection was left as it was.')).toBeVisible();
  await expect(address()).toHaveValue(named.host);
});

test('it shows that it is connecting, asks by the system’s own question, and goes to the sign-in', async () => {
  await answerQuestions(desktop.app, ['Connect']);
  const release = named.hold();
  await type(named.host);
  await expect(connect()).toBeDisabled();
  await expect(desktop.window.getByText('The connection was left as it was.')).toHaveCount(0);
  release();
  const staff = new Staff(desktop.window);
  await expect(staff.button('Sign in')).toBeVisible();
  const [api, auth] = [new URL(services.apiUrl).host, new URL(services.authUrl).host];
  expect(await askedQuestions(desktop.app)).toEqual([
    {
      message: `Connect to ${api}?`,
      detail: `You will be signed out, and sign in through ${auth}.`,
      buttons: ['Cancel', 'Connect'],
    },
  ]);
  await staff.signIn('owner@acme.test', testPassword);
});

test('it remembers the server at the next start', async () => {
  await desktop.close();
  const asked = named.asked;
  desktop = await launchApp({ services, environment: noServer, userDataDirectory: folder });
  await expect(desktop.window.getByText(new URL(services.apiUrl).host)).toBeVisible();
  await new Staff(desktop.window).signIn('owner@acme.test', testPassword);
  expect(named.asked).toBe(asked);
});
