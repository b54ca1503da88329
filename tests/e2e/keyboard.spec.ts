import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { openScreen, proposing, staffDialogs, staffScreens } from './screens.ts';
import { Staff } from './staff.ts';

/*
 * The product without a mouse: where the focus goes when what had it is gone, what every stop of Tab is called, what
 * Ctrl+S and Escape do in every dialog, and what is said of a change that was left on its way.
 */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ product, page } = installation);
});

test.afterAll(async () => {
  await installation?.stop();
});

const cell = (name: string) => page.getByLabel(name, { exact: true });
const dialog = () => page.getByRole('dialog');

/** What has the focus, in words; `nothing` is the page itself. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return 'nothing';
    return (at.getAttribute('aria-label') ?? at.textContent ?? '').trim() || at.tagName;
  });

const open = (path: string) => openScreen(page, product.webUrl, path);

/** Presses Enter on a button or link by its name, as somebody does who came there by Tab. */
async function press(name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().focus({ timeout: 10_000 });
  await page.keyboard.press('Enter');
}

/** At the speed of quick fingers: keys that come faster are a scanner's. */
async function pressKeys(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key, { delay: 60 });
}

test('after the sign-in the focus is on the title of the first screen', async () => {
  await page.goto(product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
  await expect.poll(focused).toBe('Overview');
});

test('after a decision the focus is on the order, and the next one is one key away', async () => {
  await open('/purchase-orders?status=pending_approval');
  await page.getByRole('grid', { name: 'Purchase orders' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^PO\// })).toBeVisible();
  const number = await page.getByRole('heading', { level: 1 }).innerText();
  await press('Approve');
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await expect.poll(focused).toBe(number);
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(number);
});

test('from the overview the order that has waited longest for a decision is one key away', async () => {
  await open('/');
  const [longest] = await page
    .getByRole('grid', { name: 'To approve' })
    .getByRole('row')
    .nth(1)
    .getByRole('gridcell')
    .allInnerTexts();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(longest ?? '');
  // A letter goes to the decision, and Enter takes it; what asks for a reason opens at once.
  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: 'Approve' })).toBeFocused();
  await page.keyboard.press('r');
  await expect(dialog()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
  await pressKeys('a', 'Enter');
  await expect(page.getByText('Order approved')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(longest ?? '');
});

test('after a payment or a receipt is taken back the focus is on its order', async () => {
  for (const list of ['/sales-orders?paymentStatus=paid', '/purchase-orders?status=partially_delivered']) {
    await open(`${list.replace('?', '/FIRST?')}`);
    await press(/^Take back/);
    await expect(dialog().getByRole('textbox').first()).toBeFocused();
    await page.keyboard.type('Recorded twice');
    await page.keyboard.press('Control+Enter');
    await expect(dialog()).toHaveCount(0);
    await expect(page.getByText('Taken back').first()).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => document.querySelector('main')?.contains(document.activeElement)))
      .toBe(true);
  }
});

test('after saving, submitting and copying the focus is on the record', async () => {
  await open('/purchase-orders/new');
  await page.getByRole('combobox', { name: 'Vendor' }).fill('packaging');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Ship to' }).fill('bhw');
  await page.keyboard.press('Tab');
  await cell('Product, line 1').fill('ABR-1273');
  await page.keyboard.press('Enter');
  await page.keyboard.type('2');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { level: 1, name: /^DRAFT-/ })).toBeVisible();
  const number = await page.getByRole('heading', { level: 1 }).innerText();
  await expect.poll(focused).toBe(number);
  await press('Submit');
  await expect(page.getByRole('button', { name: 'Submit' })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: /^PO\// })).toBeVisible();
  await expect.poll(focused).not.toBe('nothing');
});

test('every dialog takes the focus, keeps Tab among named stops, and gives the focus back when Escape closes it', async () => {
  test.setTimeout(180_000);
  const saved: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/trpc/')) saved.push(request.url());
  });
  for (const [path, opener] of staffDialogs) {
    await open(path);
    saved.length = 0;
    const button = page.getByRole('button', { name: opener }).first();
    await press(opener);
    await expect(dialog(), path).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null))
      .toBe(true);
    const nameless: string[] = [];
    for (let stop = 0; stop < 25; stop += 1) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(faultOfStop);
      if (fault) nameless.push(fault);
      expect(
        await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null),
        `${path}: Tab stays in the dialog`,
      ).toBe(true);
    }
    expect(nameless, path).toEqual([]);
    if (opener !== proposing) await page.keyboard.press('Control+s');
    await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 100)));
    expect(saved, `${path}: nothing is saved that is not filled in`).toEqual([]);
    await expect(dialog(), path).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog()).toHaveCount(0);
    await expect(button, path).toBeFocused();
  }
});

test('Ctrl+S saves in a dialog, and not the form behind it', async () => {
  await open('/warehouses/FIRST');
  await press('Add bin');
  await dialog().getByRole('textbox', { name: 'Code' }).fill('KEY-01');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Bin added')).toBeVisible();
  await expect(dialog()).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add bin' })).toBeFocused();
});

test('a dialog that is closed while it saves says that it goes on, and how it ended', async () => {
  await open('/warehouses/FIRST');
  await page.route('**/api/trpc/warehouses.createBin**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  for (const outcome of ['Bin added', 'This was refused']) {
    await press('Add bin');
    await dialog().getByRole('textbox', { name: 'Code' }).fill('KEY-02');
    await page.keyboard.press('Control+s');
    await page.keyboard.press('Escape');
    await expect(dialog()).toHaveCount(0);
    await expect(page.getByText('Not answered yet')).toBeVisible();
    // Another one that was opened meanwhile stays, with what is typed in it.
    await press('Add bin');
    await dialog().getByRole('textbox', { name: 'Code' }).fill('KEY-03');
    await expect(page.getByText(outcome)).toBeVisible();
    await expect(dialog().getByRole('textbox', { name: 'Code' })).toHaveValue('KEY-03');
    await page.keyboard.press('Escape');
    await expect(dialog()).toHaveCount(0);
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

/** In the page: what is wrong with the place the focus is at. */
function faultOfStop(): string | null {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return null;
  const labelled = (at.getAttribute('aria-labelledby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id));
  const labels =
    at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLButtonElement
      ? [...(at.labels ?? [])]
      : [];
  const name = [
    at.getAttribute('aria-label'),
    ...labelled.map((one) => one?.textContent),
    ...labels.map((one) => one.textContent),
    at instanceof HTMLInputElement ? '' : at.textContent,
    at.getAttribute('title'),
  ].find((text) => (text ?? '').trim() !== '');
  return name === undefined ? at.outerHTML.slice(0, 120) : null;
}

test('every stop of Tab has a name, on every screen', async () => {
  test.setTimeout(180_000);
  const nameless: string[] = [];
  for (const screen of staffScreens) {
    await open(screen);
    await page.locator('[data-page-title]').focus();
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(faultOfStop);
      if (fault) nameless.push(`${screen}: ${fault}`);
    }
  }
  expect([...new Set(nameless)]).toEqual([]);
});

test('Space marks rows of a list, and Ctrl+C gives them to a spreadsheet', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('/products');
  const list = page.getByRole('grid', { name: 'Products' });
  await list.focus();
  await pressKeys('Space', 'ArrowDown', 'ArrowDown', 'Space');
  await expect(list.getByRole('row', { selected: true })).toHaveCount(2);
  await expect(page.getByText('2 rows marked')).toBeVisible();
  await page.keyboard.press('Control+c');
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\r\n');
  expect(copied).toHaveLength(3);
  expect(copied[0]?.split('\t').slice(0, 2)).toEqual(['SKU', 'Name']);
  const sku = await list.getByRole('row').nth(1).getByRole('gridcell').first().innerText();
  expect(copied[1]?.split('\t')[0]).toBe(sku);
  await pressKeys('Space');
  await expect(page.getByText('1 row marked')).toBeVisible();
  await page.getByRole('button', { name: 'Unmark' }).press('Enter');
  await expect(list.getByRole('row', { selected: true })).toHaveCount(0);
});

test('Cancel of a new record leaves nothing that the next n brings back, and offers it once', async () => {
  const forms: readonly [list: string, field: string][] = [
    ['/vendors', 'Name'],
    ['/customers', 'Name'],
    ['/products', 'Name'],
    ['/warehouses', 'Name'],
    ['/purchase-orders', 'Vendor’s reference'],
    ['/sales-orders', 'Notes'],
  ];
  for (const [list, field] of forms) {
    await open(list);
    await page.keyboard.press('n');
    await expect(page).toHaveURL(/\/new$/);
    const typed = page.getByRole('textbox', { name: field }).first();
    await typed.fill('Typed in vain');
    await page.waitForTimeout(400);
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`${list}$`));
    await expect.poll(focused, list).not.toBe('nothing');
    await expect(page.locator('[data-new-record]')).toBeVisible();
    await page.keyboard.press('n');
    await expect(page).toHaveURL(/\/new$/);
    await expect(typed, list).toHaveValue('');
    await expect(page.getByText('Restored what you typed')).toHaveCount(0);
  }
});
