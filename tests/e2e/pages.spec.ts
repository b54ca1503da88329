import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { Page as ListPage } from '../../server/ground/list.contract.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { startRelay } from '../fixtures/relay.ts';
import type { Relay } from '../fixtures/relay.ts';
import { cutOffAtAnySize } from './cut-off.ts';
import { allStaffScreens } from './screens.ts';
import { demoPassword } from './staff.ts';
import { staffStates, walk } from './states.ts';
import { Visitor } from './visitor.ts';

/*
 * What holds for every page: nothing is cut off, all of a record is shown, the focus can be seen, and a server that
 * keeps silent is told of. In a browser, at the widths people have; a zoom of 200 % is half the width.
 */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let relay: Relay;
let browser: Browser;
let page: Page;
let web: string;
let orderId: string;
let longOrderId: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ product, browser, page } = installation);
  const { hostname, port } = new URL(product.webUrl);
  relay = await startRelay(hostname, Number(port));
  web = `http://127.0.0.1:${String(relay.port)}`;
  await page.goto(product.webUrl);
  await page.getByLabel('E-mail').fill('owner@acme.test');
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  orderId = await orderOf(40);
  longOrderId = await orderOf(2749);
});

test.afterAll(async () => {
  await relay?.close();
  await installation?.stop();
});

/** A draft of this many lines; 40 are more than any window shows at once, 2,749 are the most that anybody has typed. */
async function orderOf(lines: number): Promise<string> {
  const ask = <Data>(...call: Parameters<Installation['ask']>) => installation.ask<Data>(...call);
  const first = async (list: string, limit: number) =>
    (await ask<ListPage<{ id: string }>>(list, { filter: { status: ['active'] }, limit })).items;
  const [vendor] = await first('vendors.list', 1);
  const [warehouse] = await first('warehouses.list', 1);
  const products = await first('products.list', 40);
  const order = await ask<{ id: string }>(
    'purchaseOrders.create',
    {
      vendorId: vendor?.id,
      warehouseId: warehouse?.id,
      lines: Array.from({ length: lines }, (_, at) => ({
        productId: products[at % products.length]?.id,
        quantity: '2',
        unitPrice: '10',
      })),
    },
    'mutation',
  );
  return order.id;
}

async function open(path: string, heading?: string | RegExp): Promise<void> {
  await page.goto(new URL(path, product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1, ...(heading ? { name: heading } : {}) })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  await page.waitForLoadState('networkidle');
}

test('all forty lines of an order are part of its page, their count is said, and their heads stay in sight', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(`/purchase-orders/${orderId}`, /./);
  const lines = page.getByRole('grid', { name: 'Lines of the order' });
  await expect(lines.getByRole('row')).toHaveCount(41);
  await expect(page.getByText('40 rows', { exact: true })).toBeVisible();
  const boxes = await lines.evaluate(
    (grid) =>
      [grid, ...grid.querySelectorAll('*')].filter((box) => box.scrollHeight > box.clientHeight + 40).length,
  );
  expect(boxes, 'boxes within the table that hide rows').toBe(0);

  await lines.getByRole('row').nth(35).scrollIntoViewIfNeeded();
  await expect(lines.getByRole('columnheader').first()).toBeInViewport();
});

test('the field that has the focus is never covered, in an order longer than the window', async () => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await open(`/purchase-orders/${orderId}/edit`, /./);
  await page.getByLabel('Quantity, line 1', { exact: true }).focus();
  const covered: string[] = [];
  for (let press = 0; press < 130; press += 1) {
    await page.keyboard.press(press % 10 === 9 ? 'ArrowDown' : 'Tab');
    const hidden = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const { left, top, width, height } = at.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      const visible =
        seen !== null && (at.contains(seen) || seen.contains(at) || seen.closest('label')?.contains(at));
      return visible ? null : `${at.tagName} ${at.getAttribute('aria-label') ?? ''}`;
    });
    if (hidden) covered.push(hidden);
  }
  expect(covered).toEqual([]);
  // Back up again, where the heads of the lines stand.
  await page.getByLabel('Quantity, line 40', { exact: true }).focus();
  for (let press = 0; press < 20; press += 1) await page.keyboard.press('ArrowUp');
  await expect(
    page.getByRole('table', { name: 'Order lines' }).getByRole('columnheader').nth(3),
  ).toBeInViewport();
  expect(
    await page.evaluate(() => {
      const at = document.activeElement;
      const { left, top, width } = at?.getBoundingClientRect() ?? new DOMRect();
      return at?.contains(document.elementFromPoint(left + width / 2, top + 4)) ?? false;
    }),
  ).toBe(true);
});

test('an order of 2,749 lines is typed like a short one, to its last line and to the line that is wrong', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(`/purchase-orders/${longOrderId}/edit`, /./);
  const lines = page.getByRole('table', { name: 'Order lines' });
  const quantity = (line: number) => page.getByLabel(`Quantity, line ${String(line)}`, { exact: true });
  await expect(lines).toHaveAttribute('aria-rowcount', '2750');
  expect(await lines.getByRole('row').count(), 'lines that are drawn').toBeLessThan(120);

  // By the arrows from line to line, much further than what was drawn at first.
  await quantity(1).focus();
  for (let press = 0; press < 80; press += 1) await page.keyboard.press('ArrowDown');
  await expect(quantity(81)).toBeFocused();
  await expect(quantity(81)).toBeInViewport({ ratio: 1 });
  await page.keyboard.type('7');

  // What has the focus stays, and takes what is typed, however far the page is scrolled.
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, 30_000);
  await expect(quantity(81)).not.toBeInViewport();
  await page.keyboard.type('5');
  await expect(quantity(81)).toHaveValue('75');

  await page.getByRole('button', { name: 'Add line' }).click();
  await expect(page.getByRole('combobox', { name: 'Product, line 2750', exact: true })).toBeFocused();
  await page.keyboard.press('Control+Delete');
  await expect(lines).toHaveAttribute('aria-rowcount', '2750');

  // A refusal leads to its line, wherever that is.
  await quantity(2749).fill('0');
  await page.mouse.wheel(0, -200_000);
  await expect(quantity(1)).toBeInViewport();
  await page.keyboard.press('Control+s');
  await expect(quantity(2749)).toBeFocused();
  await expect(quantity(2749)).toBeInViewport({ ratio: 1 });
  await quantity(2749).fill('4');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^2,?749 rows$/)).toBeVisible();
});

test('the lines of an order stand side by side under their heads on a screen of 1280 pixels', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const path of ['/purchase-orders/new', '/sales-orders/new', `/purchase-orders/${orderId}/edit`]) {
    await open(path, /order|Edit/);
    const lines = page.getByRole('table', { name: 'Order lines' });
    await expect(lines.getByRole('columnheader', { name: 'Net' }), path).toBeVisible();
  }
});

test('no word is cut off and no page scrolls sideways, from a handheld to a large screen', async () => {
  test.setTimeout(400_000);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const at = new Visitor(await context.newPage(), product.webUrl);
  await at.signIn('owner@acme.test');
  const faults: string[] = [];
  await walk(at, allStaffScreens, staffStates, async (name) => {
    faults.push(...(await cutOffAtAnySize(at.page)).map((fault) => `${name}, ${fault}`));
  });
  await context.close();
  expect(faults).toEqual([]);
});

test('a clerk with a handheld sees what is expected, types what arrived and posts it', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(`/purchase-orders/${await openOrderId()}/receive`);
  await page.getByLabel('Arrived, line 1', { exact: true }).fill('1');
  await expect(page.getByLabel('Arrived, line 1', { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Post receipt' })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeInViewport({ ratio: 1 });
});

test('no word in a table of the overview is cut off on a handheld', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/', 'Overview');
  await expect(page.getByRole('grid').first().getByRole('gridcell').first()).toBeVisible();
  const cut = () =>
    page
      .locator('main [role=gridcell]')
      .evaluateAll((cells) =>
        cells
          .filter(
            (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible',
          )
          .map((one) => one.textContent),
      );
  await expect.poll(cut).toEqual([]);
});

test('a notice leaves the buttons of a form in sight, on a handheld too', async () => {
  for (const size of [
    { width: 390, height: 844 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await open('/vendors/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed in vain');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Bring it back' })).toBeVisible();
    await page.getByRole('link', { name: 'New vendor' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'New vendor' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Bring it back' })).toBeVisible();
    // A press that something else would take fails.
    await page.getByRole('button', { name: 'Add vendor' }).click({ trial: true });
    await page.getByRole('button', { name: 'Cancel' }).click({ trial: true });
    const at = page.getByRole('button', { name: 'Bring it back' });
    await at.click();
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Typed in vain');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.reload();
  }
});

test('Cancel leaves no draft behind, and brings it back when asked', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open('/vendors/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed in vain');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Vendors' })).toBeVisible();
  await page.getByRole('link', { name: 'New vendor' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Typed in vain');
  await page.getByRole('button', { name: 'Cancel' }).click();
});

test('Enter in a field of a form goes on to the next field and sends nothing', async () => {
  await open('/purchase-orders/new');
  await page.getByRole('textbox', { name: 'Vendor’s reference' }).fill('Q-77');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Some fields need another look')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Vendor’s reference' })).not.toBeFocused();
});

test('paper shows the whole record without the frame of the app', async () => {
  await open(`/purchase-orders/${orderId}`, /./);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  const [height, rows] = await page.evaluate(() => [
    document.documentElement.scrollHeight,
    document.querySelectorAll('[role=grid] [role=row]').length,
  ]);
  expect(rows).toBe(41);
  // The page is as long as its rows, not as the window.
  expect(height).toBeGreaterThan(41 * 32);
  await page.emulateMedia({ media: null });
});

test('paper is dark on white in a dark window too, and an upright sheet of it has no room for a list', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open('/purchase-orders', 'Purchase orders');
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const onScreen = await ink();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  expect(await ink()).toBe('rgb(31, 29, 25)');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  expect(await ink()).toBe(onScreen);
  expect(onScreen).not.toBe('rgb(31, 29, 25)');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const [, width = 0, height = 0] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
  expect(Number(width)).toBeGreaterThan(Number(height));
  await page.emulateMedia({ colorScheme: null });
});

let openOrder: string | undefined;
/** An order of the demo company that goods can be received for. */
async function openOrderId(): Promise<string> {
  if (openOrder) return openOrder;
  await open('/purchase-orders?status=confirmed');
  const href = await page
    .locator('a[href*="/purchase-orders/"]:not([href$="/new"])')
    .first()
    .getAttribute('href');
  openOrder = /[0-9a-f-]{36}/.exec(href ?? '')?.[0] ?? '';
  return openOrder;
}

test('no word and no column is cut off on paper, and nothing stands there that is pressed', async () => {
  for (const path of ['/products', '/purchase-orders?status=partially_delivered']) {
    await open(path, /./);
    await page.getByRole('grid').first().focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('grid').first().getByRole('gridcell').first()).toBeVisible();
    await expect(page).toHaveURL(/[0-9a-f-]{36}$/);
    await page.waitForLoadState('networkidle');
    await page.emulateMedia({ media: 'print' });
    // An upright sheet between its margins.
    await page.setViewportSize({ width: 703, height: 1032 });
    const faults = await page.evaluate(() => {
      const sheet = document.documentElement.clientWidth;
      const found: string[] = [];
      for (const cell of document.querySelectorAll<HTMLElement>('[role=gridcell], [role=columnheader]')) {
        const { right, width } = cell.getBoundingClientRect();
        if (width > 0 && right > sheet + 1) found.push(`“${cell.innerText}” is beside the sheet`);
        if (cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflowX !== 'visible')
          found.push(`“${cell.innerText}” is cut off`);
      }
      for (const button of document.querySelectorAll<HTMLElement>('main button'))
        if (button.offsetWidth > 0 && !button.closest('[role=columnheader]'))
          found.push(`“${button.innerText}” is on paper`);
      return found;
    });
    expect(faults, path).toEqual([]);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

test('a server that takes the connection and keeps silent is told of, and every wait has an end and a way out', async () => {
  test.setTimeout(120_000);
  await page.close();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(web);
  await page.getByLabel('E-mail').fill('owner@acme.test');
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const go = (area: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: area, exact: true });
  await go('Vendors').click();
  await page.getByRole('link', { name: 'New vendor' }).click();
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill('V-SILENT');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Silent Traders');
  await page.getByRole('combobox', { name: 'GST registration' }).click();
  await page.getByRole('option', { name: /Unregistered/ }).click();

  relay.set('stall');
  await page.getByRole('button', { name: 'Add vendor' }).click();
  await expect(page.getByText('Waiting for the server.', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeEnabled();
  await expect(page.getByText('The server takes too long')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Silent Traders');
  await expect(page.getByText(/No connection to the server/)).toBeVisible();

  relay.set('pass');
  relay.reset();
  await expect(page.getByText(/No connection to the server/)).toBeHidden({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Add vendor' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Silent Traders' })).toBeVisible();
});

test('a sign-in service that keeps silent ends the wait in words, and can be asked again', async () => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const door = await context.newPage();
  const silent = '**/auth/v1/token?grant_type=password';
  await door.route(silent, () => new Promise(() => {}));
  await door.goto(product.webUrl);
  await door.getByLabel('E-mail').fill('owner@acme.test');
  await door.getByLabel('Password', { exact: true }).fill(demoPassword);
  await door.keyboard.press('Enter');
  await expect(door.getByRole('alert')).toBeVisible({ timeout: 40_000 });
  await door.unroute(silent);
  await door.getByLabel('Password', { exact: true }).press('Enter');
  await expect(door.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await context.close();
});
