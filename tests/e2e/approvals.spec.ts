import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { Page as ListPage } from '../../server/ground/list.contract.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { Visitor } from './visitor.ts';

/* An approver's work, from the list of the orders that wait, by keyboard. */
test.describe.configure({ mode: 'serial' });

interface Waiting {
  id: string;
  version: number;
  poNumber: string;
}

let installation: Installation;
let product: StartedProduct;
let browser: Browser;
let page: Page;
let approver: Visitor;
let looked = 0;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start({ reducedMotion: 'reduce' });
  ({ product, browser, page } = installation);
  page.on('request', (request) => {
    looked += [...request.url().matchAll(/purchaseOrders\.get/g)].length;
  });
  approver = new Visitor(page, product.webUrl);
  await approver.signIn('approver@acme.test');
  await approver.open('/purchase-orders?status=pending_approval&sort=updatedAt');
});

test.afterAll(async () => {
  await installation?.stop();
});

const ask = <Data>(...call: Parameters<Installation['ask']>) => installation.ask<Data>(...call);

const waiting = async () =>
  (
    await ask<ListPage<Waiting>>('purchaseOrders.list', {
      filter: { status: ['pending_approval'] },
      sort: { by: 'updatedAt', direction: 'asc' },
      limit: 100,
    })
  ).items;
const stateOf = async ({ id }: Waiting) =>
  ask<{ status: string; statusReason: unknown }>('purchaseOrders.get', { id });
const panel = () => page.getByRole('complementary', { name: 'To decide' });

test('the order under the keyboard stands beside the list with its total and lines, fetched once it is rested on', async () => {
  const [first, second, third] = await waiting();
  await expect(panel().getByRole('link', { name: first?.poNumber ?? '' })).toBeVisible();
  await expect(panel().getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('grid').focus();
  looked = 0;
  // Past the second to the third, and on by the key for the next one.
  await page.evaluate(async () => {
    for (let step = 0; step < 2; step += 1) {
      const key = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true });
      document.activeElement?.dispatchEvent(key);
      await new Promise((drawn) => setTimeout(drawn, 0));
    }
  });
  await expect(panel().getByRole('link', { name: third?.poNumber ?? '' })).toBeVisible();
  await expect(panel().getByRole('row').nth(1)).toBeVisible();
  expect(looked).toBe(1);
  await approver.press('ArrowUp');
  await expect(panel().getByRole('link', { name: second?.poNumber ?? '' })).toBeVisible();
  await approver.press('j');
  await expect(panel().getByRole('link', { name: third?.poNumber ?? '' })).toBeVisible();
  await approver.press('Home');
});

test('a letter and Enter approve an order, and the next one stands there', async () => {
  const [first, second] = await waiting();
  if (!first || !second) throw new Error('the demo company has orders to approve');
  await page.getByRole('grid').focus();
  await expect(panel().getByRole('button', { name: 'Approve', exact: true })).toBeVisible();
  await approver.press('a');
  await expect(panel().getByRole('button', { name: 'Approve', exact: true })).toBeFocused();
  await approver.press('Enter');
  await expect(panel().getByRole('link', { name: second.poNumber })).toBeVisible();
  await expect(page.getByRole('grid')).toBeFocused();
  expect((await stateOf(first)).status).toBe('confirmed');
  expect((await stateOf(second)).status).toBe('pending_approval');
});

test('an order is rejected with a reason, which its buyer reads', async () => {
  const [first] = await waiting();
  if (!first) throw new Error('the demo company has orders to approve');
  await expect(panel().getByRole('button', { name: 'Reject', exact: true })).toBeVisible();
  await approver.press('r');
  await page.getByLabel('Reason').fill('Two quotations, please');
  await approver.press('Control+Enter');
  await expect(panel().getByRole('link', { name: first.poNumber })).toHaveCount(0);
  const { status, statusReason } = await stateOf(first);
  expect(status).toBe('draft');
  expect(JSON.stringify(statusReason)).toContain('Two quotations, please');
});

test('several are approved at once, each by itself: what one is refused for is said, and stops no other', async () => {
  const [first, second, third] = await waiting();
  if (!first || !second || !third) throw new Error('the demo company has three orders to approve');
  await page.getByRole('grid').focus();
  await approver.press('Home');
  for (let marks = 0; marks < 3; marks += 1) {
    await approver.press('Space');
    await approver.press('ArrowDown');
  }
  await expect(panel().getByRole('heading', { name: '3 orders marked' })).toBeVisible();
  // Meanwhile somebody else decides one of them.
  await ask(
    'purchaseOrders.reject',
    { id: second.id, version: second.version, reason: 'Too dear' },
    'mutation',
  );
  await approver.press('a');
  await expect(page.getByRole('button', { name: 'Approve 3 orders' })).toBeFocused();
  await approver.press('Enter');
  const outcome = page.getByRole('dialog');
  await expect(outcome.getByText('Approved: 2 of 3.')).toBeVisible();
  await expect(outcome.getByRole('listitem').filter({ hasText: second.poNumber })).not.toContainText(
    'Approved',
  );
  await approver.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('grid')).toBeFocused();
  expect((await stateOf(first)).status).toBe('confirmed');
  expect((await stateOf(second)).status).toBe('draft');
  expect((await stateOf(third)).status).toBe('confirmed');
  expect((await waiting()).map(({ id }) => id)).not.toContain(first.id);
});

test('whoever may not approve sees the list as it is', async () => {
  const context = await browser.newContext();
  const buyer = new Visitor(await context.newPage(), product.webUrl);
  await buyer.signIn('buyer@acme.test');
  await buyer.open('/purchase-orders?status=pending_approval');
  await expect(buyer.row(1)).toBeVisible();
  await expect(buyer.page.getByRole('complementary', { name: 'To decide' })).toHaveCount(0);
  await expect(buyer.page.getByRole('checkbox')).toHaveCount(0);
  await context.close();
});
