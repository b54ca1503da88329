import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Installation } from './installation.ts';
import { Scanner } from './scanner-keys.ts';
import { openScreen } from './screens.ts';
import { Staff } from './staff.ts';

/* A scanner at a receipt: whatever field has the focus, a code is a lot, counts a product, or stops until it is put aside. */

let installation: Installation;
let page: Page;
let scanner: Scanner;

/** What was asked of the server that isn't reading. */
let changes: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ page } = installation);
  scanner = await Scanner.at(page);
  page.on('request', (request) => {
    const [, procedure = ''] = request.url().split('/api/trpc/');
    if (request.method() === 'POST' && procedure !== '') changes.push(procedure);
  });
  await page.goto(installation.product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
});

test.afterAll(() => installation?.stop());

test('a scan into any field of a receipt with lots is a lot, counts, or is told: no field takes it for something else', async () => {
  test.setTimeout(200_000);
  const [vendor, warehouse] = await Promise.all(
    ['vendors.list', 'warehouses.list'].map((list) =>
      installation.ask<{ items: { id: string }[] }>(list, { filter: { status: ['active'] }, limit: 1 }),
    ),
  );
  const barcode = '4006381333931';
  const made = await installation.ask<{ id: string }>(
    'products.create',
    { sku: 'LOT-1', name: 'Sealant', hsnCode: '3214', unit: 'NOS', tracksLots: true, barcodes: [barcode] },
    'mutation',
  );
  const draft = await installation.ask<{ id: string; version: number }>(
    'purchaseOrders.create',
    {
      vendorId: vendor?.items[0]?.id,
      warehouseId: warehouse?.items[0]?.id,
      lines: [{ productId: made.id, quantity: '400', unitPrice: '1' }],
    },
    'mutation',
  );
  await installation.ask('purchaseOrders.submit', { id: draft.id, version: draft.version }, 'mutation');
  await openScreen(page, installation.product.webUrl, `/purchase-orders/${draft.id}/receive`);
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
