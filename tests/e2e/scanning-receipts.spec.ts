import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startProduct } from '../fixtures/product.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { callProcedure } from '../fixtures/wire.ts';
import { Scanner } from './scanner-keys.ts';
import { openScreen } from './screens.ts';
import { Staff } from './staff.ts';

/* A scanner at a receipt: whatever field has the focus, a code is a lot, counts a product, or stops until it is put aside. */

let product: StartedProduct;
let browser: Browser;
let page: Page;
let scanner: Scanner;
let token = '';

/** What was asked of the server that isn't reading. */
let changes: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await startProduct();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  scanner = await Scanner.at(page);
  page.on('request', (request) => {
    token = request.headers()['authorization']?.replace('Bearer ', '') ?? token;
    const [, procedure = ''] = request.url().split('/api/trpc/');
    if (request.method() === 'POST' && procedure !== '') changes.push(procedure);
  });
  await page.goto(product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
});

test.afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** Asks the API beside the screen, as the person signed in on it. */
async function ask<Data>(procedure: string, input: unknown, kind: 'query' | 'mutation' = 'query') {
  const answer = await callProcedure<Data>({ apiUrl: product.apiUrl, procedure, input, token, kind });
  expect(answer.error, procedure).toBeUndefined();
  return answer.data;
}

test('a scan into any field of a receipt with lots is a lot, counts, or is told: no field takes it for something else', async () => {
  test.setTimeout(200_000);
  const [vendor, warehouse] = await Promise.all(
    ['vendors.list', 'warehouses.list'].map((list) =>
      ask<{ items: { id: string }[] }>(list, { filter: { status: ['active'] }, limit: 1 }),
    ),
  );
  const barcode = '4006381333931';
  const made = await ask<{ id: string }>(
    'products.create',
    { sku: 'LOT-1', name: 'Sealant', hsnCode: '3214', unit: 'NOS', tracksLots: true, barcodes: [barcode] },
    'mutation',
  );
  const draft = await ask<{ id: string; version: number }>(
    'purchaseOrders.create',
    {
      vendorId: vendor?.items[0]?.id,
      warehouseId: warehouse?.items[0]?.id,
      lines: [{ productId: made.id, quantity: '400', unitPrice: '1' }],
    },
    'mutation',
  );
  await ask('purchaseOrders.submit', { id: draft.id, version: draft.version }, 'mutation');
  await openScreen(page, product.webUrl, `/purchase-orders/${draft.id}/receive`);
  changes = [];

  const arrived = page.getByLabel('Arrived, line 1', { exact: true });
  const names: string[] = [];
  for (const field of await page.locator('main input, main textarea').all()) {
    if (!(await field.isEditable()) || !(await field.isVisible())) continue;
    const name =
      (await field.getAttribute('aria-label')) ??
      (await field.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? ''));
    names.push(name);
    const kind = await field.getAttribute('data-typed');
    const before = await field.inputValue();

    // A code that the order doesn't know: the field is for it, or it is told and must be put aside.
    await field.focus();
    await scanner.scan('LOT-77/A1', 30);
    if (kind === 'reference') {
      await expect(field, name).toHaveValue('LOT-77/A1');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    } else if (kind === 'record') {
      await expect(page.getByText('Nothing found for “LOT-77/A1”.'), name).toBeVisible();
      await field.fill('');
    } else {
      await expect(page.getByRole('dialog'), name).toContainText('LOT-77/A1');
      await expect(field, name).toHaveValue(before);
      await page.getByRole('button', { name: 'Put aside and go on' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }

    // A product of the order counts one, and leaves the field as it was.
    const kept = await field.inputValue();
    const counted = Number(await arrived.inputValue());
    await field.focus();
    await scanner.scan(barcode, 30);
    await expect(arrived, name).toHaveValue(String(counted + 1));
    if (!name.startsWith('Arrived')) await expect(field, name).toHaveValue(kept);
  }
  expect(names).toEqual(
    expect.arrayContaining([
      'Delivery note',
      'Arrived, line 1',
      'Bin, line 1',
      'Lot, line 1',
      'Expires, line 1',
    ]),
  );
  expect(changes).toEqual([]);
  await expect(page).toHaveURL(/\/receive$/);
});
