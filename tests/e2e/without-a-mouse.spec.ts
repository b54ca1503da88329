import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Installation } from './installation.ts';
import { demoPassword } from './staff.ts';

/*
 * The main job by the keyboard alone, with what a person has to find their way: Tab, the letters of `?`, Ctrl+K, Ctrl+S.
 * After every key something has the focus, and nothing covers it.
 */

/** Between two keys, in milliseconds: keys that come faster are a scanner's. */
const pace = { delay: 60 };

let installation: Installation;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ page } = installation);
});

test.afterAll(() => installation?.stop());

/** What has the focus and can't be seen, or that nothing has it. Behind the last stop Tab leaves the page, for one press. */
const lostAfter = (key: string) =>
  page.evaluate((pressed) => {
    const at = document.activeElement;
    if (!at || at === document.body)
      return pressed === 'Tab' ? null : `nothing has the focus after ${pressed}`;
    const { left, top, width, height } = at.getBoundingClientRect();
    if (width === 0) return null;
    const inside = (place: number, end: number) => Math.min(Math.max(place, 0), end - 1);
    const seen = document.elementFromPoint(
      inside(left + width / 2, innerWidth),
      inside(top + Math.min(height / 2, 20), innerHeight),
    );
    const visible =
      seen !== null && (at.contains(seen) || seen.contains(at) || seen.closest('label')?.contains(at));
    return visible
      ? null
      : `${at.tagName} ${at.getAttribute('aria-label') ?? ''} is covered after ${pressed}`;
  }, key);

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key, pace);
    await expect.poll(() => lostAfter(key), { message: page.url() }).toBeNull();
  }
}

const type = (text: string) => page.keyboard.type(text, pace);

/** What the focus is on, as a screen reader calls it. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return '';
    const [label] = (at as HTMLInputElement).labels ?? [];
    return (at.getAttribute('aria-label') ?? label?.textContent ?? at.textContent).replace(/\*$/, '').trim();
  });

async function tabTo(wanted: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 90; presses += 1) {
    const name = await focused();
    if (typeof wanted === 'string' ? name === wanted : wanted.test(name)) return;
    await press('Tab');
  }
  throw new Error(`Tab never came to ${String(wanted)}`);
}

async function fill(field: string, text: string): Promise<void> {
  await tabTo(field);
  await type(text);
}

/** Types into a field that offers choices, and takes the one that is meant. */
async function choose(field: string, text: string): Promise<void> {
  await fill(field, text);
  await press('Tab');
}

const title = (name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 20_000 });

const state = (name: string) => expect(page.locator('header').getByText(name, { exact: true })).toBeVisible();

async function signIn(email: string): Promise<void> {
  await expect(page.getByLabel('E-mail')).toBeVisible();
  await tabTo('E-mail');
  await press('Control+a');
  await type(email);
  await tabTo('Password');
  await type(demoPassword);
  await press('Enter');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible({ timeout: 20_000 });
}

async function signOut(): Promise<void> {
  await tabTo(/account and appearance/);
  await press('Enter');
  for (let presses = 0; presses < 9 && (await focused()) !== 'Sign out'; presses += 1)
    await press('ArrowDown');
  await press('Enter');
}

/** Goes to a list by its letters, and begins a new record there. */
async function begin(letter: string, list: string, form: string): Promise<void> {
  await press('g', letter);
  await title(list);
  await press('n');
  await title(form);
}

test('from a vendor to a paid sale by the keyboard alone, the focus never lost and never covered', async () => {
  test.setTimeout(300_000);
  await page.goto(installation.product.webUrl);
  await signIn('owner@acme.test');
  await title('Overview');

  await begin('v', 'Vendors', 'New vendor');
  await fill('Code', 'V-KEYS');
  await fill('Name', 'Keyboard Traders');
  await choose('State', 'Mah');
  await choose('GST registration', 'unreg');
  await press('Control+s');
  await title('Keyboard Traders');

  await begin('d', 'Products', 'New product');
  await fill('SKU', 'KEYS-1');
  await fill('Name', 'Keyboard pump');
  await fill('HSN code', '8413');
  await press('Control+s');
  await title('Keyboard pump');

  await begin('p', 'Purchase orders', 'New purchase order');
  await choose('Vendor', 'V-KEYS');
  await choose('Ship to', 'bhw');
  await fill('Product, line 1', 'KEYS-1');
  await press('Enter');
  await expect.poll(focused).toBe('Quantity, line 1');
  await type('60');
  await fill('Price, line 1', '1000');
  await press('Control+s');
  await title(/^DRAFT-/);
  await tabTo('Submit');
  await press('Enter');
  await title(/^PO\//);
  await state('To approve');

  // Over the threshold, somebody else approves it; the address is the same after their sign-in.
  await signOut();
  await signIn('approver@acme.test');
  await title(/^PO\//);
  await tabTo(/^Approve/);
  await press('Enter');
  await state('Confirmed');
  await signOut();
  await signIn('owner@acme.test');
  await title(/^PO\//);
  await tabTo('Receive goods');
  await press('Enter');
  await title(/^Receive/);
  await fill('Arrived, line 1', '60');
  await press('Control+s');
  await title(/^PO\//);
  await state('Delivered');

  await begin('c', 'Customers', 'New customer');
  await fill('Code', 'C-KEYS');
  await fill('Name', 'Keyboard Stores');
  await choose('State', 'Mah');
  await choose('GST registration', 'unreg');
  await press('Control+s');
  await title('Keyboard Stores');

  await begin('s', 'Sales orders', 'New sales order');
  await choose('Customer', 'C-KEYS');
  await choose('Ship from', 'bhw');
  await fill('Product, line 1', 'KEYS-1');
  await press('Enter');
  await type('5');
  await fill('Price, line 1', '1500');
  await press('Control+s');
  await title(/^DRAFT-/);
  await tabTo('Confirm');
  await press('Enter');
  await expect.poll(focused).toBe('Confirm order');
  await press('Enter');
  await title(/^SO\//);
  await tabTo('Ship goods');
  await press('Enter');
  await title(/^Ship/);
  await fill('Leaves, line 1', '5');
  await press('Control+s');
  await title(/^SO\//);
  await state('Shipped');
  await tabTo('Record payment');
  await press('Enter');
  await expect.poll(focused).toBe('Amount');
  await press('Control+s');
  await state('Paid');
  await expect
    .poll(() => page.evaluate(() => document.querySelector('main')?.contains(document.activeElement)))
    .toBe(true);
});
