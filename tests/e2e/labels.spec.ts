import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Installation } from './installation.ts';
import { openScreen } from './screens.ts';
import { Staff } from './staff.ts';

/* Labels from the screens: chosen, looked at, and saved as a file. */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ page } = installation);
  await page.goto(installation.product.webUrl);
  await new Staff(page).signIn('warehouse@acme.test');
});

test.afterAll(() => installation?.stop());

const dialog = () => page.getByRole('dialog', { name: 'Print labels' });

async function saved(button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog().getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path(), 'latin1');
}

async function choose(field: string, option: string): Promise<void> {
  await dialog()
    .getByRole('combobox', { name: field })
    .or(dialog().getByRole('textbox', { name: field }))
    .first()
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('labels of a product are looked at and saved as PDF of their size, and as ZPL', async () => {
  await openScreen(page, installation.product.webUrl, '/products/FIRST');
  await page.getByRole('button', { name: 'Print labels' }).press('Enter');
  await expect(dialog().getByRole('img', { name: 'Preview of the first label' })).toBeVisible();
  await dialog().getByRole('textbox', { name: 'Copies' }).fill('3');
  await expect(dialog()).toContainText('3 labels');
  await page.screenshot({ path: test.info().outputPath('product.png') });
  const pdf = await saved('Save PDF');
  expect(pdf.match(/\/MediaBox \[0 0 141\.732 70\.866\]/g)).toHaveLength(3);
  expect(await saved('Save ZPL, 203 dpi')).toContain('^PQ3,0,1,Y^XZ');
  await choose('Label', 'A4, 24 × 70 × 37 mm');
  await dialog().getByRole('textbox', { name: 'Places used on the sheet' }).fill('22');
  await expect(dialog().getByRole('button', { name: /ZPL/ })).toHaveCount(0);
  expect((await saved('Save PDF')).match(/\/MediaBox/g)).toHaveLength(2);
  await choose('Label', '100 × 150 mm');
  await choose('Code on it', 'QR');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: test.info().outputPath('large.png') });
  await page.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
});

test('all bins of a warehouse get labels, and what can’t be printed is said', async () => {
  await openScreen(page, installation.product.webUrl, '/warehouses/FIRST');
  await page.getByRole('button', { name: 'Print labels' }).click();
  await expect(dialog().getByRole('img', { name: 'Preview of the first label' })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('bins.png') });
  await choose('Code on it', 'EAN-13');
  await expect(dialog()).toContainText('has no EAN-13 or UPC-A among its barcodes');
  await expect(dialog().getByRole('img', { name: 'Preview of the first label' })).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('a receipt has a label for each piece that came', async () => {
  await openScreen(page, installation.product.webUrl, '/purchase-orders/FIRST?status=delivered');
  await page.getByRole('button', { name: 'Print labels' }).first().click();
  await expect(dialog().getByRole('img', { name: 'Preview of the first label' })).toBeVisible();
  await expect(dialog().getByRole('textbox', { name: /Copies/ })).toHaveCount(0);
  const labels = Number(
    /(\d[\d,]*) labels?/.exec((await dialog().textContent()) ?? '')?.[1]?.replaceAll(',', ''),
  );
  await page.screenshot({ path: test.info().outputPath('receipt.png') });
  if (labels <= 5000) expect((await saved('Save PDF')).match(/\/MediaBox/g)).toHaveLength(labels);
});
