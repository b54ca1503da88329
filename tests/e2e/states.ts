import { expect } from '@playwright/test';
import type { Screen } from './screens.ts';
import { inContext, type Visitor } from './visitor.ts';

/** What opens on a screen or changes under the hand: its name, the part of the page that it is, and the way to it. */
export type State = readonly [name: string, part: string, reach: (visitor: Visitor) => Promise<unknown>];

export interface ScreenWithStates {
  screen: (visitor: Visitor) => Promise<void>;
  states: readonly State[];
}

const dialog = '[role=dialog]';
const options = '[role=listbox]';
const menu = '[role=menu]';

/** A dialog that a button opens. */
const opened = (name: string, english: string): State => [name, dialog, (at) => at.button(english).click()];

/** A dialog that a button opens, refused: everything it has to say is there. */
const refused = (name: string, english: string): State => [
  name,
  dialog,
  async (visitor) => {
    await visitor.button(english).click();
    await visitor.page.locator('[role=dialog] button[type=submit]').click();
  },
];

/** Screens of staff, each with the states that are looked at on it, one after the other. */
export const staffStates: readonly ScreenWithStates[] = [
  {
    screen: (at) => at.open('/vendors'),
    states: [
      ['a vendor under the pointer', '[role=grid]', (at) => at.row(3).hover()],
      [
        'a vendor under the keyboard',
        '[role=grid]',
        async (at) => {
          await at.page.getByRole('grid').focus();
          await at.press('ArrowDown');
        },
      ],
      ['the columns of a list', dialog, (at) => at.button('Choose columns').click()],
      [
        'states to filter by',
        options,
        async (at) => {
          await at.box('Any status').click();
          await at.page.getByRole('option').first().click();
          await at.page.getByRole('option').last().hover();
        },
      ],
      [
        'the menu of one’s name',
        menu,
        async (at) => {
          await at.button('{name}: account and appearance', 'part').click();
          await at.press('ArrowDown');
        },
      ],
      [
        'the palette',
        dialog,
        async (at) => {
          await at.press('Control+k');
          await at.page.keyboard.type('PO');
          await at.page.locator('[data-action]').nth(2).hover();
        },
      ],
      [
        'the palette without a find',
        dialog,
        async (at) => {
          await at.press('Control+k');
          await at.page.keyboard.type('zzqqxx');
          await expect(at.page.locator('[data-action]')).toHaveCount(0);
        },
      ],
      [
        'the sheet of keys',
        dialog,
        async (at) => {
          // In a field that is typed into, a question mark is text.
          await at.page.getByRole('heading', { level: 1 }).focus();
          await at.press('?');
        },
      ],
    ],
  },
  {
    screen: (at) => at.open('/vendors/new'),
    states: [
      ['a refused form', 'main', (at) => at.press('Control+s')],
      ['a short list', options, (at) => at.box('GST registration').click()],
    ],
  },
  {
    screen: (at) => at.open('/purchase-orders/new'),
    states: [
      ['vendors to choose from', options, (at) => at.offered(at.box('Vendor'), 'a')],
      ['warehouses to choose from', options, (at) => at.box('Ship to').click()],
      ['products to choose from in a line', options, (at) => at.offered(at.box('Product', 1), 'b')],
      [
        'the calendar',
        'table',
        async (at) => {
          await at.field('Expected on').focus();
          await at.press('Alt+ArrowDown');
        },
      ],
      ['a refused order', 'main', (at) => at.press('Control+s')],
      [
        'a notice',
        '[role=alert]',
        async (at) => {
          await at.field('Vendor’s reference').fill('Q-1');
          await at.button(inContext('Cancel', 'a form')).click();
        },
      ],
    ],
  },
  {
    screen: (at) => at.open('/purchase-orders?status=pending_approval'),
    states: [
      [
        'an order to decide beside the list',
        'aside',
        (at) => expect(at.page.locator('aside tbody')).toBeVisible(),
      ],
      [
        'several orders that are decided',
        dialog,
        async (at) => {
          await at.page.locator('[role=columnheader] input[type=checkbox]').click();
          await at.button('Approve').click();
        },
      ],
    ],
  },
  {
    screen: (at) => at.openFirst('/purchase-orders?status=pending_approval'),
    states: [
      ['the further commands of an order', menu, (at) => at.more()],
      opened('a reason that is asked for', 'Reject'),
    ],
  },
  {
    screen: (at) => at.openFirst('/purchase-orders?status=partially_delivered'),
    states: [
      [
        'an order that is changed',
        dialog,
        async (at) => {
          await at.button('Change order').click();
          await at.press('Control+s');
        },
      ],
      opened('a line that is closed', 'Close line'),
    ],
  },
  {
    screen: (at) => at.openFirst('/purchase-orders?status=confirmed', '/receive'),
    states: [
      ['more than ordered', 'main', (at) => at.field('Arrived', 1).fill('99999')],
      [
        'a scan of something else',
        dialog,
        async (at) => {
          // In one go, as a scanner types: between two calls from here a busy machine takes a person's time.
          await at.page.evaluate(() => {
            for (const key of ['8', '9', '0', '0', '0', '0', '1', '7', 'Enter'])
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
          });
        },
      ],
    ],
  },
  {
    screen: (at) => at.openFirst('/sales-orders?status=draft'),
    states: [opened('an order that is confirmed', 'Confirm')],
  },
  {
    screen: (at) => at.openFirst('/sales-orders?status=confirmed'),
    states: [
      opened('a payment', 'Record payment'),
      ['the further commands of a sale', menu, (at) => at.more()],
    ],
  },
  { screen: (at) => at.open('/inventory'), states: [refused('a refused adjustment', 'Adjust stock')] },
  { screen: (at) => at.open('/movements'), states: [opened('an adjustment taken back', 'Reverse')] },
  { screen: (at) => at.openFirst('/warehouses'), states: [refused('a new bin', 'Add bin')] },
  {
    screen: (at) => at.openFirst('/employees'),
    states: [opened('the roles of somebody', 'Change')],
  },
  {
    screen: (at) => at.open('/roles'),
    states: [
      [
        'a new role, refused',
        dialog,
        async (at) => {
          await at.button('New role').click();
          await at.press('Control+s');
        },
      ],
    ],
  },
  {
    screen: (at) => at.open('/audit'),
    states: [['an entry of the trail', dialog, (at) => at.row(1).dblclick()]],
  },
  {
    screen: (at) => at.open('/sessions'),
    states: [opened('an authenticator that is added', 'Add an authenticator')],
  },
];

/** The operators' dialogs; the screens without any are walked by their addresses. */
export const operatorStates: readonly ScreenWithStates[] = [
  {
    screen: (at) => at.openFirst('#/', '', '#/tenants'),
    states: [
      opened('an organisation that is suspended', 'Suspend'),
      opened('an organisation that is removed', 'Remove'),
    ],
  },
];

/** Brings a screen into the state, which is what is looked at then. */
async function reach(visitor: Visitor, [, part, go]: State): Promise<void> {
  await visitor.dismiss();
  await go(visitor);
  await expect(visitor.page.locator(part).filter({ visible: true }).first()).toBeVisible();
}

/** Goes through screens and through what opens on them, and looks at each. */
export async function walk(
  visitor: Visitor,
  screens: readonly Screen[],
  withStates: readonly ScreenWithStates[],
  look: (name: string, part: string) => Promise<void>,
): Promise<void> {
  for (const [name, show] of screens) {
    await show(visitor);
    await look(name, 'html');
  }
  for (const { screen, states } of withStates) {
    await screen(visitor);
    for (const state of states) {
      const [name, part] = state;
      await reach(visitor, state);
      await look(name, part);
    }
    await visitor.dismiss();
  }
}
