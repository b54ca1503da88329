import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { cutOffAtAnySize } from './cut-off.ts';
import { allOperatorScreens, allStaffScreens } from './screens.ts';
import type { Screen } from './screens.ts';
import { demoPassword } from './staff.ts';
import { operatorStates, staffStates, walk } from './states.ts';
import type { ScreenWithStates } from './states.ts';
import { hindiOf, Visitor } from './visitor.ts';

/* The product in Hindi, from the door to every screen: the words are Hindi, and they fit. */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let browser: Browser;
let page: Page;
let visitor: Visitor;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ product, browser, page } = installation);
  visitor = new Visitor(page, product.webUrl, 'hi');
  listen(page);
});
test.afterAll(async () => {
  await installation?.stop();
});

/** Sentences and words of the catalogue that Hindi says otherwise. */
const english = new Set(
  [...hindiOf]
    .filter(([source, hindi]) => source !== hindi && !/[{<]/.test(source))
    .map(([source]) => source),
);

/** Words of the catalogue that the demo company happens to use for a category, a property and a department. */
const ofTheCompany = new Set(['Services', 'Size', 'Sales', 'Warehouse', 'Purchasing', 'Buyer', 'Approver']);

/**
 * What Hindi writes in Latin letters too, besides codes, taxes and units in capitals: keys, names of programs, units of time,
 * and the examples in the fields of a new organisation.
 */
const latin = new Set(
  (
    'Ctrl Alt Shift Enter Esc Tab Space Home End Delete Page Up Down Cr Quartermaster English ' +
    'Linux Windows Android Chrome Firefox Safari Edge PostgreSQL ms zzqqxx ' +
    'Acme Corporation Asha Rao asha acme example'
  ).split(' '),
);

/** What the server sent, apart from what it says to people: whatever of it stands on a screen is the company's own. */
const ofTheData = new Set<string>();
const saidByTheServer = new Set(['message', 'title', 'detail', 'label', 'description']);
/** Short names, servers, databases and migrations: operators type them as they are. */
const namesOfOperators = new Set([
  'slug',
  'name',
  'cluster',
  'database',
  'databaseName',
  'tenantSlug',
  'actorEmail',
]);
/** `deals_in`, a property that the company made up, is shown as `Deals in`. */
const shown = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

function learn(value: unknown, key = ''): void {
  if (typeof value === 'string') {
    // What is written like_this is a word of the code: it may stand on no screen but where operators name things by it.
    const isOfTheCode = /^[a-z_]+$/.test(value) && !namesOfOperators.has(key);
    if (value.length > 1 && !isOfTheCode && !saidByTheServer.has(key)) ofTheData.add(value);
    // Operators see the beginning of a long id.
    if (/^[0-9a-f]{8}-/.test(value)) ofTheData.add(`${value.slice(0, 8)}…`);
  } else if (Array.isArray(value)) for (const one of value) learn(one, key);
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      learn(one, name);
      if (key === 'attributes') ofTheData.add(shown(name));
    }
}

/** Answers that are still being read: the page may show them before they are learnt. */
const underWay = new Set<Promise<void>>();

/** Learns what the page is sent. */
function listen(seen: Page): void {
  seen.on('response', (response) => {
    if (!response.url().includes('/api/trpc/')) return;
    const reading = response
      .json()
      .then(learn, () => {})
      .finally(() => underWay.delete(reading));
    underWay.add(reading);
  });
}

/** The Latin words of a text that are neither the company's data nor written so in Hindi. */
function latinIn(text: string, data: readonly string[]): string[] {
  // Commands are typed as they are.
  let left = text.replaceAll(/npm run [\w=<> -]+/g, ' ');
  for (const known of data) if (left.includes(known)) left = left.replaceAll(known, ' ');
  return [...left.matchAll(/[A-Za-z][A-Za-z’'-]+/g)]
    .map(([word]) => word)
    .filter((word) => !/^[A-Z]+$/.test(word) && !latin.has(word));
}

/** In the page: every text and every name that a reader or a screen reader meets. */
function wordsThere(): string[] {
  const found = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (owner && !owner.closest('script, style, noscript, kbd, code') && node.textContent?.trim())
      found.add(node.textContent.trim());
  }
  const named = '[aria-label], [title], [placeholder], [alt]';
  for (const element of document.querySelectorAll(`:is(${named}):not([aria-hidden=true])`))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const value = element.getAttribute(name)?.trim();
      if (value) found.add(value);
    }
  return [...found];
}

/** What is wrong with the words that stand on the screen now. */
async function faultsOf(seen: Page): Promise<string[]> {
  const faults = await cutOffAtAnySize(seen);
  await Promise.all(underWay);
  const data = [...ofTheData].sort((one, other) => other.length - one.length);
  for (const words of await seen.evaluate(wordsThere)) {
    if (english.has(words) && !ofTheCompany.has(words)) faults.push(`“${words}” in English`);
    else if (latinIn(words, data).length > 0) faults.push(`“${words}” in Latin letters`);
  }
  return faults;
}

async function faultsOfAll(
  at: Visitor,
  screens: readonly Screen[],
  withStates: readonly ScreenWithStates[],
): Promise<string[]> {
  const faults: string[] = [];
  await walk(at, screens, withStates, async (name) => {
    faults.push(...(await faultsOf(at.page)).map((fault) => `${name}: ${fault}`));
  });
  return faults;
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

test('every screen and what opens on it is in Hindi: nothing is said in English or cut off', async () => {
  test.setTimeout(400_000);
  expect(await faultsOfAll(visitor, allStaffScreens, staffStates)).toEqual([]);
});

test('the operators’ screens are in Hindi, with what opens on them', async () => {
  test.setTimeout(200_000);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'hi-IN' });
  const operator = new Visitor(await context.newPage(), product.webUrl, 'hi');
  listen(operator.page);
  await operator.signIn('operator@quartermaster.test');
  await operator.page.goto(new URL('/admin/', product.webUrl).href);
  await operator.settled();
  expect(await faultsOfAll(operator, allOperatorScreens, operatorStates)).toEqual([]);
  await context.close();
});

test('a refusal is said in Hindi, at its field', async () => {
  await visitor.open('/vendors/new');
  await page.keyboard.press('Control+s');
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
  const said = await page.locator('.mantine-InputWrapper-error').allTextContents();
  expect(said.length).toBeGreaterThan(0);
  for (const words of said) expect(words).toMatch(/[\u0900-\u097f]/);
});

test('the account changes it back, without a restart and without losing what was typed', async () => {
  await visitor.open('/vendors/new');
  await page.getByRole('textbox', { name: 'नाम', exact: true }).fill('Half a name');
  await visitor.open('/sessions');
  await page.getByText('English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in and sessions' })).toBeVisible();
  await visitor.open('/vendors/new');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Half a name');
});
