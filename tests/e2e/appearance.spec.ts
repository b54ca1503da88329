import { expect, test } from '@playwright/test';
import type { CDPSession, Locator, Page } from '@playwright/test';
import type { StartedProduct } from '../fixtures/product.ts';
import { Installation } from './installation.ts';
import { demoPassword } from './staff.ts';

/* What every screen looks like: its letters, and how far apart they stand. In a browser, signed in once. */
test.describe.configure({ mode: 'serial' });

let installation: Installation;
let product: StartedProduct;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  installation = await Installation.start();
  ({ product, page } = installation);
  await page.goto(product.webUrl);
  await page.getByLabel('E-mail').fill('owner@acme.test');
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});

test.afterAll(async () => {
  await installation?.stop();
});

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, product.webUrl).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}

/** The faces that draw the letters of an element, and whether each came with the page or was found on the machine. */
async function facesOf(element: Locator): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument', { depth: 0 });
  const mark = `face-${String(Date.now())}`;
  await element.evaluate((node, name) => {
    node.setAttribute('data-measured', name);
  }, mark);
  const { nodeId } = await devtools.send('DOM.querySelector', {
    nodeId: root.nodeId,
    selector: `[data-measured="${mark}"]`,
  });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  await devtools.detach();
  return fonts
    .map(({ familyName, isCustomFont }) => (isCustomFont ? familyName : `${familyName} of the machine`))
    .sort();
}

test('a vendor named in Hindi is drawn in the face that comes with the app, on the screen and on paper', async () => {
  const name = 'श्री गणेश ट्रेडर्स';
  const input = { code: 'HINDI-1', name, gstRegistration: 'unregistered' };
  const { id } = await installation.ask<{ id: string }>('vendors.create', input, 'mutation');

  await open('/vendors');
  expect(await facesOf(page.getByText(name, { exact: true }).first())).toEqual([
    'IBM Plex Sans',
    'IBM Plex Sans Devanagari',
  ]);
  await open(`/vendors/${id}`);
  const title = page.getByRole('heading', { level: 1 });
  expect(await facesOf(title)).toEqual(['IBM Plex Sans', 'IBM Plex Sans Devanagari SemiBold']);
  // What is compared letter by letter has a face of its own, which has no Devanagari either.
  await title.evaluate((heading) => {
    heading.style.fontFamily = 'var(--qm-mono)';
  });
  expect(await facesOf(title)).toEqual(['IBM Plex Mono Medium', 'IBM Plex Sans Devanagari SemiBold']);

  // A PDF names the faces that it carries.
  const paper = (await page.pdf()).toString('latin1');
  expect(paper).toMatch(/\/FontName \/[A-Z]{6}\+IBMPlexSansDevanagari-SemiBold/);
});

test('on a wide screen figures stand near the names they belong to, and nothing is cut beside empty room', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const path of ['/vendors', '/products', '/sales-orders', '/inventory', '/audit']) {
    await open(path);
    await expect(page.getByRole('row').nth(2)).toBeVisible();
    const { gaps, cut } = await page.evaluate(() => {
      const [head, ...rows] = [...document.querySelectorAll<HTMLElement>('[role=grid] [role=row]')];
      const cells = rows.flatMap((row) => [...row.querySelectorAll<HTMLElement>('[role=gridcell]')]);
      // From the beginning of the widest column to the first figure after it.
      const heads = [...(head?.children ?? [])].map((cell) => cell.getBoundingClientRect());
      const widest = heads.reduce((most, box) => (box.width > most.width ? box : most), new DOMRect());
      const figures = [...(head?.querySelectorAll('[data-end]') ?? [])].map((cell) =>
        cell.getBoundingClientRect(),
      );
      return {
        gaps: figures.slice(0, 1).map((figure) => Math.round(figure.right - widest.left)),
        cut: cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
      };
    });
    for (const gap of gaps) expect(gap, path).toBeLessThan(1200);
    expect(cut, path).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('on a wide screen a form has its fields on both halves, and a document its lines on most of the width', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const path of ['/vendors/new', '/customers/new', '/products/new', '/employees/new', '/settings']) {
    await open(path);
    const { fields, middle, narrowest } = await page.evaluate(() => {
      const main = document.querySelector('main')?.getBoundingClientRect() ?? new DOMRect();
      const boxes = [...document.querySelectorAll('main form input:not([type=hidden])')]
        .map((field) => field.getBoundingClientRect())
        .filter(({ width }) => width > 40);
      return {
        fields: boxes.map(({ left }) => left),
        middle: main.left + main.width / 2,
        narrowest: Math.min(...boxes.map(({ width }) => width)),
      };
    });
    expect(fields.filter((left) => left < middle).length, path).toBeGreaterThan(1);
    expect(fields.filter((left) => left > middle).length, path).toBeGreaterThan(1);
    expect(narrowest, path).toBeGreaterThan(70);
  }
  for (const path of ['/purchase-orders/new', '/sales-orders/new']) {
    await open(path);
    const lines = await page.getByRole('table', { name: 'Order lines' }).boundingBox();
    expect(lines?.width, path).toBeGreaterThan(1300);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('on a screen of 1280 pixels the tables of a record stand in rows under their heads', async () => {
  for (const [list, table, last] of [
    ['/vendors', 'Purchase orders of this vendor', 'Status'],
    ['/customers', 'Sales orders of this customer', 'Payment'],
    ['/sales-orders?status=partially_shipped', 'Lines of the order', 'Net'],
    ['/purchase-orders?status=partially_delivered', 'Lines of the order', 'Net'],
  ] as const) {
    await open(list);
    await page.getByRole('grid').first().focus();
    await page.keyboard.press('Enter');
    const head = page.getByRole('grid', { name: table }).getByRole('columnheader', { name: last });
    await expect(head, list).toBeInViewport({ ratio: 1 });
  }
});
