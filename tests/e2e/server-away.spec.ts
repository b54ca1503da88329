import { expect, test } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { staffScreens } from './screens.ts';
import { Visitor } from './visitor.ts';

/* A handheld between two shelves: the server is away for a while, and the app in the browser goes on. */
test.describe.configure({ mode: 'serial' });

let services: TestServices;
let relay: Relay;
let browser: Browser;
/** What came from the server to the page that arrived last. */
let fetched: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  const { hostname, port } = new URL(services.apiUrl);
  relay = await startRelay(hostname, Number(port));
  browser = await launchBrowser();
});

test.afterAll(async () => {
  await browser?.close();
  await relay?.close();
  await services?.stop();
});

async function arrive(): Promise<Visitor> {
  relay.set('pass');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  fetched = [];
  page.on('requestfinished', (request) => fetched.push(request.url()));
  const visitor = new Visitor(page, `http://127.0.0.1:${String(relay.port)}/`);
  await visitor.signIn('owner@acme.test');
  return visitor;
}

test('every screen opens without the server, says what it can’t read, and can be tried again or left', async () => {
  test.setTimeout(240_000);
  const { page } = await arrive();
  const main = page.locator('main');
  // The last of what is fetched ahead.
  await expect
    .poll(() => fetched.some((address) => address.includes('ShipScreen')), { timeout: 30_000 })
    .toBe(true);
  await page.waitForLoadState('networkidle');

  relay.set('refuse');
  const faults: string[] = [];
  for (const screen of staffScreens.filter((one) => one !== '/')) {
    await page.evaluate((to) => {
      document.querySelector('h1')?.setAttribute('data-left', '');
      history.pushState({}, '', to);
    }, screen);
    await expect(page.locator('h1[data-left]'), screen).toHaveCount(0);
    const end = main
      .getByRole('alert')
      .or(main.locator('form input').first())
      .or(main.getByRole('table').first());
    await expect(end.first(), screen).toBeVisible({ timeout: 20_000 });
    const words = await main.innerText();
    if (/This page failed|could not be loaded|not loaded yet/.test(words)) faults.push(`${screen}: ${words}`);
    const alert = main.getByRole('alert');
    if ((await alert.count()) > 0 && (await alert.getByRole('button', { name: 'Try again' }).count()) === 0)
      faults.push(`${screen} can’t be tried again`);
  }
  expect(faults).toEqual([]);

  // A record that can't be read is left by the way back to its list.
  await page.evaluate(() => history.pushState({}, '', '/vendors/019a0000-0000-7000-8000-000000000000'));
  await main.getByRole('link', { name: 'Back to the list' }).click();
  await expect(page).toHaveURL(/\/vendors$/);

  // What is laid over a screen was fetched too.
  await page.locator('h1').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');

  relay.set('pass');
  await expect(page.getByText('No vendors yet')).toBeVisible({ timeout: 20_000 });
  await page.context().close();
});

test('a screen and a palette that were never fetched say so without the server, and open when it is back', async () => {
  const { page } = await arrive();
  await page.route(/\/assets\/(WarehouseList|Palette)-/, (route) => route.abort());
  await page.goto(page.url());
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await page.waitForTimeout(4000);
  relay.set('refuse');
  await page.getByRole('link', { name: 'Warehouses', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'This page is not loaded yet' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByText('That part of the app is not loaded yet')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();

  await page.unroute(/\/assets\/(WarehouseList|Palette)-/);
  relay.set('pass');
  await expect(page.getByRole('heading', { level: 1, name: 'Warehouses' })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.context().close();
});
