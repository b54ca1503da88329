import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

/* From when on a company's people are offered new versions: its administrators choose a day and an hour in a browser. */
test.describe.configure({ mode: 'serial' });

let services: TestServices;
let browser: Browser;
let page: Page;
let staff: Staff;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${services.apiUrl}/`);
  staff = new Staff(page);
});

test.afterAll(async () => {
  await browser?.close();
  await services?.stop();
});

const day = () => page.getByRole('combobox', { name: 'New versions are offered from' });
const hour = () => page.getByRole('combobox', { name: 'Hour', exact: true });

async function openSettings(): Promise<void> {
  await page.goto(`${services.apiUrl}/settings`);
  await expect(staff.heading('Settings')).toBeVisible();
}

/** What the app of anybody in the company is told. */
async function told(): Promise<unknown> {
  const token = await services.signIn('owner@acme.test');
  const { data } = await services.call<{ settings: { updateDeferral: unknown } | null }>(
    'auth.me',
    {},
    token,
  );
  return data.settings?.updateDeferral;
}

test('at first nobody waits, and the hour can’t be chosen without a day', async () => {
  await staff.signIn('owner@acme.test', testPassword);
  await openSettings();
  await expect(day()).toHaveValue('At once');
  await expect(hour()).toBeDisabled();
  expect(await told()).toBeNull();
});

test('a day and an hour are chosen by keyboard, saved, and there at the next visit', async () => {
  await day().click();
  await day().fill('Sun');
  await page.keyboard.press('Enter');
  await expect(day()).toHaveValue('Sunday');
  await expect(hour()).toHaveValue('06:00');
  await hour().click();
  await hour().fill('22');
  await page.keyboard.press('Enter');
  await expect(hour()).toHaveValue('22:00');
  await staff.button('Save settings').click();
  await expect(page.getByText('Settings saved')).toBeVisible();
  await openSettings();
  await expect(day()).toHaveValue('Sunday');
  await expect(hour()).toHaveValue('22:00');
  expect(await told()).toEqual({ weekday: 0, hour: 22, timeZone: 'Asia/Kolkata' });
});

test('who may not decide it reads it', async () => {
  await staff.signInAs(await services.addPerson('acme', ['viewer'], ['settings:read']));
  await openSettings();
  await expect(page.getByText('Sunday, 22:00')).toBeVisible();
  await expect(day()).toHaveCount(0);
});

test('and nobody waits any more when it is taken back', async () => {
  await staff.signInAs('owner@acme.test');
  await openSettings();
  await day().click();
  await day().fill('At once');
  await page.keyboard.press('Enter');
  await expect(hour()).toBeDisabled();
  await staff.button('Save settings').click();
  await expect(page.getByText('Settings saved')).toBeVisible();
  expect(await told()).toBeNull();
});
