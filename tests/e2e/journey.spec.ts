import { expect, test } from '@playwright/test';
import { createClient } from '@supabase/supabase-js';
import type { PurchaseOrder } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { ProductStock, MovementRow } from '../../server/domains/inventory/inventory.contract.ts';
import type { SalesOrder } from '../../server/domains/sales-orders/sales-orders.contract.ts';
import type { Page as ListPage } from '../../server/ground/list.contract.ts';
import { launchApp } from '../fixtures/electron.ts';
import type { LaunchedApp } from '../fixtures/electron.ts';
import { startProduct } from '../fixtures/product.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { callProcedure } from '../fixtures/wire.ts';
import { demoPassword, Staff } from './staff.ts';

/*
 * The main job, from sign-in to shipped goods: one story told in steps, in the desktop app, on what `npm start` brings
 * up. Figures are chosen so that a paisa lost anywhere shows.
 *
 *   line A   7 × 3,333.33 = 23,333.31      new product
 *   line B  10 × 1,250.00 = 12,500.00
 *   line C  12 × 1,499.50 = 17,994.00      subtotal 53,827.31, over the approval threshold of 50,000
 */
test.describe.configure({ mode: 'serial' });

let product: StartedProduct;
let desktop: LaunchedApp;
let staff: Staff;
/** What the steps hand on to each other. */
const story = { poNumber: '', poId: '', soNumber: '', soId: '', productId: '', token: '' };

const vendor = { code: 'V-E2E', name: 'Narmada Pumps Pvt Ltd' };
const goods = { sku: 'E2E-PUMP-7', name: 'Self-priming pump 0.5 HP' };
const helper = { name: 'Farida Contractor', email: 'farida@acme.test', password: 'a long first password' };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await startProduct();
  desktop = await launchApp({ services: product });
  staff = new Staff(desktop.window);
});

test.afterAll(async () => {
  await desktop?.close();
  await product?.stop();
});

/** Asks the API beside the screen, as the person signed in on the screen. */
/** The data of an answer that is expected to be one. */
async function answerOf<Data>(procedure: string, input: unknown, token?: string): Promise<Data> {
  const answer = await ask<Data>(procedure, input, token);
  expect(answer.error, procedure).toBeUndefined();
  return answer.data;
}

async function ask<Data>(procedure: string, input: unknown, token?: string) {
  return callProcedure<Data>({
    apiUrl: product.apiUrl,
    procedure,
    input,
    token: token ?? (await staff.accessToken()),
    kind: 'query',
  });
}

const idInAddress = () => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(desktop.window.url())?.[0] ?? '';

test('the buyer adds a vendor and a product', async () => {
  await staff.signIn('buyer@acme.test');

  await staff.open('Vendors');
  await staff.command('New vendor').click();
  await staff.type('Code', vendor.code);
  await staff.type('Name', vendor.name);
  await staff.select('GST registration', /Unregistered/);
  await staff.button('Save vendor').or(staff.button('Add vendor')).or(staff.button('Save')).first().click();
  await expect(staff.heading(vendor.name)).toBeVisible();

  await staff.open('Products');
  await staff.command('New product').click();
  await staff.type('SKU', goods.sku);
  await staff.type('Name', goods.name);
  await staff.type('HSN code', '841370');
  await staff.type('Purchase price', '3333.33');
  await staff.type('Sale price', '4999');
  await staff
    .button(/^(Save|Add)/)
    .first()
    .click();
  await expect(staff.heading(goods.name)).toBeVisible();
  story.productId = idInAddress();
  expect(story.productId).not.toBe('');
});

test('the buyer orders three products; over the threshold the order waits for an approval', async () => {
  await staff.open('Purchase orders');
  await staff.command('New purchase order').click();
  await staff.choose('Vendor', vendor.name);
  await staff.select('Ship to', /BHW/);
  await staff.typeLines([
    { product: goods.sku, quantity: '7', price: '3333.33' },
    { product: 'ABR-1273', quantity: '10', price: '1250' },
    { product: 'ABR-1274', quantity: '12', price: '1499.5' },
  ]);
  await staff.button('Save draft').click();
  await expect(staff.heading(/^DRAFT-/)).toBeVisible();
  story.poId = idInAddress();

  // It gets its number with the submission.
  await staff.command('Submit').click();
  await staff.expectStatus('To approve');
  story.poNumber = (await staff.heading(/^PO\//).innerText()).trim();
  await expect(desktop.window.getByText('Order submitted')).toBeVisible();
  // The buyer who submitted it may not approve it, and is not offered to.
  await expect(staff.button('Approve')).toBeHidden();

  const order = await answerOf<PurchaseOrder>('purchaseOrders.get', { id: story.poId });
  expect(order.subtotal).toBe('53827.31');
  expect(order.status).toBe('pending_approval');
});

test('the approver approves it, and the open quantities are in transit', async () => {
  await staff.signInAs('approver@acme.test');
  await staff.find(story.poNumber, new RegExp(story.poNumber));
  await expect(staff.heading(story.poNumber)).toBeVisible();
  await staff.command('Approve').click();
  const confirm = desktop.window.getByRole('dialog').getByRole('button', { name: /approve/i });
  if (await confirm.isVisible().catch(() => false)) await confirm.click();
  await staff.expectStatus('Confirmed');

  const stock = await answerOf<ProductStock>('inventory.product', { id: story.productId });
  expect(stock).toMatchObject({ onHand: '0.000', inTransit: '7.000' });
});

test('the clerk receives a part of it; stock, average cost and ledger are right to the paisa, the rest stays open', async () => {
  await staff.signInAs('warehouse@acme.test');
  await staff.find(story.poNumber, new RegExp(story.poNumber));
  await staff.command('Receive goods').click();
  await expect(staff.heading(`Receive ${story.poNumber}`)).toBeVisible();
  await desktop.window.getByLabel('Arrived, line 1', { exact: true }).fill('3');
  await staff.button('Post receipt').click();
  await staff.expectStatus('Partly delivered');

  // What the clerk may not see does not reach the clerk.
  const seen = await ask<PurchaseOrder>('purchaseOrders.get', { id: story.poId });
  expect(seen.data.total).toBeNull();
  expect(seen.data.lines.map((line) => [line.received, line.open])).toEqual([
    ['3.000', '4.000'],
    ['0.000', '10.000'],
    ['0.000', '12.000'],
  ]);

  const token = await tokenOf('approver@acme.test');
  const stock = await answerOf<ProductStock>('inventory.product', { id: story.productId }, token);
  expect(stock).toMatchObject({ onHand: '3.000', inTransit: '4.000', value: '9999.99' });
  const ledger = await answerOf<ListPage<MovementRow>>(
    'inventory.movements',
    { filter: { productId: story.productId }, limit: 10 },
    token,
  );
  expect(ledger.items).toHaveLength(1);
  expect(ledger.items[0]).toMatchObject({
    kind: 'receipt',
    quantity: '3.000',
    value: '9999.99',
    quantityAfter: '3.000',
    valueAfter: '9999.99',
    documentNumber: story.poNumber,
  });
});

test('the second receipt completes the order', async () => {
  await staff.command('Receive goods').click();
  await staff.button('+ All expected').click();
  await staff.button('Post receipt').click();
  await staff.expectStatus('Delivered');

  const token = await tokenOf('approver@acme.test');
  const stock = await answerOf<ProductStock>('inventory.product', { id: story.productId }, token);
  expect(stock).toMatchObject({ onHand: '7.000', inTransit: '0.000', value: '23333.31' });
  expect(stock.places.find((place) => place.onHand === '7.000')?.averageCost).toBe('3333.3300');
});

test('the sales desk sells more than there is: what there is is reserved, the rest waits', async () => {
  await staff.signInAs('sales@acme.test');
  await staff.open('Sales orders');
  await staff.command('New sales order').click();
  const customers = await answerOf<ListPage<{ name: string; creditLimit: string | null }>>('customers.list', {
    filter: { status: ['active'] },
    limit: 200,
  });
  const unlimited = customers.items.find((customer) => customer.creditLimit === null) ?? customers.items[0];
  await staff.choose('Customer', unlimited?.name ?? '');
  await staff.select('Ship from', /BHW/);
  await staff.typeLines([{ product: goods.sku, quantity: '10', price: '4999' }]);
  await staff.button('Save draft').click();
  await expect(staff.heading(/^DRAFT-/)).toBeVisible();
  story.soId = idInAddress();

  await staff.command('Confirm').click();
  await staff.button('Confirm order').click();
  await staff.expectStatus('Confirmed');
  story.soNumber = (await staff.heading(/^SO\//).innerText()).trim();
  const order = await answerOf<SalesOrder>('salesOrders.get', { id: story.soId });
  expect(order.lines[0]).toMatchObject({ ordered: '10.000', reserved: '7.000', backordered: '3.000' });
});

test('the clerk ships what is reserved, with a tracking number', async () => {
  await staff.signInAs('warehouse@acme.test');
  await staff.find(story.soNumber, new RegExp(story.soNumber));
  await staff.command('Ship goods').click();
  await staff.button('+ All reserved').click();
  await staff.type('Tracking number', 'BD-2211-7781');
  await staff.button('Post shipment').click();
  await staff.expectStatus('Partly shipped');
  await expect(
    desktop.window.getByRole('region', { name: 'Shipped' }).getByText('BD-2211-7781'),
  ).toBeVisible();

  const token = await tokenOf('approver@acme.test');
  const stock = await answerOf<ProductStock>('inventory.product', { id: story.productId }, token);
  expect(stock).toMatchObject({ onHand: '0.000', reserved: '0.000', value: '0.00' });
  const order = await answerOf<SalesOrder>('salesOrders.get', { id: story.soId }, token);
  expect(order.lines[0]).toMatchObject({ shipped: '7.000', backordered: '3.000', costOfGoods: '23333.31' });
});

test('a part of what is owed is typed over the proposal, and that part alone is recorded', async () => {
  await staff.signInAs('owner@acme.test');
  await staff.find(story.soNumber, new RegExp(story.soNumber));
  await staff.command('Record payment').click();
  await expect(desktop.window.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  // At a person's speed: what a scanner types sends no form.
  await desktop.window.keyboard.type('2000', { delay: 80 });
  await desktop.window.keyboard.press('Enter');
  await expect(desktop.window.getByText('Payment recorded')).toBeVisible();
  const order = await answerOf<SalesOrder>('salesOrders.get', { id: story.soId });
  expect(order.paid).toBe('2000.00');
});

test('the owner adds an employee with a sign-in and a role, and that person sees only what the role allows', async () => {
  await staff.open('Employees');
  await staff.command('New employee').click();
  await staff.type('Name', helper.name);
  await staff.type('E-mail', helper.email);
  await staff
    .button(/^(Save|Add)/)
    .first()
    .click();
  await expect(staff.heading(helper.name)).toBeVisible();

  await staff.button('Change').first().click();
  const dialog = desktop.window.getByRole('dialog');
  await dialog
    .getByRole('checkbox', { name: /Warehouse/ })
    .first()
    .check();
  await dialog
    .getByRole('button', { name: /^Save|^Assign|^Give/ })
    .last()
    .click();
  await expect(dialog).toBeHidden();

  await staff.button('Give a sign-in').click();
  await dialog.getByRole('radio', { name: /first password/ }).check();
  await dialog.getByLabel('First password', { exact: true }).fill(helper.password);
  await dialog
    .getByRole('button', { name: /sign-in/i })
    .last()
    .click();
  await expect(dialog).toBeHidden();

  await staff.signOut();
  await staff.signInFirst(helper.email, helper.password, 'a password of her own');
  const navigation = desktop.window.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link', { name: 'Purchase orders' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Employees' })).toBeHidden();
  await expect(navigation.getByRole('link', { name: 'Settings' })).toBeHidden();
  expect((await ask('employees.list', { limit: 10 })).error?.code).toBe('FORBIDDEN');
  story.token = await staff.accessToken();
  expect((await ask('auth.me', undefined, story.token)).status).toBe(200);
});

test('signing out ends the session at once: the token that worked a moment ago is refused', async () => {
  await staff.signOut();
  const refused = await ask('auth.me', undefined, story.token);
  expect(refused.status).toBe(401);
  expect(refused.error?.code).toBe('SESSION_REVOKED');
});

test('globex sees none of it', async () => {
  await staff.signIn('owner@globex.test');
  const foreign = await ask('purchaseOrders.get', { id: story.poId });
  expect(foreign.error?.code).toBe('NOT_FOUND');
  const found = await ask<unknown[]>('reports.find', { text: vendor.name });
  expect(found.data).toEqual([]);
  await staff.open('Vendors');
  await desktop.window
    .getByRole('searchbox')
    .or(desktop.window.getByPlaceholder(/Code, name/))
    .first()
    .fill(vendor.name);
  await expect(desktop.window.getByText(vendor.name, { exact: true })).toBeHidden();
});

/** A session of someone else beside the one on the screen, for figures that the person on the screen may not see. */
async function tokenOf(email: string): Promise<string> {
  const known = tokens.get(email);
  if (known) return known;
  const client = createClient(product.authUrl, product.anonKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await client.auth.signInWithPassword({ email, password: demoPassword });
  if (error) throw error;
  const token = data.session.access_token;
  const opened = await callProcedure({
    apiUrl: product.apiUrl,
    procedure: 'auth.openSession',
    input: { device: 'beside the screen' },
    token,
    kind: 'mutation',
  });
  expect(opened.error).toBeUndefined();
  tokens.set(email, token);
  return token;
}
const tokens = new Map<string, string>();
