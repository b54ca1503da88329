import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Installation } from './installation.ts';
import { Scanner } from './scanner-keys.ts';
import { openScreen } from './screens.ts';
import { Staff } from './staff.ts';

/* GS1 codes as a keyboard-wedge scanner types them: with the symbol's name before them, and Ctrl+] between elements. */

let installation: Installation;
let page: Page;
let scanner: Scanner;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ page } = installation);
  scanner = await Scanner.at(page);
  await page.goto(installation.product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
});

test.afterAll(() => installation?.stop());

test('a GS1 code of a product on the order fills its lot, last day and quantity, and one that is wrong is refused with its reason', async () => {
  const [vendor, warehouse] = await Promise.all(
    ['vendors.list', 'warehouses.list'].map((list) =>
      installation.ask<{ items: { id: string }[] }>(list, { filter: { status: ['active'] }, limit: 1 }),
    ),
  );
  const gtin = '08901234567890';
  const made = await installation.ask<{ id: string }>(
    'products.create',
    {
      sku: 'GS1-1',
      name: 'Sealant',
      hsnCode: '3214',
      unit: 'NOS',
      tracksLots: true,
      barcodes: [gtin.slice(1)],
    },
    'mutation',
  );
  const draft = await installation.ask<{ id: string; version: number }>(
    'purchaseOrders.create',
    {
      vendorId: vendor?.items[0]?.id,
      warehouseId: warehouse?.items[0]?.id,
      lines: [{ productId: made.id, quantity: '40', unitPrice: '10' }],
    },
    'mutation',
  );
  await installation.ask('purchaseOrders.submit', { id: draft.id, version: draft.version }, 'mutation');
  await openScreen(page, installation.product.webUrl, `/purchase-orders/${draft.id}/receive`);

  await scanner.scan(`]d201${gtin}1727130010L-1\u001d3012`);
  await expect(page.getByRole('dialog')).toContainText('There is no such day as in (17) 271300');
  await expect(page.getByRole('dialog')).toContainText('Nothing was counted');
  await page.getByRole('button', { name: 'Put aside and go on' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const bar = page.getByRole('status').filter({ hasText: 'GS1-1' });
  await scanner.scan(`]d201${gtin}112611011727120010L-1\u001d3012`);
  await expect(bar).toContainText('12 of 40 expected, lot L-1');
  await scanner.scan(`]C101${gtin}1727123110L-1`);
  await expect(bar).toContainText('13 of 40 expected, lot L-1');
  await scanner.scan(`(01)${gtin}(17)280229(10)L-2(30)6`);
  await expect(bar).toContainText('19 of 40 expected, lot L-2');
  await scanner.scan(gtin);
  await expect(bar).toContainText('20 of 40 expected');
  const typed = (column: string) =>
    page
      .locator(`[data-column="${column}"]`)
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLInputElement).value));
  expect(await typed('lot')).toEqual(['L-1', 'L-2']);
  expect(await typed('quantity')).toEqual(['13', '7']);
  expect(await typed('expiresOn')).toEqual(['31 Dec 2027', '29 Feb 2028']);

  expect(await typed('madeOn')).toEqual(['01 Nov 2026', '']);
  await page.getByLabel('Vendor’s lot, line 2').fill('V-77');

  await page.getByRole('button', { name: 'Post receipt' }).click();
  await expect(page).toHaveURL(new RegExp(`/purchase-orders/${draft.id}$`));
  const order = await installation.ask<{
    receipts: { lines: Record<'lot' | 'vendorLot' | 'madeOn' | 'expiresOn' | 'quantity', string | null>[] }[];
  }>('purchaseOrders.get', { id: draft.id });
  expect(order.receipts[0]?.lines).toMatchObject([
    { lot: 'L-1', vendorLot: null, madeOn: '2026-11-01', expiresOn: '2027-12-31', quantity: '13.000' },
    { lot: 'L-2', vendorLot: 'V-77', madeOn: null, expiresOn: '2028-02-29', quantity: '7.000' },
  ]);
  const receipt = page.getByRole('grid', { name: /^Goods receipt / });
  await expect(receipt).toContainText('V-77');
  await expect(receipt).toContainText('01 Nov 2026');
});
