import { expect, test } from '@playwright/test';
import type { Page, Request } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation, viewport } from './installation.ts';
import { Scanner } from './scanner-keys.ts';
import { openScreen, recordScreens, staffDialogs, staffScreens } from './screens.ts';
import { Staff } from './staff.ts';

/*
 * A keyboard-wedge scanner is a keyboard that types a code and presses Enter, wherever the focus is. Its keys are letters
 * that would be shortcuts, and its Enter would press what has the focus: nothing of that may happen anywhere.
 */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let page: Page;
let scanner: Scanner;

/** What was asked of the server that isn't reading. */
let changes: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ product } = installation);
  await signIn('owner@acme.test');
});

/** Somebody at a page of their own, with a scanner. */
async function signIn(email: string): Promise<void> {
  page = await installation.browser.newPage({ viewport });
  scanner = await Scanner.at(page);
  await page.goto(product.webUrl);
  await new Staff(page).signIn(email);
  page.on('request', (request: Request) => {
    const [, procedure = ''] = request.url().split('/api/trpc/');
    // A page that is opened tells that it is there.
    if (request.method() === 'POST' && procedure !== '' && !procedure.startsWith('auth.openSession'))
      changes.push(procedure);
  });
}

test.afterAll(async () => {
  await installation?.stop();
});

const open = (path: string) => openScreen(page, product.webUrl, path);

/** Every letter that is a shortcut somewhere, the approval's first; and a barcode of trade. */
const codes: readonly [code: string, gap: number][] = [
  ['aecrnjgpx-90', 5],
  ['grnja', 15],
  ['8901234567894', 9],
];

/** In the page: where the focus can be, a few of each kind. Marks them, and returns how many there are. */
function markStops(within: string): number {
  const kinds = new Map<string, number>();
  const all = document.querySelectorAll<HTMLElement>(
    ['a[href]', 'button', 'input', 'textarea', '[role="grid"]', '[role="menuitem"]', '[data-page-title]']
      .map((one) => `${within} ${one}`)
      .join(', '),
  );
  let marked = 0;
  for (const one of document.querySelectorAll('[data-stop]')) one.removeAttribute('data-stop');
  for (const one of all) {
    if (!one.checkVisibility() || one.matches(':disabled') || one.closest('[inert]')) continue;
    const kind = `${one.tagName} ${one.getAttribute('type') ?? ''} ${one.dataset.typed ?? ''} ${one.getAttribute('role') ?? ''}`;
    const count = kinds.get(kind) ?? 0;
    if (count >= 3) continue;
    kinds.set(kind, count + 1);
    one.dataset.stop = String(marked);
    marked += 1;
  }
  return marked;
}

/** The screen that is open; a search in its address is no other one. */
function place(): string {
  const { pathname, hash } = new URL(page.url());
  return `${pathname}${hash.split('?')[0] ?? ''}`;
}

/** Scans with the focus on every kind of place within; tells what was opened, changed or left by it. */
async function faultsOfScans(within: string, where: string, dialogs = 0): Promise<string[]> {
  const faults: string[] = [];
  const stops = await page.evaluate(markStops, within);
  expect(stops, where).toBeGreaterThan(0);
  const at = place();
  for (let stop = 0; stop < stops && faults.length === 0; stop += 1) {
    const [code, gap] = codes[stop % codes.length] ?? ['', 0];
    // Lists that are read again draw their rows anew: what is gone by then is no stop any more.
    const name = await page.evaluate(
      (selector) => {
        const one = document.querySelector<HTMLElement>(selector);
        one?.focus();
        return one?.outerHTML.slice(0, 200);
      },
      `[data-stop="${String(stop)}"]`,
    );
    if (name === undefined) continue;
    await scanner.scan(code, gap);
    await page.waitForTimeout(70);
    const now = place();
    const open = await page.locator('[role="dialog"][aria-modal="true"]').count();
    if (now !== at || open !== dialogs || changes.length > 0)
      faults.push(`${where}: ${code} at ${name}: ${now}, ${String(open)} dialogs, ${changes.join(' ')}`);
  }
  return faults;
}

test.beforeEach(() => {
  changes = [];
});

test('a scan presses, opens and changes nothing on any screen, wherever the focus is', async () => {
  test.setTimeout(400_000);
  const faults: string[] = [];
  for (const screen of [...staffScreens, ...recordScreens]) {
    await open(screen);
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await scanner.scan('aecrnj');
    faults.push(...(await faultsOfScans('main', screen)));
    changes = [];
  }
  expect(faults).toEqual([]);
});

test('a scan presses nothing in an open menu', async () => {
  await open('/purchase-orders/FIRST?status=confirmed');
  for (const menu of ['More commands', /account and appearance/]) {
    await page.getByRole('button', { name: menu }).press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    expect(await faultsOfScans('[role="menu"]', String(menu))).toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test('a scan sends no dialog, and presses no button in it', async () => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  for (const [path, opener] of staffDialogs) {
    await open(path);
    await page.getByRole('button', { name: opener }).first().press('Enter');
    await expect(page.getByRole('dialog'), path).toBeVisible();
    await scanner.scan('aecrnj');
    faults.push(...(await faultsOfScans('[role="dialog"]', `${path}, ${String(opener)}`, 1)));
    changes = [];
  }
  expect(faults).toEqual([]);
});

test('a scan that nothing takes is said', async () => {
  await open('/vendors');
  await scanner.scan('8901234567894');
  await expect(page.getByText('Nothing here takes a scan')).toBeVisible();
  await expect(page.getByText(/8901234567894/)).toBeVisible();
});

test('a person who types fast still has every shortcut', async () => {
  const type = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
  };
  await open('/vendors');
  await type('g', 'p');
  await expect(page.getByRole('heading', { level: 1, name: 'Purchase orders' })).toBeVisible();
  await type('/');
  await expect(page.locator('[data-list-search]')).toBeFocused();
  await type('Escape', '0', '0', '0');
  await expect(page.locator('[data-list-search]')).toHaveValue('000');
  await open('/purchase-orders');
  await type('n');
  await expect(page).toHaveURL(/\/purchase-orders\/new$/);
  await open('/purchase-orders');
  await type('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await type('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a scan into the barcodes of a product is one of them', async () => {
  await open('/products/new');
  await page
    .getByRole('textbox', { name: 'Barcodes' })
    .or(page.getByRole('combobox', { name: 'Barcodes' }))
    .first()
    .focus();
  await scanner.scan('8901234567894');
  await scanner.scan('4006381333931');
  await expect(page.getByText('8901234567894', { exact: true })).toBeVisible();
  await expect(page.getByText('4006381333931', { exact: true })).toBeVisible();
});

/** Fields of prose on the screens that take scans: there a code is one of the screen's. */
const prose = ['Carrier', 'Notes', 'Notes for the vendor'];

test('a scan into a field for a number that others gave is written there, on every screen that counts scans too', async () => {
  test.setTimeout(200_000);
  const screens = ['/purchase-orders/new', '/sales-orders/new', 'Receive goods', 'Ship goods'] as const;
  const written: string[] = [];
  for (const screen of screens) {
    if (screen.startsWith('/')) await open(screen);
    else {
      await open(
        screen === 'Receive goods'
          ? '/purchase-orders/FIRST?status=confirmed'
          : '/sales-orders/FIRST?status=confirmed&hasBackorder=false',
      );
      await page
        .getByRole('button', { name: screen })
        .or(page.getByRole('link', { name: screen }))
        .press('Enter');
      await expect(page.getByText('each scan counts one')).toBeVisible();
    }
    const fields = page.locator(
      'main input:not([data-typed]):not([role="combobox"]), main [data-typed="reference"], main textarea',
    );
    for (const field of await fields.all()) {
      if (!(await field.isEditable()) || !(await field.isVisible())) continue;
      const name =
        (await field.getAttribute('aria-label')) ??
        (await field.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? ''));
      const isReference = (await field.getAttribute('data-typed')) === 'reference';
      if (!isReference) {
        expect(prose, `${screen}: ${name} is neither prose nor a number that others gave`).toContain(name);
        continue;
      }
      for (const code of ['LOT-77/A1', '8901234567894', '0042']) {
        await field.focus();
        await scanner.scan(code, 30);
        await expect(field, `${screen}: ${name}`).toHaveValue(code);
        await expect(page.locator('[role="dialog"][aria-modal="true"]')).toHaveCount(0);
      }
      written.push(name);
    }
  }
  expect(written.map((name) => name.replace(/, line \d+$/, ''))).toEqual(
    expect.arrayContaining([
      'Vendor’s reference',
      'Customer’s reference',
      'Delivery note',
      'Tracking number',
    ]),
  );
});

test('a product of the order counts wherever it is scanned, in a field for such a number too', async () => {
  await open('/purchase-orders/FIRST?status=confirmed');
  await page
    .getByRole('button', { name: 'Receive goods' })
    .or(page.getByRole('link', { name: 'Receive goods' }))
    .press('Enter');
  const note = page.getByRole('textbox', { name: 'Delivery note' });
  await note.fill('DN-1');
  await note.focus();
  const arrived = page.getByRole('table', { name: 'What arrived' });
  const sku = (await arrived.getByRole('row').nth(1).getByRole('cell').nth(1).textContent()) ?? '';
  await scanner.scan(sku, 30);
  await expect(page.getByRole('status').filter({ hasText: sku })).toContainText(`${sku} `);
  await expect(note).toHaveValue('DN-1');
});

test('a scan presses, opens and changes nothing in the operators’ window either', async () => {
  test.setTimeout(200_000);
  await page.close();
  await signIn('operator@quartermaster.test');
  changes = [];
  await page.goto(new URL('/admin/', product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1, name: 'Organisations' })).toBeVisible();
  const organisation = await page
    .locator('main a[href*="#/tenants/"]:not([href$="/new"])')
    .first()
    .getAttribute('href');
  const faults: string[] = [];
  for (const path of [
    '#/',
    '#/clusters',
    '#/migrations',
    '#/sessions',
    '#/audit',
    '#/tenants/new',
    organisation,
  ]) {
    await page.goto(new URL(`/admin/${path ?? ''}`, product.webUrl).href);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await scanner.scan('gnto');
    faults.push(...(await faultsOfScans('main', path ?? '')));
    changes = [];
  }
  await page.goto(new URL(`/admin/${organisation ?? ''}`, product.webUrl).href);
  for (const name of [/^Suspend/, /^Remove/]) {
    await page.getByRole('button', { name }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    faults.push(...(await faultsOfScans('[role="dialog"]', String(name), 1)));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    changes = [];
  }
  expect(faults).toEqual([]);
});
