import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { staffScreens } from './screens.ts';
import { Visitor } from './visitor.ts';

/* The first day of an organisation: nothing is there, and every list says why, and what comes first. */
test.describe.configure({ mode: 'serial' });

let services: TestServices;
let browser: Browser;
let owner: Visitor;
let token: string;
const said: string[] = [];

/** What each list offers while it has no rows, to the owner. */
const firstSteps: Readonly<Record<string, string>> = {
  '/vendors': 'Add the first vendor',
  '/customers': 'Add the first customer',
  '/products': 'Add the first product',
  '/warehouses': 'Add the first warehouse',
  '/purchase-orders': 'Write the first one',
  '/sales-orders': 'Write the first one',
  '/inventory': 'Add a warehouse',
  '/inventory/as-of': 'Stock of now',
  '/movements': 'Add a warehouse',
};

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  token = await services.signIn('owner@acme.test');
  browser = await launchBrowser();
  owner = await arrive('owner@acme.test');
});

test.afterAll(async () => {
  await browser?.close();
  await services?.stop();
});

async function arrive(email: string): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`));
  const visitor = new Visitor(page, `${services.apiUrl}/`);
  await visitor.signIn(email);
  return visitor;
}

/** Every list on the screen that has no rows and doesn't say why, and every chart, which has nothing to show. */
async function emptinessUnsaid(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const list of document.querySelectorAll<HTMLElement>('main [role=grid], main [role=table]')) {
      if (list.querySelector('[aria-rowindex]:not([aria-rowindex="1"])')) continue;
      const words = [...(list.querySelector('[data-empty]')?.children ?? [])].map((part) => part.textContent);
      if (words.length < 2 || words.some((part) => part.trim() === ''))
        found.push(`${list.ariaLabel ?? 'a list'} says “${words.join('” and “')}”`);
    }
    for (const section of document.querySelectorAll('main section'))
      if (section.children.length < 2) found.push(`“${section.textContent}” stands over nothing`);
    if (document.querySelector('main div[role=img], main .recharts-wrapper'))
      found.push('a chart of nothing');
    if (document.querySelector('main [role=alert]')) found.push('an alert');
    return found;
  });
}

test('every list of an empty organisation says why it is empty, and offers the first step', async () => {
  const faults: string[] = [];
  for (const screen of staffScreens) {
    await owner.open(screen);
    faults.push(...(await emptinessUnsaid(owner.page)).map((fault) => `${screen}: ${fault}`));
    const step = firstSteps[screen];
    if (step === undefined) continue;
    const offered = owner.page
      .locator('main [data-empty]')
      .getByRole('link')
      .or(owner.page.locator('main [data-empty]').getByRole('button'));
    await expect(offered, screen).toHaveText([step]);
  }
  expect(faults).toEqual([]);
  expect(said).toEqual([]);
});

test('a search without a find is cleared from its empty list, by the keyboard', async () => {
  await owner.open('/vendors?q=zz&status=active');
  const clear = owner.page
    .locator('[data-empty]')
    .getByRole('button', { name: 'Clear the search and filters' });
  await clear.focus();
  await owner.press('Enter');
  await expect(owner.page).toHaveURL(/\/vendors$/);
  await expect(owner.page.getByRole('link', { name: 'Add the first vendor' })).toBeVisible();
});

test('who may only read is told why a list is empty, and offered nothing that would be refused', async () => {
  const viewer = await arrive(await services.addPerson('acme', ['viewer']));
  const faults: string[] = [];
  for (const screen of staffScreens.filter((one) => !one.endsWith('/new'))) {
    await viewer.open(screen);
    if ((await viewer.page.getByRole('navigation', { name: 'Main' }).count()) === 0) continue;
    faults.push(
      ...(await emptinessUnsaid(viewer.page))
        .filter((fault) => fault !== 'an alert')
        .map((fault) => `${screen}: ${fault}`),
    );
    const offered = await viewer.page
      .locator('main [data-empty] :is(button, a)')
      .filter({ hasNotText: 'Stock of now' })
      .allTextContents();
    faults.push(...offered.map((words) => `${screen} offers “${words}”`));
  }
  expect(faults).toEqual([]);
  await viewer.page.context().close();
});

test('a field to choose from says where its records come from, while there are none', async () => {
  await owner.open('/purchase-orders/new');
  for (const [field, words] of [
    ['Vendor', 'No vendor is in use yet. They are added under Vendors.'],
    ['Ship to', 'No warehouse is in use yet. They are added under Warehouses.'],
    ['Product, line 1', 'No product is in use yet. They are added under Products.'],
  ] as const) {
    await owner.page.getByRole('combobox', { name: field, exact: true }).click();
    await expect(owner.page.getByText(words)).toBeVisible();
    await owner.press('Escape');
  }
});

test('the pages of the first records say what is missing on them, each with its next step', async () => {
  const create = async (procedure: string, input: unknown) => {
    const answer = await services.call<{ id: string }>(procedure, input, token, randomUUID());
    expect(answer.error, procedure).toBeUndefined();
    return answer.data.id;
  };
  const address = { line1: '1 Mill Road', city: 'Nagpur', stateCode: '27', pincode: '440001', country: 'IN' };
  const warehouseId = await create('warehouses.create', { code: 'NGP', name: 'Nagpur', address });
  const vendorId = await create('vendors.create', { code: 'V-1', name: 'Sharma Traders', address });
  const customerId = await create('customers.create', {
    code: 'C-1',
    name: 'Deccan Stores',
    billingAddress: address,
  });
  const productId = await create('products.create', {
    sku: 'BOLT',
    name: 'Bolt',
    unit: 'NOS',
    hsnCode: '7318',
    taxClass: 'GST18',
  });
  const unused = {
    vendor: await create('vendors.create', { code: 'V-2', name: 'Patil Steel', address }),
    customer: await create('customers.create', {
      code: 'C-2',
      name: 'Gomati Hardware',
      billingAddress: address,
    }),
  };
  const lines = [{ productId, quantity: '5', unitPrice: '10' }];
  const purchase = await create('purchaseOrders.create', { vendorId, warehouseId, lines });
  const sale = await create('salesOrders.create', { customerId, warehouseId, lines });
  const steps: Readonly<Record<string, readonly string[]>> = {
    [`/vendors/${unused.vendor}`]: ['Order from them'],
    [`/customers/${unused.customer}`]: ['New sales order'],
    [`/vendors/${vendorId}`]: [],
    [`/customers/${customerId}`]: [],
    [`/products/${productId}`]: ['Enter the opening stock'],
    [`/warehouses/${warehouseId}`]: [],
    [`/purchase-orders/${purchase}`]: [],
    [`/sales-orders/${sale}`]: [],
    '/inventory': ['Adjust stock'],
    '/movements': ['Enter the opening stock'],
    '/': ['Enter the opening stock'],
  };
  const faults: string[] = [];
  for (const [screen, offered] of Object.entries(steps)) {
    await owner.page.goto(new URL(screen, owner.web).href);
    await owner.settled();
    faults.push(...(await emptinessUnsaid(owner.page)).map((fault) => `${screen}: ${fault}`));
    const words = await owner.page.locator('main [data-empty] :is(button, a)').allTextContents();
    expect(words, screen).toEqual(offered);
  }
  expect(faults).toEqual([]);
  expect(said).toEqual([]);
});
