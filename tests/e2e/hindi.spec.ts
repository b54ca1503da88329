import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startProduct } from '../fixtures/product.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { cutOff } from './cut-off.ts';
import { staffScreens } from './screens.ts';
import { demoPassword } from './staff.ts';

/* The product in Hindi, from the door to every screen: the words are Hindi, and they fit. */
test.describe.configure({ mode: 'serial' });

let product: StartedProduct;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await startProduct();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
});
test.afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const records = [
  'vendors',
  'customers',
  'products',
  'purchase-orders',
  'sales-orders',
  'warehouses',
  'employees',
];
const screens = [...staffScreens, ...records.map((list) => `/${list}/FIRST`)];

/** English sentences of the catalogue that Hindi says otherwise. */
const english = [
  ...readFileSync(path.resolve(import.meta.dirname, '../../renderer/words/hi.po'), 'utf8').matchAll(
    /^msgid "(.+)"\nmsgstr "(.+)"$/gm,
  ),
]
  .filter(([, source, hindi]) => source !== hindi && !source?.includes('{') && !source?.includes('<'))
  .map(([, source = '']) => source.replaceAll('\\"', '"'));

/** Words of the catalogue that the demo company happens to use for a category, a property and a department. */
const ofTheCompany = new Set(['Services', 'Size', 'Sales', 'Warehouse', 'Purchasing', 'Buyer']);

/** In the page: every text and every name that a reader or a screen reader meets. */
function wordsThere(): string[] {
  const found = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (owner && !owner.closest('script, style, noscript') && node.textContent?.trim())
      found.add(node.textContent.trim());
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const value = element.getAttribute(name)?.trim();
      if (value) found.add(value);
    }
  return [...found];
}

async function open(screen: string): Promise<void> {
  if (screen.endsWith('/FIRST')) {
    const list = screen.replace('/FIRST', '');
    await page.goto(new URL(list, product.webUrl).href);
    const record = page.locator(`a[href*="${list}/"]:not([href$="/new"])`).first();
    await page.goto(new URL((await record.getAttribute('href')) ?? '', product.webUrl).href);
  } else await page.goto(new URL(screen, product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

test('the door speaks Hindi once it is asked to, and keeps what the person chose on every computer', async () => {
  await page.goto(product.webUrl);
  await page.getByText('हिन्दी').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'hi');
  await page.getByLabel('ई-मेल').fill('owner@acme.test');
  await page.getByLabel('पासवर्ड', { exact: true }).fill(demoPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'एक नज़र' })).toBeVisible();
  await page.waitForLoadState('networkidle');

  // Another computer that was never asked, and speaks English by itself.
  const other = await browser.newContext({ locale: 'en-GB' });
  const elsewhere = await other.newPage();
  await elsewhere.goto(product.webUrl);
  await elsewhere.getByLabel('E-mail').fill('owner@acme.test');
  await elsewhere.getByLabel('Password', { exact: true }).fill(demoPassword);
  await elsewhere.keyboard.press('Enter');
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'एक नज़र' })).toBeVisible();
  await other.close();
});

test('a system in Hindi is met in Hindi', async () => {
  const context = await browser.newContext({ locale: 'hi-IN' });
  const first = await context.newPage();
  await first.goto(product.webUrl);
  await expect(first.locator('html')).toHaveAttribute('lang', 'hi');
  await context.close();
});

test('every screen is in Hindi: no word of the catalogue stands there in English, and none is cut off', async () => {
  test.setTimeout(240_000);
  const faults: string[] = [];
  const known = new Set(english);
  for (const screen of screens) {
    await open(screen);
    for (const words of await page.evaluate(wordsThere))
      if (known.has(words) && !ofTheCompany.has(words)) faults.push(`${screen}: “${words}” in English`);
    for (const fault of await page.evaluate(cutOff)) faults.push(`${screen}: ${fault}`);
  }
  expect(faults).toEqual([]);
});

test('a refusal is said in Hindi, at its field', async () => {
  await open('/vendors/new');
  await page.keyboard.press('Control+s');
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
  const said = await page.locator('.mantine-InputWrapper-error').allTextContents();
  expect(said.length).toBeGreaterThan(0);
  for (const words of said) expect(words).toMatch(/[\u0900-\u097f]/);
});

test('the account changes it back, without a restart and without losing what was typed', async () => {
  await open('/vendors/new');
  await page.getByRole('textbox', { name: 'नाम', exact: true }).fill('Half a name');
  await open('/sessions');
  await page.getByText('English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in and sessions' })).toBeVisible();
  await open('/vendors/new');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Half a name');
});
