import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

/** People work with the version before for a while: its screens, built as they were, against the server of today. */
const repoRoot = path.resolve(import.meta.dirname, '../..');
const base = mkdtempSync(path.join(os.tmpdir(), 'qm-previous-'));
const sources = path.join(base, 'sources');
let services: TestServices;
let browser: Browser;

const git = (...args: string[]) => spawnSync('git', args, { cwd: repoRoot, encoding: 'utf8' });

/** The commit before; a shallow clone is deepened by one. */
function previousCommit(): string | undefined {
  const known = () => git('rev-parse', '--verify', '--quiet', 'HEAD~1^{commit}').stdout.trim() || undefined;
  const found = known();
  if (found !== undefined) return found;
  git('fetch', '--quiet', '--deepen=1');
  return known();
}

const previous = previousCommit();
test.skip(previous === undefined, 'this clone has no commit before, and none could be fetched');

test.beforeAll(async () => {
  test.setTimeout(240_000);
  // Of the commit itself: an archive needs no second working tree that a killed run would leave behind.
  execFileSync('mkdir', ['-p', sources]);
  execFileSync('sh', ['-c', `git archive ${previous} | tar -x -C '${sources}'`], { cwd: repoRoot });
  symlinkSync(path.join(repoRoot, 'node_modules'), path.join(sources, 'node_modules'));
  const bundler = path.join(repoRoot, 'node_modules/electron-vite/bin/electron-vite.js');
  execFileSync(process.execPath, [bundler, 'build', '--logLevel', 'warn'], { cwd: sources, stdio: 'pipe' });
  services = await startTestServices({
    tenants: ['acme'],
    environment: { QM_WEB_DIR: path.join(sources, 'out', 'renderer') },
  });
  browser = await launchBrowser();
});

test.afterAll(async () => {
  await browser?.close();
  await services?.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

test('the client of the commit before signs in, reads, writes and finds what it wrote', async () => {
  const page = await browser.newPage();
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/trpc/') && response.status() >= 400)
      refused.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  await page.goto(`${services.apiUrl}/`);
  await page.getByLabel('E-mail').fill(services.tenants.acme?.ownerEmail ?? '');
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible({ timeout: 30_000 });
  for (const place of [
    '/vendors',
    '/products',
    '/customers',
    '/purchase-orders',
    '/sales-orders',
    '/settings',
  ]) {
    await page.goto(`${services.apiUrl}${place}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
  await page.goto(`${services.apiUrl}/vendors/new`);
  const staff = new Staff(page);
  await staff.type('Code', 'BEFORE');
  await staff.type('Name', 'Kept by the version before');
  await staff.select('GST registration', /Unregistered/);
  await staff.button('Add vendor').click();
  await expect(staff.heading('Kept by the version before')).toBeVisible();
  expect(refused).toEqual([]);
});
