import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Page as ListPage } from '../../server/ground/list.contract.ts';
import type { MovementRow } from '../../server/domains/inventory/inventory.contract.ts';
import type { Product } from '../../server/domains/products/products.contract.ts';
import type { PurchaseOrder } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { Settings } from '../../server/domains/settings/settings.contract.ts';
import type { SalesOrder } from '../../server/domains/sales-orders/sales-orders.contract.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { Staff } from './staff.ts';

/*
 * What is done with orders that are under way, on the screen and by the keyboard: mistakes taken back, orders copied,
 * figures that open what they are made of. One installation, one page, signed in as the owner.
 */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start({ locale: 'en-IN', timezoneId: 'Asia/Kolkata' });
  ({ product, page } = installation);
  await page.goto(product.webUrl);
  await new Staff(page).signIn('owner@acme.test');
});

test.afterAll(async () => {
  await installation?.stop();
});

const ask = <Data>(...call: Parameters<Installation['ask']>) => installation.ask<Data>(...call);

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}

const region = (name: string) => page.getByRole('region', { name, exact: true });

/** Presses a button that takes something back, and answers the dialog by the keyboard. */
async function takeBack(what: RegExp, reason: string): Promise<void> {
  await page.getByRole('button', { name: what }).first().press('Enter');
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Take back' })).toBeDisabled();
  await page.keyboard.type(reason);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('a payment recorded by mistake is taken back with its reason, and is owed again', async () => {
  const { items } = await ask<ListPage<SalesOrder>>('salesOrders.list', {
    filter: { paymentStatus: ['paid'], status: ['shipped', 'delivered', 'partially_shipped'] },
    limit: 1,
  });
  const before = await ask<SalesOrder>('salesOrders.get', { id: items[0]?.id });
  await open(`/sales-orders/${before.id}`);
  await takeBack(/^Take back payment of/, 'the cheque bounced');
  await expect(page.getByText('Taken back', { exact: true }).first()).toBeVisible();
  await expect(region('What happened').getByText('the cheque bounced')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Record payment' })).toBeVisible();
  const after = await ask<SalesOrder>('salesOrders.get', { id: before.id });
  expect(Number(after.paid)).toBe(Number(before.paid) - Number(before.payments[0]?.amount));
});

test('a goods receipt booked by mistake is taken back, and its goods can be received again', async () => {
  const { items } = await ask<ListPage<PurchaseOrder>>('purchaseOrders.list', {
    filter: { status: ['delivered'] },
    limit: 1,
  });
  await open(`/purchase-orders/${items[0]?.id ?? ''}`);
  await takeBack(/^Take back GRN/, 'another order’s goods');
  await expect(region('Received').getByText(/Taken back .*: another order’s goods/)).toBeVisible();
  await expect(region('What happened').getByText(/^GRN.*taken back$/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Receive goods' })).toBeVisible();
});

for (const { kind, list, state } of [
  { kind: 'purchaseOrders', list: 'purchase-orders', state: 'confirmed' },
  { kind: 'salesOrders', list: 'sales-orders', state: 'confirmed' },
]) {
  test(`a line of ${list} is closed from its page, and the list narrowed to its warehouse opens it`, async () => {
    const { items } = await ask<ListPage<{ id: string; lineCount: number }>>(`${kind}.list`, {
      filter: { status: [state] },
      limit: 20,
    });
    const order = items.find(({ lineCount }) => lineCount > 1);
    const before = await ask<PurchaseOrder | SalesOrder>(`${kind}.get`, { id: order?.id });
    await open(`/${list}?status=${state}&warehouseId=${before.warehouse.id}`);
    const number = 'poNumber' in before ? before.poNumber : before.soNumber;
    await page.getByRole('link', { name: number }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
    await page.getByRole('button', { name: 'Close line' }).first().press('Enter');
    await expect(page.getByRole('dialog')).toContainText(/This can’t be undone/);
    await page.keyboard.type('not needed any more');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText('Line closed')).toBeVisible();
    const after = await ask<PurchaseOrder | SalesOrder>(`${kind}.get`, { id: before.id });
    expect(after.lines.filter(({ cancelled }) => Number(cancelled) > 0)).toHaveLength(1);
  });
}

test('an order is copied by a key: a draft of today at the prices of today, with what is retired named at its line', async () => {
  const { items } = await ask<ListPage<PurchaseOrder & { lineCount: number }>>('purchaseOrders.list', {
    filter: { status: ['closed', 'delivered', 'partially_delivered'] },
    limit: 50,
  });
  const source = await ask<PurchaseOrder>('purchaseOrders.get', {
    id: items.find(({ lineCount }) => lineCount > 2)?.id,
  });
  const [kept, retired] = source.lines;
  const change = async (id: string | undefined, fields: object) => {
    const { version } = await ask<Product>('products.get', { id });
    await ask('products.update', { id, version, ...fields }, 'mutation');
  };
  await change(kept?.product.id, { purchasePrice: '1234.5' });
  await change(retired?.product.id, { status: 'inactive' });

  await open(`/purchase-orders/${source.id}`);
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: `Copy of ${source.poNumber}` })).toBeVisible();
  await expect(page.getByLabel('Price, line 1', { exact: true })).toHaveValue('1234.50');
  await expect(page.getByText(/^The prices are today’s/)).toContainText('→ ₹1,234.50');
  const named = page.getByText(
    `${retired?.product.sku ?? ''} is inactive: it can be neither ordered, received nor shipped.`,
  );
  await expect(named).toBeVisible();

  await page.getByLabel('Product, line 2', { exact: true }).focus();
  await page.keyboard.press('Control+Delete');
  await expect(named).toBeHidden();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { level: 1, name: /^DRAFT-/ })).toBeVisible();
  const copy = await ask<PurchaseOrder>('purchaseOrders.get', { id: page.url().split('/').pop() });
  expect(copy.status).toBe('draft');
  expect(copy.vendor.id).toBe(source.vendor.id);
  expect(copy.lines).toHaveLength(source.lines.length - 1);
  expect(copy.lines[0]).toMatchObject({ unitPrice: '1234.5000', received: '0.000' });
});

test('what was received opens its movements, by the keyboard too, and what lies in a bin opens that bin’s', async () => {
  const { items } = await ask<ListPage<PurchaseOrder>>('purchaseOrders.list', {
    filter: { status: ['partially_delivered'] },
    limit: 1,
  });
  const order = await ask<PurchaseOrder>('purchaseOrders.get', { id: items[0]?.id });
  const at = order.lines.findIndex((line) => Number(line.received) > 0 && line.product.kind === 'tracked');
  const received = order.lines[at];
  await open(`/purchase-orders/${order.id}`);
  const lines = page.getByRole('grid', { name: 'Lines of the order' });
  await lines.focus();
  for (let row = 0; row < at; row += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Movements' })).toBeVisible();
  const movements = page.getByRole('grid', { name: 'Movements' });
  await expect(page.getByRole('button', { name: order.poNumber })).toBeVisible();
  const rows = movements.getByRole('row').filter({ hasText: received?.product.sku ?? '' });
  await expect(rows.first()).toBeVisible();
  const found = await ask<ListPage<MovementRow>>('inventory.movements', {
    filter: { documentId: order.id, productId: received?.product.id },
  });
  await expect(rows).toHaveCount(found.items.length);
  const sum = found.items.reduce((total, movement) => total + Number(movement.quantity), 0);
  expect(sum).toBe(Number(received?.received));

  await open(`/products/${received?.product.id ?? ''}`);
  const place = page.getByRole('grid', { name: 'Stock by place' }).getByRole('row').nth(1);
  await place.getByRole('link').nth(1).click();
  await expect(page.getByRole('button', { name: /^Bin / })).toBeVisible();
  await page.getByRole('button', { name: /^Bin / }).click();
  await expect(page).not.toHaveURL(/binId/);
});

test('a refused change puts the cursor into the cell it is about, and the refusal goes with the value', async () => {
  const { items } = await ask<ListPage<PurchaseOrder & { lineCount: number }>>('purchaseOrders.list', {
    filter: { status: ['confirmed'] },
    limit: 50,
  });
  const orders = await Promise.all(items.map(({ id }) => ask<PurchaseOrder>('purchaseOrders.get', { id })));
  const whole = (order: PurchaseOrder) => order.lines.findIndex(({ product: { unit } }) => unit === 'NOS');
  const order = orders.find((one) => whole(one) > 0);
  const at = String(whole(order as PurchaseOrder) + 1);
  await open(`/purchase-orders/${order?.id ?? ''}`);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  const cell = dialog.getByLabel(`Ordered, line ${at}`, { exact: true });
  await cell.fill('1.5');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('half a piece');
  await page.keyboard.press('Control+Enter');
  await expect(cell).toBeFocused();
  await expect(cell).toHaveAttribute('aria-invalid', 'true');
  // Another line is changed: the refusal stays at its own.
  await dialog.getByLabel('Ordered, line 1', { exact: true }).fill('7');
  await expect(cell).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.locator('[aria-invalid="true"]')).toHaveCount(1);
  await cell.fill('2');
  await expect(dialog.locator('[aria-invalid="true"]')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(region('What happened').getByText('half a piece')).toBeVisible();
});

test('only people with the permission may date goods before their order, and only on purpose', async () => {
  const { items } = await ask<ListPage<PurchaseOrder>>('purchaseOrders.list', {
    filter: { status: ['confirmed'] },
    limit: 50,
  });
  const orders = await Promise.all(items.map(({ id }) => ask<PurchaseOrder>('purchaseOrders.get', { id })));
  const order = orders.find(({ lines }) => lines.every(({ product: { tracksLots } }) => !tracksLots));
  const before = new Date(Date.parse(order?.orderDate ?? '') - 86_400_000).toISOString().slice(0, 10);
  const receive = async () => {
    await open(`/purchase-orders/${order?.id ?? ''}/receive`);
    await page.getByRole('button', { name: '+ All expected' }).click();
    await page.getByLabel('Received on').fill(before.split('-').reverse().join('/'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+s');
  };
  const day = page.getByLabel('Received on');
  const knowingly = page.getByRole('checkbox', { name: /Before the order date, on purpose/ });

  const staff = new Staff(page);
  await staff.signInAs('warehouse@acme.test');
  await receive();
  await expect(day).toHaveAttribute('aria-invalid', 'true');
  await expect(knowingly).toHaveCount(0);

  await staff.signInAs('owner@acme.test');
  await receive();
  await expect(day).toHaveAttribute('aria-invalid', 'true');
  await knowingly.check();
  await page.keyboard.press('Control+s');
  await expect(page).not.toHaveURL(/receive/);
  const { receipts } = await ask<PurchaseOrder>('purchaseOrders.get', { id: order?.id });
  expect(receipts.map(({ receivedAt }) => receivedAt.slice(0, 10))).toEqual([before]);
});

test('goods of an order that needs its approval again are not received, which is said, and their count is kept', async () => {
  const { items } = await ask<ListPage<PurchaseOrder>>('purchaseOrders.list', {
    filter: { status: ['confirmed'] },
    limit: 50,
  });
  const orders = await Promise.all(items.map(({ id }) => ask<PurchaseOrder>('purchaseOrders.get', { id })));
  const order = orders.find(({ lines }) =>
    lines.every(({ product: { tracksLots }, taxPercent }) => !tracksLots && Number(taxPercent) === 18),
  );
  const line = order?.lines[0];
  const settings = await ask<Settings>('settings.get', undefined);
  const dearer = await ask<Product>('products.get', { id: line?.product.id });
  await ask(
    'settings.update',
    { version: settings.version, approvalThreshold: order?.total ?? '' },
    'mutation',
  );
  await ask('products.update', { id: dearer.id, version: dearer.version, taxClass: 'GST28' }, 'mutation');

  await open(`/purchase-orders/${order?.id ?? ''}/receive`);
  const count = page.getByLabel('Arrived, line 1', { exact: true });
  await count.fill('1');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Not received: the order needs its approval again')).toBeVisible();
  await expect(page.getByText('Goods received', { exact: true })).toHaveCount(0);
  await expect(page).not.toHaveURL(/receive/);
  const waiting = await ask<PurchaseOrder>('purchaseOrders.get', { id: order?.id });
  expect(waiting).toMatchObject({ status: 'pending_approval', statusReasonCode: 'total_rose', receipts: [] });

  // Somebody else approves it; what was counted is there again.
  const staff = new Staff(page);
  await staff.signInAs('approver@acme.test');
  await ask('purchaseOrders.approve', { id: waiting.id, version: waiting.version }, 'mutation');
  await staff.signInAs('owner@acme.test');
  await open(`/purchase-orders/${order?.id ?? ''}/receive`);
  await expect(count).toHaveValue('1');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Goods received', { exact: true })).toBeVisible();
  const received = await ask<PurchaseOrder>('purchaseOrders.get', { id: order?.id });
  expect(received.lines[0]).toMatchObject({ received: '1.000', taxPercent: '28.00' });
});
