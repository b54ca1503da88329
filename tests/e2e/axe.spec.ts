import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import axe from 'axe-core';
import { launchBrowser } from '../fixtures/browser.ts';
import { startProduct } from '../fixtures/product.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { staffScreens } from './screens.ts';
import { demoPassword } from './staff.ts';

/*
 * WCAG 2.2 AA as axe measures it, on every screen, light and dark, with what opens, is pointed at or has the focus on it.
 * One sign-in; a page is loaded once and looked at in both schemes.
 */
test.describe.configure({ mode: 'serial' });

declare global {
  interface Window {
    axe: typeof axe;
  }
}

let product: StartedProduct;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await startProduct();
  browser = await launchBrowser();
  page = await signedIn('owner@acme.test');
});

test.afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function signedIn(email: string): Promise<Page> {
  const opened = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    // What fades in is looked at when it has come.
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  opened.setDefaultTimeout(10_000);
  await opened.goto(product.webUrl);
  await opened.getByLabel('E-mail').fill(email);
  await opened.getByLabel('Password', { exact: true }).fill(demoPassword);
  await opened.keyboard.press('Enter');
  await expect(opened.getByRole('navigation', { name: 'Main' })).toBeVisible();
  return opened;
}

/** Goes to a screen as a link does, without loading the app again. */
async function open(path: string): Promise<void> {
  await page.evaluate((to) => {
    const target = new URL(to, location.href);
    // Another filter of the same list leaves its title where it is.
    if (target.pathname !== location.pathname || target.hash !== location.hash)
      document.querySelector('h1')?.setAttribute('data-left', '');
    history.pushState({}, '', to);
  }, path);
  await expect(page.locator('h1:not([data-left])')).toBeVisible();
  await expect(page.locator('h1[data-left]')).toHaveCount(0);
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  await expect(page.locator('[aria-busy=true], .mantine-Skeleton-root')).toHaveCount(0);
}

/** Opens the first record of a list; `below` is a screen of its own below the record. */
async function openFirst(list: string, below = ''): Promise<void> {
  await open(list);
  const [area] = list.split('?');
  const href = await page
    .locator(`main a[href*="${area ?? ''}/"]:not([href$="/new"])`)
    .first()
    .getAttribute('href');
  await open(`${href ?? ''}${below}`);
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Only colours differ from one scheme to the other. */
const colours = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong on the page, or in the part of it that a selector names, in both schemes. */
async function faultsOf(part = 'html'): Promise<string[]> {
  // Once for a document: the screens follow each other in one.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    // The colours pass over into the others, however shortly.
    await page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      await Promise.allSettled(
        document
          .getAnimations()
          .filter(({ effect }) => effect?.getTiming().iterations === 1)
          .map(({ finished }) => finished),
      );
    });
    const faults = await page.evaluate(
      async ({ part, runOnly }) => {
        const { violations } = await window.axe.run(part, { runOnly, resultTypes: ['violations'] });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, any, all, none }) => {
            const why = [...any, ...all, ...none][0]?.message ?? '';
            return `${id}: ${why} ${html.slice(0, 160)}`;
          }),
        );
      },
      {
        part,
        runOnly:
          scheme === 'light'
            ? { type: 'tag' as const, values: standards }
            : { type: 'rule' as const, values: colours },
      },
    );
    found.push(...faults.map((fault) => `${scheme}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

const screens: readonly [string, () => Promise<void>][] = [
  ...staffScreens.map((path): [string, () => Promise<void>] => [path, () => open(path)]),
  ...[
    ['/vendors', ''],
    ['/vendors', '/edit'],
    ['/customers', ''],
    ['/products', ''],
    ['/warehouses', ''],
    ['/employees', ''],
    ['/purchase-orders?status=pending_approval', ''],
    ['/purchase-orders?status=partially_delivered', ''],
    ['/purchase-orders?status=draft', '/edit'],
    ['/purchase-orders?status=confirmed', '/receive'],
    ['/sales-orders?status=partially_shipped', ''],
    ['/sales-orders?status=confirmed', '/ship'],
  ].map(([list = '', below = '']): [string, () => Promise<void>] => [
    `the first of ${list}${below}`,
    () => openFirst(list, below),
  ]),
];

test('every screen can be read and is named for those who hear it, light and dark', async () => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  for (const [name, show] of screens) {
    await show();
    for (const fault of await faultsOf()) faults.push(`${name}, ${fault}`);
  }
  expect(faults).toEqual([]);
});

const row = (at: number) => page.locator('[role=grid] [role=row][aria-rowindex]').nth(at);
const press = (keys: string) => page.keyboard.press(keys);
const button = (name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first();
const box = (name: string | RegExp) =>
  page.getByRole('combobox', { name, exact: typeof name === 'string' }).first();

/** Types into a field that offers records or choices, and waits for them: one is under the keyboard, one under the pointer. */
async function offered(field: string, text: string): Promise<void> {
  await box(field).fill(text);
  await expect(page.getByRole('option').nth(1)).toBeVisible();
  await press('ArrowDown');
  await page.getByRole('option').last().hover();
}

/** Opens the menu behind ⋯ and points at its last entry. */
async function more(): Promise<void> {
  await button(/^More/).click();
  await page.getByRole('menuitem').last().hover();
}

/** Closes what floats. */
async function dismiss(): Promise<void> {
  const floating = page.locator('[role=dialog], [role=menu], [role=listbox]').filter({ visible: true });
  for (let presses = 0; presses < 4 && (await floating.count()) > 0; presses += 1) {
    await press('Escape');
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 0))));
  }
  await expect(floating).toHaveCount(0);
}

/** What opens on a screen or changes under the hand: its name, the part of the page that it is, and the way to it. */
type State = readonly [name: string, part: string, reach: () => Promise<unknown>];

const dialog = '[role=dialog]';
const options = '[role=listbox]';
const menu = '[role=menu]';

/** Screens, each with the states that are looked at on it, one after the other. */
const states: readonly { screen: () => Promise<void>; states: readonly State[] }[] = [
  {
    screen: () => open('/vendors'),
    states: [
      ['a vendor under the pointer', '[role=grid]', () => row(3).hover()],
      [
        'a vendor under the keyboard',
        '[role=grid]',
        async () => {
          await page.getByRole('grid').focus();
          await press('ArrowDown');
        },
      ],
      ['the columns of a list', dialog, () => button('Choose columns').click()],
      [
        'states to filter by',
        options,
        async () => {
          await box('Any status').click();
          await page.getByRole('option').first().click();
          await page.getByRole('option').last().hover();
        },
      ],
      [
        'the menu of one’s name',
        menu,
        async () => {
          await button(/account and appearance/).click();
          await press('ArrowDown');
        },
      ],
      [
        'the palette',
        dialog,
        async () => {
          await press('Control+k');
          await page.keyboard.type('order');
          await page.locator('[data-action]').nth(2).hover();
        },
      ],
      [
        'the sheet of keys',
        dialog,
        async () => {
          // In a field that is typed into, a question mark is text.
          await page.getByRole('heading', { level: 1 }).focus();
          await press('?');
        },
      ],
    ],
  },
  {
    screen: () => open('/vendors/new'),
    states: [
      ['a refused form', 'main', () => press('Control+s')],
      ['a short list', options, () => offered('GST registration', 'r')],
    ],
  },
  {
    screen: () => open('/purchase-orders/new'),
    states: [
      ['vendors to choose from', options, () => offered('Vendor', 'a')],
      ['warehouses to choose from', options, () => box('Ship to').click()],
      ['products to choose from in a line', options, () => offered('Product, line 1', 'b')],
      [
        'the calendar',
        '[role=dialog][aria-label=Calendar]',
        async () => {
          await page.getByLabel('Expected on', { exact: true }).first().focus();
          await press('Alt+ArrowDown');
        },
      ],
      ['a refused order', 'main', () => press('Control+s')],
      [
        'a notice',
        '[role=alert]',
        async () => {
          await page.getByLabel('Vendor’s reference').fill('Q-1');
          await button('Cancel').click();
        },
      ],
    ],
  },
  {
    screen: () => openFirst('/purchase-orders?status=pending_approval'),
    states: [
      ['the further commands of an order', menu, more],
      ['a reason that is asked for', dialog, () => button('Reject').click()],
    ],
  },
  {
    screen: () => openFirst('/purchase-orders?status=partially_delivered'),
    states: [
      [
        'an order that is changed',
        dialog,
        async () => {
          await button('Change order').click();
          await press('Control+s');
        },
      ],
      ['a line that is closed', dialog, () => button('Close line').click()],
    ],
  },
  {
    screen: () => openFirst('/purchase-orders?status=confirmed', '/receive'),
    states: [
      ['more than ordered', 'main', () => page.getByLabel('Arrived, line 1', { exact: true }).fill('99999')],
      [
        'a scan of something else',
        dialog,
        async () => {
          // In one go, as a scanner types: between two calls from here a busy machine takes a person's time.
          await page.evaluate(() => {
            for (const key of ['8', '9', '0', '0', '0', '0', '1', '7', 'Enter'])
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
          });
        },
      ],
    ],
  },
  {
    screen: () => openFirst('/sales-orders?status=draft'),
    states: [['an order that is confirmed', dialog, () => button('Confirm').click()]],
  },
  {
    screen: () => openFirst('/sales-orders?status=confirmed'),
    states: [
      ['a payment', dialog, () => button('Record payment').click()],
      ['the further commands of a sale', menu, more],
    ],
  },
  {
    screen: () => open('/inventory'),
    states: [
      [
        'a refused adjustment',
        dialog,
        async () => {
          await button('Adjust stock').click();
          await page.locator('[role=dialog] button[type=submit]').click();
        },
      ],
    ],
  },
  {
    screen: () => open('/movements'),
    states: [['an adjustment taken back', dialog, () => button('Reverse').click()]],
  },
  {
    screen: () => openFirst('/warehouses'),
    states: [['a new bin', dialog, () => button('Add bin').click()]],
  },
  {
    screen: () => openFirst('/employees'),
    states: [['the roles of somebody', dialog, () => button('Change').click()]],
  },
  {
    screen: () => open('/roles'),
    states: [
      [
        'a new role, refused',
        dialog,
        async () => {
          await button('New role').click();
          await press('Control+s');
        },
      ],
    ],
  },
  {
    screen: () => open('/audit'),
    states: [['an entry of the trail', dialog, () => row(1).dblclick()]],
  },
  {
    screen: () => open('/sessions'),
    states: [['an authenticator that is added', dialog, () => button('Add an authenticator').click()]],
  },
];

async function faultsAt(part: string, reach: State[2]): Promise<string[]> {
  await dismiss();
  await reach();
  await expect(page.locator(part).filter({ visible: true }).first()).toBeVisible();
  return faultsOf(part);
}

test('what opens, and what is pointed at or has the focus, can be read in both schemes', async () => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  for (const { screen, states: ofScreen } of states) {
    await screen();
    for (const [name, part, reach] of ofScreen) {
      await test.step(name, async () => {
        faults.push(...(await faultsAt(part, reach)).map((fault) => `${name}, ${fault}`));
      });
    }
    await dismiss();
  }
  expect(faults).toEqual([]);
});

test('a list that can’t be had says so in words that can be read', async () => {
  await open('/warehouses');
  await page.route('**/api/trpc/**', (route) => route.abort());
  await page.getByRole('searchbox').fill('nowhere');
  await expect(button('Try again')).toBeVisible({ timeout: 20_000 });
  expect(await faultsOf()).toEqual([]);
  await page.unroute('**/api/trpc/**');
});

test('the sign-in can be read, before and after it is refused', async () => {
  await page.close();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(product.webUrl);
  await expect(page.getByLabel('E-mail')).toBeVisible();
  expect(await faultsOf()).toEqual([]);
  await page.getByLabel('E-mail').fill('nobody@acme.test');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').first()).toBeVisible();
  expect(await faultsOf()).toEqual([]);
  await page.close();
});

test('the operators’ screens can be read, light and dark, with what opens on them', async () => {
  page = await signedIn('operator@quartermaster.test');
  await page.goto(new URL('/admin/', product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1, name: 'Organisations' })).toBeVisible();
  const faults: string[] = [];
  for (const path of ['#/tenants/new', '#/clusters', '#/migrations', '#/sessions', '#/audit', '#/']) {
    await open(path);
    for (const fault of await faultsOf()) faults.push(`${path}, ${fault}`);
  }
  const organisation = await page
    .locator('main a[href*="#/tenants/"]:not([href$="/new"])')
    .first()
    .getAttribute('href');
  await open(organisation ?? '');
  for (const fault of await faultsOf()) faults.push(`an organisation, ${fault}`);
  for (const name of ['Suspend', 'Remove'])
    for (const fault of await faultsAt(dialog, () => button(new RegExp(`^${name}`)).click()))
      faults.push(`${name}, ${fault}`);
  expect(faults).toEqual([]);
});
