import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { openScreen, staffScreens } from './screens.ts';
import { Staff } from './staff.ts';

/*
 * Typing faster than the server answers: every key at 20 ms, every answer 2 s late, in a real browser against the real
 * services. One installation and one signed-in page for all of it.
 */
test.describe.configure({ mode: 'serial' });

/** Milliseconds between two keys, and how late every answer is. */
const gap = 20;
const late = 2000;

let installation: Installation;
let product: StartedProduct;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start({ locale: 'en-IN', timezoneId: 'Asia/Kolkata' });
  ({ product, page } = installation);
  await page.goto(product.webUrl);
  await new Staff(page).signIn('buyer@acme.test');
});

test.afterAll(async () => {
  await installation?.stop();
});

/** Every answer of the API comes late from here on, or in time again. */
async function answersComeLate(): Promise<void> {
  await page.route('**/api/trpc/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, late));
    await route.continue().catch(() => undefined);
  });
}
const answersComeInTime = () => page.unrouteAll({ behavior: 'ignoreErrors' });

/** An empty order with the cursor in Vendor; what an earlier test left there is thrown away. */
async function newOrder(): Promise<void> {
  await answersComeInTime();
  await page.goto('about:blank');
  await page.goto(new URL('/purchase-orders', product.webUrl).href);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('qm-draft:')) localStorage.removeItem(key);
  });
  await page.goto(new URL('/purchase-orders/new', product.webUrl).href);
  await expect(combobox('Vendor')).toBeFocused();
}

const combobox = (name: string) => page.getByRole('combobox', { name, exact: true });
const cell = (name: string) => page.getByLabel(name, { exact: true });
const type = (text: string) => page.keyboard.type(text, { delay: gap });
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(gap);
  }
}

test('an order typed without looking up is the order that was meant, although every answer is late', async () => {
  await newOrder();
  await answersComeLate();
  await type('packaging');
  await press('Enter', 'Tab');
  await type('bhw');
  await press('Tab', 'Tab');
  await type('+7');
  await cell('Product, line 1').focus();
  await type('ABR-1273');
  await press('Enter');
  await type('10');
  await press('Enter');
  await type('ABR-1274');
  await press('Tab');
  await type('12');
  await press('Tab');
  await type('1499.5');

  await expect(combobox('Vendor')).toHaveValue(/packaging/i, { timeout: 15_000 });
  await expect(combobox('Ship to')).toHaveValue(/Bhiwandi|BHW/);
  await expect(page.getByRole('row', { name: /^1 .*ABR-1273/ })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('row', { name: /^2 .*ABR-1274/ })).toBeVisible();
  await expect(cell('Quantity, line 1')).toHaveValue('10');
  await expect(cell('Quantity, line 2')).toHaveValue('12');
  await expect(cell('Price, line 2'), 'a price typed before the answer stays').toHaveValue('1499.5');
  await expect(cell('Price, line 1'), 'the product’s own is proposed').toHaveValue(/^\d+\.\d\d/);
  await expect(cell('Price, line 2')).toBeFocused();
  await expect(cell('Product, line 3')).toHaveCount(0);
});

test('a form sent before its records are here waits for them', async () => {
  await newOrder();
  await answersComeLate();
  await type('packaging');
  await press('Tab');
  await type('blr');
  await cell('Product, line 1').focus();
  await type('ABR-1273');
  await press('Enter');
  await type('3');
  await press('Control+s');
  await expect(page.getByRole('heading', { level: 1, name: /^DRAFT-/ })).toBeVisible({ timeout: 30_000 });
  await answersComeInTime();
  await expect(page.getByText('ABR-1273')).toBeVisible();
});

test('a product nobody has stays as it was typed, and is said at its line', async () => {
  await newOrder();
  await cell('Product, line 1').focus();
  await type('NO-SUCH-9');
  await press('Enter');
  await type('5');
  await expect(page.getByText('Nothing found for “NO-SUCH-9”.')).toBeVisible();
  await expect(cell('Product, line 1')).toHaveValue('NO-SUCH-9');
  await expect(cell('Quantity, line 1')).toHaveValue('5');
  await press('Control+s');
  await expect(cell('Product, line 1')).toBeFocused();
});

test('the arrows walk the lines from the product cell too', async () => {
  await newOrder();
  await cell('Product, line 1').focus();
  await type('ABR-1273');
  await press('Enter', 'Enter');
  await expect(cell('Product, line 2')).toBeFocused();
  await press('ArrowUp');
  await expect(cell('Product, line 1')).toBeFocused();
  await press('ArrowDown');
  await expect(cell('Product, line 2')).toBeFocused();
  await press('Alt+ArrowDown');
  await expect(page.getByRole('listbox')).toBeVisible();
});

test('days are read day first, and Tab goes from field to field', async () => {
  await newOrder();
  const order = page.getByRole('textbox', { name: 'Order date' });
  const expected = cell('Expected on');
  await order.focus();
  await type('051226');
  await press('Tab');
  await expect(order).toHaveValue('05 Dec 2026');
  await expect(expected).toBeFocused();
  await type('31/12/26');
  await press('Tab');
  await expect(expected).toHaveValue('31 Dec 2026');
  await expect(page.getByLabel('Vendor’s reference')).toBeFocused();
  await expected.focus();
  await type('5/13');
  await press('Control+s');
  await expect(page.getByText(/^Not a date/)).toBeVisible();
  await expect(expected).toHaveValue('5/13');
});

test('what Enter opens in the palette belongs to the text that is there, also when its answer is late', async () => {
  await answersComeInTime();
  await page.goto(new URL('/purchase-orders', product.webUrl).href);
  const numbers = page.getByText(/^PO\/\d\d-\d\d\/\d{5}$/);
  await expect(numbers.nth(4)).toBeVisible();
  const [earlier = '', meant = ''] = [await numbers.nth(1).innerText(), await numbers.nth(4).innerText()];
  await answersComeLate();
  await press('Control+k');
  const palette = page.getByRole('dialog');
  await type(earlier);
  await expect(palette.getByText(earlier)).toBeVisible({ timeout: 15_000 });
  await press('Control+a');
  await type(meant);
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: meant })).toBeVisible({ timeout: 15_000 });
  await expect(palette).toBeHidden();
  // The best hit is chosen as soon as it is there: Enter needs no arrow first.
  await press('Control+k');
  await type(earlier);
  await expect(palette.getByText(earlier)).toBeVisible({ timeout: 15_000 });
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: earlier })).toBeVisible({ timeout: 15_000 });
});

test('the palette says states in words, and Ctrl+Enter opens the best hit in a tab of its own', async () => {
  await answersComeInTime();
  await page.goto(new URL('/purchase-orders?status=pending_approval', product.webUrl).href);
  const number = await page
    .getByText(/^PO\/\d\d-\d\d\/\d{5}$/)
    .first()
    .innerText();
  await page.getByRole('heading', { level: 1, name: 'Purchase orders' }).focus();
  await press('Control+k');
  await type(number);
  const palette = page.getByRole('dialog');
  await expect(palette.getByText('To approve')).toBeVisible();
  await expect(palette.getByText(/pending/)).toHaveCount(0);
  const opened = page.context().waitForEvent('page');
  await press('Control+Enter');
  const tab = await opened;
  await expect(tab.getByRole('heading', { level: 1, name: number })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Purchase orders' })).toBeVisible();
  await expect(palette).toBeHidden();
  await tab.close();
});

test.describe('in every other field', () => {
  test.beforeAll(async () => {
    await answersComeInTime();
    await page.goto(product.webUrl);
    await new Staff(page).signInAs('owner@acme.test');
  });

  test('every field that asks for a record takes what was typed when it is left, although its answer is late', async () => {
    test.setTimeout(180_000);
    const walked = [
      ['/sales-orders/new', 'Customer', 'agarwal fab', /Agarwal Fabricators/],
      ['/sales-orders', 'Customer', 'agarwal fab', /Agarwal Fabricators/],
      ['/purchase-orders', 'Vendor', 'packaging', /Packaging/],
      ['/movements', 'Product', 'ABR-1273', /Cutting wheel/],
      ['/employees/new', 'Manager', 'shah', /Shah/],
    ] as const;
    for (const [path, name, text, chosen] of walked) {
      await answersComeInTime();
      await page.goto(new URL(path, product.webUrl).href);
      await expect(combobox(name)).toBeVisible();
      await answersComeLate();
      await combobox(name).focus();
      await type(text);
      await press('Tab');
      await expect(combobox(name), `${name} of ${path}`).toHaveValue(chosen, { timeout: 15_000 });
    }
  });

  test('a warehouse and its bin are typed one after the other, and what was not found is said', async () => {
    await answersComeInTime();
    await page.goto(new URL('/inventory', product.webUrl).href);
    await page.getByRole('button', { name: 'Adjust stock' }).click();
    await expect(combobox('Product')).toBeFocused();
    await answersComeLate();
    await type('ABR-1273');
    await press('Tab');
    await type('blr');
    await press('Tab');
    await type('main');
    await press('Tab');
    await type('lost');
    await press('Tab');
    const dialog = page.getByRole('dialog');
    const field = (name: string) => dialog.getByRole('combobox', { name, exact: true });
    await expect(field('Product')).toHaveValue(/Cutting wheel/, { timeout: 15_000 });
    await expect(field('Warehouse')).toHaveValue(/BLR|Bengaluru/);
    await expect(field('Bin')).toHaveValue('MAIN', { timeout: 15_000 });
    await expect(field('Reason')).toHaveValue('Lost');
    await field('Bin').focus();
    await type('no-such');
    await press('Tab');
    await expect(dialog.getByText('Nothing found for “no-such”.')).toBeVisible({ timeout: 15_000 });
    await expect(field('Bin')).toHaveValue('no-such');
  });

  test('a short list that is only passed keeps its choice, and takes what is typed', async () => {
    await answersComeInTime();
    await page.goto(new URL('/products', product.webUrl).href);
    await page.getByRole('link', { name: 'ABR-1273' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /Cutting wheel/ })).toBeVisible();
    const form = `${page.url().split('?')[0] ?? ''}/edit`;
    await answersComeLate();
    await page.goto(form);
    const shortLists = page.locator('form input[aria-haspopup="listbox"]:not([data-typed="record"])');
    const values = () => shortLists.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const passAll = async () => {
      for (let index = 0; index < (await shortLists.count()); index += 1) {
        await shortLists.nth(index).focus();
        await press('Tab');
      }
    };
    await expect(combobox('Tax class')).toHaveValue(/^GST18/, { timeout: 15_000 });
    await passAll();
    // The list of the classes, with their rates, is here now.
    await expect(combobox('Tax class')).toHaveValue(/^GST18.*18/, { timeout: 15_000 });
    const before = await values();
    await passAll();
    await passAll();
    expect(await values()).toEqual(before);
    await combobox('Tax class').focus();
    await type('gst5');
    await press('Tab');
    await expect(combobox('Tax class')).toHaveValue(/^GST5/);

    await answersComeInTime();
    await page.goto(new URL('/purchase-orders', product.webUrl).href);
    const shipTo = combobox('Ship to');
    await shipTo.focus();
    await press('Tab');
    await expect(shipTo).toHaveValue('');
    await shipTo.focus();
    await type('blr');
    await press('Tab');
    await expect(page).toHaveURL(/warehouseId=/);
    for (let count = 0; count < 2; count += 1) {
      await shipTo.focus();
      await press('Tab');
    }
    await expect(shipTo).toHaveValue(/BLR/);
  });

  test('what is typed into a short list before its entries are here is taken when they come', async () => {
    test.setTimeout(180_000);
    const walked = [
      ['/products/new', 'Tax class', 'gst5', /^GST5 /],
      ['/products', 'Any category', 'abras', /Abrasives/],
      ['/inventory', 'Any warehouse', 'blr', /BLR/],
      ['/inventory', 'Any category', 'abras', /Abrasives/],
      ['/movements', 'Any warehouse', 'blr', /BLR/],
      ['/sales-orders', 'Ship from', 'blr', /BLR/],
      ['/purchase-orders', 'Ship to', 'blr', /BLR/],
    ] as const;
    for (const [path, name, text, chosen] of walked) {
      await answersComeInTime();
      await page.goto('about:blank');
      await answersComeLate();
      await page.goto(new URL(path, product.webUrl).href);
      await expect(combobox(name), path).toBeVisible({ timeout: 30_000 });
      await combobox(name).focus();
      await type(text);
      await press('Tab');
      await expect(combobox(name), `${name} of ${path}`).toHaveValue(chosen, { timeout: 15_000 });
    }
  });

  test('a receipt’s bin is typed by its code, before the bins are here', async () => {
    await answersComeInTime();
    await openScreen(page, product.webUrl, '/purchase-orders/FIRST?status=confirmed');
    const receive = await page.getByRole('link', { name: 'Receive goods' }).getAttribute('href');
    await answersComeLate();
    await page.goto(new URL(receive ?? '', product.webUrl).href);
    const bin = combobox('Bin, line 1');
    await expect(bin).toBeVisible({ timeout: 30_000 });
    await bin.focus();
    await type('main');
    await press('Tab');
    await expect(bin).toHaveValue('MAIN', { timeout: 15_000 });
    await bin.focus();
    await type('no-such');
    await press('Tab');
    await expect(page.getByText('Nothing found for “no-such”.')).toBeVisible({ timeout: 15_000 });
  });

  test('every short list of every screen can be typed into', async () => {
    test.setTimeout(180_000);
    await answersComeInTime();
    for (const screen of staffScreens) {
      await page.goto(new URL(screen, product.webUrl).href);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      const shut = await page
        .locator('input[aria-haspopup="listbox"][readonly]')
        .evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 160)));
      expect(shut, screen).toEqual([]);
    }
  });

  test('several entries of a filter are typed one after the other', async () => {
    await answersComeInTime();
    await page.goto(new URL('/movements', product.webUrl).href);
    const kind = page.getByRole('combobox', { name: 'Any kind' });
    await kind.focus();
    await type('rece');
    await press('Enter');
    await expect(page).toHaveURL(/kind=receipt/);
    await type('issu');
    await press('Tab');
    await expect(page).toHaveURL(/issue/);
    await expect(page).toHaveURL(/receipt/);
    await kind.focus();
    await press('Tab');
    await expect(page).toHaveURL(/issue/);
  });

  test('lists that are here already are searched without accents, as the server searches', async () => {
    await answersComeInTime();
    await page.goto(new URL('/warehouses/new', product.webUrl).href);
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill('CAFE-1');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Dépôt Café');
    await press('Control+s');
    await expect(page.getByRole('heading', { level: 1, name: /Café/ })).toBeVisible();
    await page.goto(new URL('/purchase-orders', product.webUrl).href);
    await combobox('Ship to').focus();
    await type('depot cafe');
    await press('Tab');
    await expect(combobox('Ship to')).toHaveValue(/Café/);
    await page.goto(new URL('/purchase-orders/new', product.webUrl).href);
    await combobox('Ship to').focus();
    await type('depot');
    await press('Tab');
    await expect(combobox('Ship to')).toHaveValue(/Café/);
  });
});

/** Every form, and every dialog, in which a record or an entry of a list is chosen. */
const forms: readonly (readonly [screen: string, opener?: string | RegExp])[] = [
  ['/purchase-orders/new'],
  ['/sales-orders/new'],
  ['/vendors/new'],
  ['/customers/new'],
  ['/products/new'],
  ['/warehouses/new'],
  ['/employees/new'],
  ['/settings'],
  ['/purchase-orders/FIRST?status=confirmed', 'Receive goods'],
  ['/sales-orders/FIRST?status=confirmed', 'Ship goods'],
  ['/inventory', 'Adjust stock'],
  ['/warehouses/FIRST', 'Add bin'],
];

/** Answers overtake each other: the first of each few is the last to come. */
async function answersOvertake(): Promise<void> {
  let count = 0;
  await page.route('**/api/trpc/**', async (route) => {
    count += 1;
    const wait = 1300 - (count % 4) * 400;
    await new Promise((resolve) => setTimeout(resolve, wait));
    await route.continue().catch(() => undefined);
  });
}

/** Two entries of the list of a field, by what the field shows once they are chosen; fewer where there are fewer. */
async function entriesOf(field: Locator): Promise<string[]> {
  const shown: string[] = [];
  for (const index of [0, 1]) {
    await field.focus();
    await field.press('ControlOrMeta+a');
    await field.press('Backspace');
    if ((await field.getAttribute('aria-expanded')) !== 'true') await field.press('Alt+ArrowDown');
    const options = page.getByRole('listbox').getByRole('option');
    await options
      .first()
      .waitFor({ timeout: 4000 })
      .catch(() => undefined);
    if ((await options.count()) <= index) break;
    await options.nth(index).click();
    const value = await field.inputValue();
    if (value !== '' && !shown.includes(value)) shown.push(value);
  }
  return shown;
}

test('what is typed into any field of any form chooses what it says, by Enter and by Tab, whichever answer comes first', async () => {
  test.setTimeout(600_000);
  await answersComeInTime();
  await new Staff(page).signInAs('owner@acme.test');
  const wrong: string[] = [];
  const walked = new Set<string>();
  for (const [screen, opener] of forms) {
    await answersComeInTime();
    await page.goto('about:blank');
    await openScreen(page, product.webUrl, screen);
    if (opener) {
      await page
        .getByRole('button', { name: opener })
        .or(page.getByRole('link', { name: opener }))
        .first()
        .press('Enter');
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(300);
    }
    const within = page.getByRole('dialog').or(page.locator('main')).last();
    const names = await within
      .getByRole('combobox')
      .evaluateAll((all) =>
        (all as HTMLInputElement[]).map((one) =>
          one.disabled || one.readOnly
            ? ''
            : (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? ''),
        ),
      );
    for (const name of new Set(names)) {
      // The other lines of a document have the same fields.
      if (name === '' || /line ([2-9]|\d\d)/.test(name)) continue;
      const field = within.getByRole('combobox', { name: name.replace(/\s*\*$/, ''), exact: true }).first();
      const where = `${screen} ${String(opener ?? '')}: ${name}`;
      const [one, two] = await entriesOf(field);
      if (one === undefined || two === undefined) continue;
      walked.add(`${screen.split('?')[0] ?? ''} ${name.replace(' *', '')}`);
      const key = walked.size % 2 === 0 ? 'Enter' : 'Tab';
      const typed = walked.size % 3 === 0 ? two : one;
      await answersOvertake();
      await field.focus();
      await field.press('ControlOrMeta+a');
      await type(typed);
      await press(key);
      await expect
        .poll(() => field.inputValue(), { timeout: 6000 })
        .toBe(typed)
        .catch(() => undefined);
      await page.waitForTimeout(1400);
      const value = await field.inputValue();
      if (value !== typed) wrong.push(`${where}: ${typed}, ${key}: ${value}`);
      await answersComeInTime();
    }
  }
  expect(wrong).toEqual([]);
  expect([...walked]).toEqual(
    expect.arrayContaining([
      '/purchase-orders/new Vendor',
      '/sales-orders/new Customer',
      '/employees/new Manager',
    ]),
  );
});
