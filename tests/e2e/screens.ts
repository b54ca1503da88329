import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Visitor } from './visitor.ts';

/** Every screen of the staff window that opens by its address alone. What holds for all screens is walked over these. */
export const staffScreens = [
  '/',
  '/vendors',
  '/vendors/new',
  '/customers',
  '/customers/new',
  '/products',
  '/products/new',
  '/purchase-orders',
  '/purchase-orders/new',
  '/sales-orders',
  '/sales-orders/new',
  '/inventory',
  '/inventory/as-of',
  '/movements',
  '/lots',
  '/warehouses',
  '/warehouses/new',
  '/employees',
  '/employees/new',
  '/roles',
  '/audit',
  '/settings',
  '/sessions',
] as const;

/** Screens of one record, of the first in a list: `/vendors/FIRST?status=active`. */
export const recordScreens = [
  '/vendors/FIRST',
  '/customers/FIRST',
  '/products/FIRST',
  '/warehouses/FIRST',
  '/employees/FIRST',
  '/purchase-orders/FIRST?status=pending_approval',
  '/purchase-orders/FIRST?status=confirmed',
  '/sales-orders/FIRST?status=draft',
  '/sales-orders/FIRST?status=confirmed',
] as const;

/** Opens a dialog that is filled in already: Ctrl+S sends it. */
export const proposing = 'Record payment';

/** A screen, and the button that opens a dialog there. */
export const staffDialogs: readonly [screen: string, opener: string | RegExp][] = [
  ['/inventory', 'Adjust stock'],
  ['/roles', 'New role'],
  ['/warehouses/FIRST', 'Add bin'],
  ['/employees/FIRST', /^Change$/],
  ['/purchase-orders/FIRST?status=confirmed', 'Change order'],
  ['/purchase-orders/FIRST?status=pending_approval', 'Reject'],
  ['/sales-orders/FIRST?status=confirmed', 'Change order'],
  ['/sales-orders/FIRST?status=draft', 'Confirm'],
  ['/sales-orders/FIRST?status=confirmed&paymentStatus=unpaid', proposing],
];

/** Opens a screen of the product at `base`, or the first record of a list, and waits until it is read. */
export async function openScreen(page: Page, base: string, screen: string): Promise<void> {
  const [list = '', query = ''] = screen.split('/FIRST');
  await page.goto(new URL(`${list}${query}`, base).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  if (!screen.includes('/FIRST')) return;
  await expect(page.getByRole('gridcell').nth(1)).toBeVisible();
  await page.getByRole('grid').first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${list}/[0-9a-f-]{36}`));
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Screens of one record: the list that the first one is taken from, and what stands below the record's address. */
const screensOfRecords = [
  ['/vendors', ''],
  ['/vendors', '/edit'],
  ['/customers', ''],
  ['/customers', '/edit'],
  ['/products', ''],
  ['/products', '/edit'],
  ['/warehouses', ''],
  ['/warehouses', '/edit'],
  ['/employees', ''],
  ['/employees', '/edit'],
  ['/purchase-orders?status=draft', ''],
  ['/purchase-orders?status=draft', '/edit'],
  ['/purchase-orders?status=pending_approval', ''],
  ['/purchase-orders?status=partially_delivered', ''],
  ['/purchase-orders?status=cancelled', ''],
  ['/purchase-orders?status=confirmed', '/receive'],
  ['/sales-orders?status=draft', ''],
  ['/sales-orders?status=draft', '/edit'],
  ['/sales-orders?status=partially_shipped', ''],
  ['/sales-orders?status=closed', ''],
  ['/sales-orders?status=confirmed', '/ship'],
] as const;

/** The operators' screens; theirs stand behind the #. */
const operatorScreens = [
  '#/tenants/new',
  '#/clusters',
  '#/migrations',
  '#/sessions',
  '#/audit',
  '#/',
] as const;

/** A screen, by the name that a fault is told with. */
export type Screen = readonly [name: string, show: (visitor: Visitor) => Promise<void>];

/** Every screen of the staff window: those with an address of their own, and those of a record. */
export const allStaffScreens: readonly Screen[] = [
  ...staffScreens.map((path): Screen => [path, (visitor) => visitor.open(path)]),
  ...screensOfRecords.map(([list, below]): Screen => [
    `the first of ${list}${below}`,
    (visitor) => visitor.openFirst(list, below),
  ]),
  ['an address that leads nowhere', (visitor) => visitor.open('/nowhere')],
  ['a record that is not there', (visitor) => visitor.open('/vendors/019a0000-0000-7000-8000-000000000000')],
];

export const allOperatorScreens: readonly Screen[] = [
  ...operatorScreens.map((path): Screen => [path, (visitor) => visitor.open(path)]),
  ['an organisation', (visitor) => visitor.openFirst('#/', '', '#/tenants')],
];
