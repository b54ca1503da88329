import { expect, test } from '@playwright/test';
import type { Browser, Page, Request } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startProduct } from '../fixtures/product.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { Scanner } from './scanner-keys.ts';
import { staffScreens } from './screens.ts';
import { Staff } from './staff.ts';

/*
 * A keyboard-wedge scanner is a keyboard that types a code and presses Enter, wherever the focus is. Its keys are letters
 * that would be shortcuts, and its Enter would press what has the focus: nothing of that may happen anywhere.
 */
test.describe.configure({ mode: 'serial' });

let product: StartedProduct;
let browser: Browser;
let page: Page;
let scanner: Scanner;

/** What was asked of the server that isn't reading. */
let changes: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await startProduct();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  scanner = await Scanner.at(page);
  await page.goto(product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
  page.on('request', (request: Request) => {
    if (request.method() === 'POST' && request.url().includes('/api/trpc/')) changes.push(request.url());
  });
});

test.afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

/** The first record of a list, as `keyboard.spec.ts` opens it: `/vendors/FIRST?status=active`. */
async function openFirst(path: string): Promise<void> {
  const [list = '', query = ''] = path.split('/FIRST');
  await open(`${list}${query}`);
  if (!path.includes('/FIRST')) return;
  await page.getByRole('grid').first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${list}/[0-9a-f-]{36}`));
  await page.waitForLoadState('networkidle');
}

const records = [
  '/vendors/FIRST',
  '/customers/FIRST',
  '/products/FIRST',
  '/warehouses/FIRST',
  '/employees/FIRST',
  '/purchase-orders/FIRST?status=pending_approval',
  '/purchase-orders/FIRST?status=confirmed',
  '/sales-orders/FIRST?status=draft',
  '/sales-orders/FIRST?status=confirmed',
] as const;

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

/** Scans with the focus on every kind of place within; nothing is opened, changed or left. */
async function scanEverywhere(within: string, where: string, dialogs = 0): Promise<void> {
  const stops = await page.evaluate(markStops, within);
  expect(stops, where).toBeGreaterThan(0);
  const at = new URL(page.url()).pathname;
  for (let stop = 0; stop < stops; stop += 1) {
    const place = page.locator(`[data-stop="${String(stop)}"]`);
    if ((await place.count()) === 0) continue;
    const [code, gap] = codes[stop % codes.length] ?? ['', 0];
    const name = await place.evaluate((one) => one.outerHTML.slice(0, 120));
    await place.evaluate((one) => {
      one.focus();
    });
    await scanner.scan(code, gap);
    await page.waitForTimeout(70);
    const words = `${where}: ${code} at ${name}`;
    expect(new URL(page.url()).pathname, words).toBe(at);
    expect(await page.locator('[role="dialog"][aria-modal="true"]').count(), words).toBe(dialogs);
    expect(changes, words).toEqual([]);
  }
}

test.beforeEach(() => {
  changes = [];
});

for (const screen of [...staffScreens, ...records]) {
  test(`a scan presses, opens and changes nothing on ${screen}, wherever the focus is`, async () => {
    await openFirst(screen);
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await scanner.scan('aecrnj');
    expect(changes).toEqual([]);
    await scanEverywhere('main', screen);
  });
}

test('a scan presses nothing in an open menu', async () => {
  await openFirst('/purchase-orders/FIRST?status=confirmed');
  for (const menu of ['More commands', /account and appearance/]) {
    await page.getByRole('button', { name: menu }).press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await scanEverywhere('[role="menu"]', String(menu));
    await page.keyboard.press('Escape');
  }
});

test('a scan sends no dialog, and presses no button in it', async () => {
  test.setTimeout(180_000);
  const dialogs: readonly [path: string, opener: string | RegExp][] = [
    ['/inventory', 'Adjust stock'],
    ['/roles', 'New role'],
    ['/warehouses/FIRST', 'Add bin'],
    ['/employees/FIRST', /^Change$/],
    ['/purchase-orders/FIRST?status=confirmed', 'Change order'],
    ['/purchase-orders/FIRST?status=pending_approval', 'Reject'],
    ['/sales-orders/FIRST?status=draft', 'Confirm'],
    ['/sales-orders/FIRST?paymentStatus=unpaid&status=delivered', 'Record payment'],
  ];
  for (const [path, opener] of dialogs) {
    await openFirst(path);
    await page.getByRole('button', { name: opener }).first().press('Enter');
    await expect(page.getByRole('dialog'), path).toBeVisible();
    await scanner.scan('aecrnj');
    await scanEverywhere('[role="dialog"]', `${path}, ${String(opener)}`, 1);
  }
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
