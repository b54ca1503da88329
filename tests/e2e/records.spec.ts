import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { Staff } from './staff.ts';

/*
 * One thing that people do in each part of the product that no other story goes through: customers, warehouses, stock,
 * roles, settings, the overview, the audit trail. One installation, one page, signed in as the owner.
 */
let installation: Installation;
let product: StartedProduct;
let page: Page;
let staff: Staff;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start({ locale: 'en-IN', timezoneId: 'Asia/Kolkata' });
  ({ product, page } = installation);
  page.setDefaultTimeout(15_000);
  staff = new Staff(page);
  await page.goto(product.webUrl);
  await staff.signIn('owner@acme.test');
});

test.afterAll(async () => {
  await installation?.stop();
});

const rows = (list: string) => page.getByRole('grid', { name: list, exact: true }).getByRole('row');
const dialog = () => page.getByRole('dialog');

test('the overview leads to the order that waits for a decision', async () => {
  await staff.open('Overview');
  const waiting = page.getByRole('region', { name: 'To approve' }).getByRole('link', { name: /^PO\// });
  const number = (await waiting.first().textContent()) ?? '';
  await waiting.first().click();
  await expect(staff.heading(number)).toBeVisible();
  await staff.expectStatus('To approve');
  await expect(staff.button('Approve')).toBeVisible();
});

test('a customer is added, their credit limit is changed, and the trail tells both', async () => {
  await staff.open('Customers');
  await staff.command('New customer').click();
  await staff.type('Code', 'KONKAN-1');
  await staff.type('Name', 'Konkan Builders');
  await staff.select('GST registration', /Unregistered/);
  await staff.type('Credit limit', '150000');
  await staff.button('Add customer').click();
  await expect(staff.heading('Konkan Builders')).toBeVisible();
  await expect(page.getByText('₹1,50,000.00').first()).toBeVisible();

  await staff.command('Edit').click();
  await staff.type('Credit limit', '');
  await staff.button('Save changes').click();
  await expect(page.getByText('No limit').first()).toBeVisible();

  await staff.open('Audit trail');
  const changes = rows('Audit trail').filter({ hasText: 'KONKAN-1' });
  await expect(changes.first()).toContainText('Credit limit');
  await expect(changes).toHaveCount(2);
});

test('a warehouse is added with a bin of its own', async () => {
  await staff.open('Warehouses');
  await staff.command('New warehouse').click();
  await staff.type('Code', 'KOL');
  await staff.type('Name', 'Kolkata dock');
  await staff.select('State', /West Bengal/);
  await staff.button('Add warehouse').click();
  await expect(staff.heading(/Kolkata dock/)).toBeVisible();
  await staff.button('Add bin').click();
  await dialog().getByLabel('Code').fill('Q-01');
  await staff.select('For', 'Quarantine');
  await dialog().getByRole('button', { name: 'Add bin' }).click();
  await expect(dialog()).toBeHidden();
  await expect(rows('Bins').filter({ hasText: 'Q-01' })).toContainText('Quarantine');
});

test('what was found is put into stock, and a mistake is reversed in the ledger', async () => {
  await staff.open('Inventory');
  await rows('Inventory').getByRole('button', { name: 'Adjust' }).first().click();
  const title = (await dialog().getByRole('heading').first().textContent()) ?? '';
  const sku = /^Adjust (\S+) in/.exec(title)?.[1] ?? '';
  await staff.select('Reason', 'Found');
  await dialog().getByLabel('Quantity').fill('3');
  await expect(dialog().getByText(/^On hand: .* now, .* afterwards\.$/)).toBeVisible();
  await dialog().getByRole('button', { name: 'Put into stock' }).click();
  await expect(dialog()).toBeHidden();

  await staff.open('Movements');
  const newest = rows('Movements').nth(1);
  await expect(newest).toContainText(sku);
  await expect(newest).toContainText('Adjustment');
  await newest.getByRole('button', { name: 'Reverse' }).click();
  await dialog().getByRole('textbox', { name: 'Why' }).fill('Counted twice');
  await dialog().getByRole('button', { name: 'Reverse' }).click();
  await expect(dialog()).toBeHidden();
  await expect(newest).toContainText('Reversal');
  await expect(rows('Movements').nth(2)).toContainText('Reversed');
});

test('a role is made from another, and removed again while nobody has it', async () => {
  await staff.open('Roles');
  await staff.button('New role').click();
  await dialog().getByRole('textbox', { name: 'Name' }).fill('Night shift');
  await dialog().getByRole('button', { name: 'Warehouse', exact: true }).click();
  await expect(dialog().getByRole('checkbox', { checked: true }).first()).toBeVisible();
  await dialog().getByRole('button', { name: 'Add role' }).click();
  await expect(dialog()).toBeHidden();
  await staff.button('Change Night shift').click();
  await dialog().getByRole('button', { name: 'Remove role' }).click();
  await page
    .getByRole('dialog', { name: 'Remove Night shift' })
    .getByRole('button', { name: 'Remove role' })
    .click();
  await expect(staff.button('Change Night shift')).toHaveCount(0);
});

test('a new threshold holds for the order that is typed next', async () => {
  await staff.open('Settings');
  await staff.type('Orders need an approval above', '100');
  await staff.button('Save settings').click();
  await expect(page.getByText('Settings saved')).toBeVisible();

  await staff.open('Purchase orders');
  await staff.command('New purchase order').click();
  await staff.typeLines([{ product: 'SAF', quantity: '2', price: '60' }]);
  await expect(page.getByText(/over ₹100: will need an approval/)).toBeVisible();
});
