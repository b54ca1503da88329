import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { DesktopBridge } from '../../electron/ipc/contract.ts';
import { launchApp } from '../fixtures/electron.ts';
import type { LaunchedApp } from '../fixtures/electron.ts';
import { startCluster } from '../fixtures/postgres.ts';
import type { TestCluster } from '../fixtures/postgres.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

test.describe.configure({ mode: 'serial' });

let services: TestServices;
let desktop: LaunchedApp;
let staff: Staff;
let admin: Page;
let secondServer: TestCluster;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  await services.addOperator('operator@quartermaster.test');
  secondServer = await startCluster();
  await services.tenancy.clusters.put('east', secondServer.url());
  desktop = await launchApp({ services });
  staff = new Staff(desktop.window);
});

test.afterAll(async () => {
  await desktop?.close();
  await services?.stop();
  await secondServer?.stop();
});

/** Opens the operators' window from the staff window's menu. */
async function openAdministration(): Promise<Page> {
  const opened = desktop.app.waitForEvent('window');
  await desktop.window.getByRole('button', { name: /account and appearance/ }).click();
  await desktop.window.getByRole('menuitem', { name: 'Platform administration' }).click();
  const window = await opened;
  await expect(window.getByRole('heading', { level: 1, name: 'Organisations' })).toBeVisible();
  return window;
}

test('the owner of an organisation is not offered the platform, and the shell refuses to open it', async () => {
  await staff.signIn('owner@acme.test', testPassword);
  await desktop.window.getByRole('button', { name: /account and appearance/ }).click();
  await expect(desktop.window.getByRole('menuitem', { name: 'Platform administration' })).toHaveCount(0);
  await desktop.window.keyboard.press('Escape');
  const refused = await desktop.window.evaluate(async () => {
    const { quartermaster } = window as unknown as {
      quartermaster: { windows: { openAdmin(): Promise<void> } };
    };
    return quartermaster.windows.openAdmin().then(
      () => 'opened',
      () => 'refused',
    );
  });
  expect(refused).toBe('refused');
  expect(desktop.app.windows()).toHaveLength(1);
});

test('the operator opens a window of their own and sees the organisations with their health and version', async () => {
  await staff.signOut();
  await staff.signIn('operator@quartermaster.test', testPassword);
  admin = await openAdministration();
  await expect(admin.getByRole('row', { name: /acme/ })).toBeVisible();
});

test('the operator sets an organisation up, sees each step done, and its owner signs in', async () => {
  await admin.getByRole('link', { name: 'Set up an organisation' }).first().click();
  const fields = admin.locator('form');
  await fields.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Initech Stores');
  await expect(fields.getByRole('textbox', { name: 'Short name', exact: true })).toHaveValue(
    'initech-stores',
  );
  await fields.getByRole('textbox', { name: 'Name', exact: true }).last().fill('Meera Iyer');
  await fields.getByRole('textbox', { name: 'E-mail', exact: true }).fill('owner@initech.test');
  await fields.getByRole('textbox', { name: 'First password', exact: true }).fill('a long first password');
  await admin.getByRole('button', { name: 'Set it up', exact: true }).click();
  await expect(admin.getByText('Active', { exact: true }).first()).toBeVisible({ timeout: 30_000 });

  await staff.signOut();
  await staff.signInFirst('owner@initech.test', 'a long first password', 'a password of their own');
  await expect(desktop.window.getByText('Initech Stores').first()).toBeVisible();
  // Signing out of the app doesn't leave the operators' window behind.
  await expect.poll(() => desktop.app.windows().length).toBe(1);
});

test('the operator moves an organisation to another server and sees what it took, while its people work on', async () => {
  const { acme } = services.tenants;
  if (!acme) throw new Error('acme was not set up');
  const token = await services.signIn(acme.ownerEmail);
  const create = (code: string) =>
    services.call('vendors.create', { code, name: `Vendor ${code}` }, token, randomUUID());
  expect((await create('BEFORE')).error).toBeUndefined();

  await staff.signInAs('operator@quartermaster.test', testPassword);
  admin = await openAdministration();
  await admin.getByRole('navigation', { name: 'Platform' }).getByRole('link', { name: 'Clusters' }).click();
  await expect(admin.getByRole('row', { name: /^east .*Healthy/ })).toBeVisible();
  await expect(admin.getByRole('row', { name: /^main .*Healthy/ })).toBeVisible();

  await admin
    .getByRole('navigation', { name: 'Platform' })
    .getByRole('link', { name: 'Organisations' })
    .click();
  await admin.getByRole('link', { name: /^acme/ }).click();
  await admin.getByRole('button', { name: 'Move', exact: true }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Move to east' }).click();
  await expect(admin.getByText('Moving to east')).toBeVisible();
  for (let sent = 0; ; sent += 1) {
    expect((await create(`DURING-${String(sent)}`)).error, 'a change during the move').toBeUndefined();
    if ((await services.tenancy.records.byId(acme.id))?.cluster === 'east') break;
  }
  expect((await create('AFTER')).error).toBeUndefined();

  const moves = admin.getByRole('region', { name: 'Moves', exact: true });
  await expect(moves.getByText('From main to east')).toBeVisible({ timeout: 30_000 });
  await expect(moves.getByText(/rows; changes waited [\d.]+ m?s; took/)).toBeVisible();
  await expect(
    admin.getByRole('region', { name: 'Facts' }).getByRole('link', { name: 'east' }),
  ).toBeVisible();
  for (const code of ['BEFORE', 'DURING-0', 'AFTER']) {
    const found = await services.call<{ items: unknown[] }>('vendors.list', { search: code }, token);
    expect(found.data?.items).toHaveLength(1);
  }
});

test('the operator signs a whole organisation out, and its people are asked to sign in again', async () => {
  const elsewhere = await launchApp({ services });
  try {
    const owner = new Staff(elsewhere.window);
    await owner.signIn('owner@initech.test', 'a password of their own');
    await owner.open('Vendors');

    await admin.getByRole('navigation', { name: 'Platform' }).getByRole('link', { name: 'Sessions' }).click();
    await expect(admin.getByRole('row', { name: /owner@initech.test .*Open/ })).toBeVisible();
    await admin.getByRole('combobox', { name: 'Organisation' }).click();
    await admin.getByRole('option', { name: 'Initech Stores' }).click();
    await admin.getByRole('button', { name: 'Sign everyone out' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel(/Reason/).fill('a drill');
    await dialog.getByRole('button', { name: 'Sign everyone out' }).click();
    await expect(admin.getByText('No session matches')).toBeVisible();

    await owner.window
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Products' })
      .click();
    await expect(owner.button('Sign in')).toBeVisible();
    await expect(owner.window.getByText(/session was ended/i)).toBeVisible();
  } finally {
    await elsewhere.close();
  }

  await admin
    .getByRole('navigation', { name: 'Platform' })
    .getByRole('link', { name: 'Audit trail' })
    .click();
  await expect(
    admin.getByRole('row', { name: /Everyone signed out .*operator@quartermaster\.test .*a drill/ }),
  ).toBeVisible();
});

test('the app’s menu and the operators’ window speak the language chosen in the staff window, after a restart too', async () => {
  const userDataDirectory = await mkdtemp(path.join(os.tmpdir(), 'qm-hindi-'));
  const menus = ({ app }: LaunchedApp) =>
    app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
  const askForAdministration = ({ window }: LaunchedApp) =>
    window.evaluate(() => {
      const { quartermaster } = globalThis as unknown as { quartermaster: DesktopBridge };
      return quartermaster.windows.openAdmin().catch((error: unknown) => String(error));
    });

  const first = await launchApp({ services, userDataDirectory });
  try {
    expect(await menus(first)).toContain('&Edit');
    await first.window.getByText('हिन्दी').click();
    await expect(first.window.locator('html')).toHaveAttribute('lang', 'hi');
    expect(await menus(first)).toContain('एडिट(&E)');
    expect(await askForAdministration(first)).toContain('एडमिनिस्ट्रेशन खोलने के लिए साइन इन करें');
  } finally {
    await first.close();
  }
  const second = await launchApp({ services, userDataDirectory });
  try {
    await expect(second.window.locator('html')).toHaveAttribute('lang', 'hi');
    expect(await menus(second)).toContain('एडिट(&E)');
    await second.window.getByLabel('ई-मेल').fill('operator@quartermaster.test');
    await second.window.getByLabel('पासवर्ड', { exact: true }).fill(testPassword);
    await second.window.keyboard.press('Enter');
    await expect(second.window.getByRole('navigation', { name: 'मुख्य' })).toBeVisible();
    const [administration] = await Promise.all([
      second.app.waitForEvent('window'),
      askForAdministration(second),
    ]);
    await expect(administration.locator('html')).toHaveAttribute('lang', 'hi');
  } finally {
    await second.close();
    await rm(userDataDirectory, { recursive: true, force: true, maxRetries: 5 });
  }
});
