import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { launchApp } from '../fixtures/electron.ts';
import type { LaunchedApp } from '../fixtures/electron.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

test.describe.configure({ mode: 'serial' });

let services: TestServices;
let desktop: LaunchedApp;
let staff: Staff;
let admin: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  await services.addOperator('operator@quartermaster.test');
  desktop = await launchApp({ services });
  staff = new Staff(desktop.window);
});

test.afterAll(async () => {
  await desktop?.close();
  await services?.stop();
});

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
  const opened = desktop.app.waitForEvent('window');
  await desktop.window.getByRole('button', { name: /account and appearance/ }).click();
  await desktop.window.getByRole('menuitem', { name: 'Platform administration' }).click();
  admin = await opened;
  await expect(admin.getByRole('heading', { level: 1, name: 'Organisations' })).toBeVisible();
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

  await staff.signInAs('owner@initech.test', 'a long first password');
  await expect(desktop.window.getByText('Initech Stores').first()).toBeVisible();
  // Whoever signs out of the app does not leave the operators' window behind.
  await expect.poll(() => desktop.app.windows().length).toBe(1);
});
