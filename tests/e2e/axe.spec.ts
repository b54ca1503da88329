import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation, viewport } from './installation.ts';
import { allOperatorScreens, allStaffScreens } from './screens.ts';
import type { Screen } from './screens.ts';
import { operatorStates, staffStates, walk } from './states.ts';
import type { ScreenWithStates } from './states.ts';
import { Visitor } from './visitor.ts';

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

let installation: Installation;
let product: StartedProduct;
let page: Page;
let visitor: Visitor;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ product } = installation);
  page = await signedIn('owner@acme.test');
});

test.afterAll(async () => {
  await installation?.stop();
});

async function signedIn(email: string): Promise<Page> {
  const opened = await installation.browser.newPage({
    viewport,
    // Waits until everything that fades in is fully there.
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  opened.setDefaultTimeout(10_000);
  visitor = new Visitor(opened, product.webUrl);
  await visitor.signIn(email);
  return opened;
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
    // Colours take a moment to change.
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

test('every screen can be read and is named for those who hear it, light and dark', async () => {
  test.setTimeout(300_000);
  expect(await faultsOfAll(allStaffScreens, [])).toEqual([]);
});

/** What axe finds on screens, and in what opens on them. */
async function faultsOfAll(
  screens: readonly Screen[],
  withStates: readonly ScreenWithStates[],
): Promise<string[]> {
  const faults: string[] = [];
  await walk(visitor, screens, withStates, async (name, part) => {
    const found = await faultsOf(part).catch((error: unknown) => {
      throw new Error(`${name} could not be looked at`, { cause: error });
    });
    faults.push(...found.map((fault) => `${name}, ${fault}`));
  });
  return faults;
}

test('what opens, and what is pointed at or has the focus, can be read in both schemes', async () => {
  test.setTimeout(300_000);
  expect(await faultsOfAll([], staffStates)).toEqual([]);
});

test('a list that can’t be had says so in words that can be read', async () => {
  await visitor.open('/warehouses');
  await page.route('**/api/trpc/**', (route) => route.abort());
  await page.getByRole('searchbox').fill('nowhere');
  await expect(visitor.button('Try again')).toBeVisible({ timeout: 20_000 });
  expect(await faultsOf()).toEqual([]);
  await page.unroute('**/api/trpc/**');
});

test('the sign-in can be read, before and after it is refused', async () => {
  await page.close();
  page = await installation.browser.newPage({ viewport, reducedMotion: 'reduce' });
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
  await visitor.settled();
  expect(await faultsOfAll(allOperatorScreens, operatorStates)).toEqual([]);
});
