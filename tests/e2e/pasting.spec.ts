import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { Staff } from './staff.ts';

/*
 * Blocks of a spreadsheet in and out of the lines of orders: the browser's own clipboard, its own keys, the real
 * services. One installation and one signed-in page for all of it.
 */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let page: Page;

const ask = <Data>(...call: Parameters<Installation['ask']>) => installation.ask<Data>(...call);

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start({
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  ({ product, page } = installation);
  await page.goto(product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
  const twin = { name: 'Twin washer', unit: 'NOS', purchasePrice: '1', salePrice: '2', taxClass: 'GST18' };
  for (const sku of ['TWIN-1', 'TWIN-2']) {
    await ask('products.create', { ...twin, sku, hsnCode: '73182200' }, 'mutation');
  }
});

test.afterAll(async () => {
  await installation?.stop();
});

const cell = (name: string) => page.getByLabel(name, { exact: true });
const lines = () => page.getByRole('table', { name: 'Order lines' });
const expectLines = (count: number) => expect(lines()).toHaveAttribute('aria-rowcount', String(count + 1));

async function newOrder(path = '/purchase-orders/new'): Promise<void> {
  await page.goto('about:blank');
  await page.goto(product.webUrl);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('qm-draft:')) localStorage.removeItem(key);
  });
  await page.goto(new URL(path, product.webUrl).href);
  await expect(cell('Product, line 1')).toBeVisible();
}

async function paste(text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+v');
}

const block = [
  'Sr. No.\tItem code\tDescription\tQty\tRate\tDisc %\tAmount',
  '1\tABR-1273\tCutting disc\t12 nos\t₹ 1,20,000.50\t5%\t1',
  '2\tNO-SUCH-9\tNobody has this\t3\t10\t\t30',
  '3\t\tTwin washer\t4\t\t\t',
  '4\tabr-1274\t\ttwelve\tN/A\t\t',
  '\t\t\t\t\t\t',
  '\tGrand total\t\t\t\t\t31',
].join('\r\n');

test('a block of a spreadsheet becomes lines, and each says at its place what could not be told', async () => {
  await newOrder();
  await cell('Product, line 1').focus();
  await paste(block);
  await expectLines(4);
  await expect(page.getByRole('row', { name: /^1 .*ABR-1273/ })).toBeVisible();
  await expect(cell('Quantity, line 1')).toHaveValue('12');
  await expect(cell('Price, line 1')).toHaveValue('120000.5');
  await expect(cell('Disc. %, line 1')).toHaveValue('5');
  await expect(cell('Product, line 2')).toHaveValue('NO-SUCH-9');
  await expect(page.getByText('No product is called “NO-SUCH-9”. Choose one.')).toBeVisible();
  await expect(page.getByText('Several products are called “Twin washer”. Choose one.')).toBeVisible();
  await expect(page.getByRole('row', { name: /^4 .*ABR-1274/ })).toBeVisible();
  await expect(cell('Quantity, line 4')).toHaveValue('twelve');
  await expect(page.getByText('“twelve” can’t be read as a quantity.')).toBeVisible();
  await expect(page.getByText('“N/A” can’t be read as a price.')).toBeVisible();
  await expect(page.getByText('Not taken: Sr. No., Amount.')).toBeVisible();
  await expect(page.getByText('2 pasted lines have no product yet.')).toBeVisible();
  await expect(cell('Product, line 1'), 'the cursor stays').toBeFocused();
});

test('what could not be told is chosen from what comes near it, and the order is saved as it was meant', async () => {
  await page.getByRole('button', { name: 'Go to line 2' }).click();
  await expect(cell('Product, line 2')).toBeFocused();
  await page.keyboard.type('ABR-1275');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /^2 .*ABR-1275/ })).toBeVisible();
  await expect(cell('Price, line 2'), 'the price of the block').toHaveValue('10');
  await page.getByRole('button', { name: 'Go to line 3' }).click();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /^3 .*TWIN-/ })).toBeVisible();
  await expect(page.getByText('no product yet')).toHaveCount(0);
  await cell('Price, line 4').fill('7');
  await page.getByRole('combobox', { name: 'Vendor' }).fill('packaging');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Ship to' }).fill('bhw');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+s');
  await expect(cell('Quantity, line 4'), 'a figure nobody can read is not sent').toBeFocused();
  await page.keyboard.type('12');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { level: 1, name: /^DRAFT-/ })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Lines of the order' }).getByRole('row')).toHaveCount(5);
});

test('one step takes all of a block back, with the key and with the notice, and what was typed since stays', async () => {
  await newOrder();
  await cell('Product, line 1').focus();
  await paste(block);
  await expect(page.getByText('No product is called “NO-SUCH-9”. Choose one.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expectLines(1);
  await expect(cell('Product, line 1')).toBeFocused();
  await expect(cell('Product, line 1')).toHaveValue('');

  await paste(block);
  await expectLines(4);
  await page.keyboard.press('Shift+Tab');
  await page.getByRole('button', { name: 'Add line' }).click();
  await expect(cell('Product, line 5')).toBeFocused();
  await cell('Quantity, line 5').fill('9');
  await page.keyboard.press('Control+z');
  await cell('Quantity, line 5').fill('9');
  await page.getByRole('button', { name: 'Take it back' }).last().click();
  await expectLines(2);
  await expect(cell('Quantity, line 2')).toHaveValue('9');
});

test('a column of figures goes down from the cell with the cursor', async () => {
  await newOrder();
  await cell('Product, line 1').focus();
  await paste('ABR-1273\t1\nABR-1274\t2\nABR-1275\t3');
  await expect(page.getByRole('row', { name: /^3 .*ABR-1275/ })).toBeVisible();
  await cell('Quantity, line 2').focus();
  await paste('20\t1,500.50\n\t9\n40\t8');
  await expect(cell('Quantity, line 2')).toHaveValue('20');
  await expect(cell('Price, line 2')).toHaveValue('1500.5');
  await expect(cell('Quantity, line 3'), 'an empty cell empties the field').toHaveValue('');
  await expect(cell('Price, line 3')).toHaveValue('9');
  await expect(page.getByText('1 row of the block had no line to go to.')).toBeVisible();
  await expectLines(3);
  await page.keyboard.press('Control+z');
  await expect(cell('Quantity, line 2')).toHaveValue('2');
});

test('one cell is pasted into its field as ever, and a block on no field at all goes to the lines', async () => {
  await newOrder('/sales-orders/new');
  await cell('Quantity, line 1').focus();
  await paste('1,250.5');
  await expect(cell('Quantity, line 1')).toHaveValue('1250.5');
  await page.getByRole('heading', { level: 1 }).click();
  await paste('ABR-1273\t5\r\nABR-1274\t6');
  await expectLines(3);
  await expect(page.getByRole('row', { name: /^3 .*ABR-1274/ })).toBeVisible();
  await expect(cell('Price, line 3'), 'the price of sales').toHaveValue(/^\d+\.\d\d$/);
});

test('the lines of an order are copied out with their heads, marked ones or all, and are the same when they are pasted', async () => {
  await newOrder();
  await cell('Product, line 1').focus();
  await paste('ABR-1273\t5\t12.50\t2%\nABR-1274\t0.5\t9\t\nNO-SUCH-9\t1\t3\t');
  await expect(page.getByText('No product is called “NO-SUCH-9”. Choose one.')).toBeVisible();
  const values = async () => {
    const shown = [];
    for (let line = 1; line <= 3; line += 1)
      for (const column of ['Product', 'Quantity', 'Price', 'Disc. %'])
        shown.push(await cell(`${column}, line ${String(line)}`).inputValue());
    return shown;
  };
  const before = await values();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy all' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect((await copied()).split('\r\n')[0]).toBe('SKU\tProduct\tQuantity\tUnit\tPrice\tDiscount %');
  const all = await copied();

  await cell('Quantity, line 2').focus();
  await page.keyboard.press('Shift+Space');
  await page.keyboard.press('Control+c');
  expect((await copied()).split('\r\n')).toHaveLength(3);
  expect(await copied()).toContain('ABR-1274');

  await newOrder();
  await cell('Product, line 1').focus();
  await paste(all);
  await expectLines(3);
  await expect(page.getByText('No product is called “NO-SUCH-9”. Choose one.')).toBeVisible();
  expect(await values()).toEqual(before);
});

test('an order takes 5,000 pasted lines, and says it when there are more', async () => {
  test.setTimeout(120_000);
  await newOrder();
  await cell('Product, line 1').focus();
  const rows = (count: number) => Array.from({ length: count }, () => 'ABR-1273\t1\t10').join('\n');
  await paste(rows(5001));
  await expect(page.getByText('Nothing was pasted')).toBeVisible();
  await expectLines(1);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('products.named')) asked.push(request.url());
  });
  await paste(rows(5000));
  await expectLines(5000);
  await expect(page.getByRole('row', { name: /^1 .*ABR-1273/ })).toBeVisible();
  expect(asked, 'round trips for the products of a block').toHaveLength(1);
});

test('a form that is saved while a block is looked up waits for it, and a lookup that fails can be tried again', async () => {
  await newOrder();
  await page.route('**/products.named**', (route) => route.abort());
  await cell('Product, line 1').focus();
  await paste('ABR-1273\t5\nABR-1274\t6');
  await expect(page.getByText('“ABR-1273” could not be looked up.')).toBeVisible({ timeout: 20_000 });
  await page.unroute('**/products.named**');
  await page.route('**/products.named**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.continue();
  });
  await page.getByRole('combobox', { name: 'Vendor' }).fill('packaging');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Ship to' }).fill('bhw');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Look up again' }).click();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { level: 1, name: /^DRAFT-/ })).toBeVisible({ timeout: 20_000 });
  await page.unroute('**/products.named**');
});

/** A confirmed order of three products, nothing of it received. */
async function openOrder(): Promise<string> {
  const first = async (list: string, filter: object) =>
    (await ask<{ items: { id: string }[] }>(list, { filter: { status: ['active'], ...filter }, limit: 1 }))
      .items[0]?.id;
  const skus = ['ABR-1273', 'ABR-1274', 'ABR-1275'];
  const found = await ask<{ product: { id: string } }[]>('products.named', { texts: skus }, 'mutation');
  const draft = await ask<{ id: string; version: number }>(
    'purchaseOrders.create',
    {
      vendorId: await first('vendors.list', {}),
      warehouseId: await first('warehouses.list', {}),
      lines: found.map((one) => ({ productId: one.product.id, quantity: '10', unitPrice: '1' })),
    },
    'mutation',
  );
  await ask('purchaseOrders.submit', { id: draft.id, version: draft.version }, 'mutation');
  return draft.id;
}

test('a vendor’s packing list is pasted into what arrived: figures go to the lines of their products', async () => {
  const order = await openOrder();
  await page.goto(new URL(`/purchase-orders/${order}/receive`, product.webUrl).href);
  const row = async (sku: string) => {
    const name = await page.getByRole('row', { name: new RegExp(sku) }).getAttribute('aria-rowindex');
    return cell(`Arrived, line ${String(Number(name) - 1)}`);
  };
  await cell('Arrived, line 1').focus();
  await paste('SKU\tQty\nABR-1275\t5 nos\nabr-1273\t3\nNO-SUCH-9\t4\nABR-1274\tsome');
  await expect(await row('ABR-1275')).toHaveValue('5');
  await expect(await row('ABR-1273')).toHaveValue('3');
  await expect(await row('ABR-1274')).toHaveValue('some');
  await expect(page.getByText('“some” can’t be read as a quantity.')).toBeVisible();
  await expect(page.getByText('None of these lines: NO-SUCH-9.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(await row('ABR-1275')).toHaveValue('');
  await paste('1\n2\n3');
  await expect(cell('Arrived, line 3')).toHaveValue('3');
  await page.getByRole('button', { name: 'Take it back' }).last().click();
  await expect(cell('Arrived, line 3')).toHaveValue('');
});

test('a confirmed order is revised by a block too', async () => {
  const order = await openOrder();
  await page.goto(new URL(`/purchase-orders/${order}`, product.webUrl).href);
  await page.getByRole('button', { name: 'Change order' }).click();
  await cell('Ordered, line 2').focus();
  await paste('12\t1.5\n13\t1.75');
  await expect(cell('Ordered, line 2')).toHaveValue('12');
  await expect(cell('Price, line 3')).toHaveValue('1.75');
  await cell('Price, line 1').fill('9');
  await page.getByRole('button', { name: 'Take it back' }).last().click();
  await expect(cell('Ordered, line 2')).toHaveValue('10');
  await expect(cell('Price, line 1'), 'what was typed since stays').toHaveValue('9');
});
