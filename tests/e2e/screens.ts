import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

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
