import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { launchBrowser } from '../fixtures/browser.ts';
import { launchApp } from '../fixtures/electron.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

/*
 * One's own account from the first sign-in to the last sign-out, in the desktop app and in a browser: one installation,
 * and for each of the two a person of its own.
 */
let services: TestServices;
let browser: Browser;
let mails: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  mails = await mkdtemp(path.join(os.tmpdir(), 'qm-mails-'));
  services = await startTestServices({
    tenants: ['acme'],
    auth: { outboxFile: path.join(mails, 'outbox.jsonl') },
  });
  browser = await launchBrowser();
});

test.afterAll(async () => {
  await browser?.close();
  await services?.stop();
  await rm(mails, { recursive: true, force: true });
});

interface Mail {
  sentTo: string;
  code: string;
  link: string;
}

/** The last mail to an address. */
async function mailTo(address: string): Promise<Mail> {
  const lines = (await readFile(path.join(mails, 'outbox.jsonl'), 'utf8')).trim().split('\n');
  const mail = lines.map((line) => JSON.parse(line) as Mail).findLast((one) => one.sentTo === address);
  if (!mail) throw new Error(`no mail to ${address}`);
  return mail;
}

interface Opened {
  page: Page;
  close: () => Promise<void>;
}

const places: Record<string, () => Promise<Opened>> = {
  'the desktop app': async () => {
    const app = await launchApp({ services });
    return { page: app.window, close: () => app.close() };
  },
  'a browser': async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${services.apiUrl}/`);
    return { page, close: () => context.close() };
  },
};

for (const [place, open] of Object.entries(places)) {
  test.describe(`in ${place}`, () => {
    test.describe.configure({ mode: 'serial' });
    let opened: Opened;
    let page: Page;
    let staff: Staff;
    let email: string;
    let password = testPassword;
    let phone: string;

    test.beforeAll(async () => {
      email = await services.addPerson('acme', ['buyer']);
      opened = await open();
      ({ page } = opened);
      staff = new Staff(page);
    });
    test.afterAll(() => opened?.close());

    async function account(): Promise<void> {
      await page.getByRole('button', { name: /account and appearance/ }).click();
      await page.getByRole('menuitem', { name: /sessions/ }).click();
      await expect(staff.heading('Sign-in and sessions')).toBeVisible();
    }

    const typeCode = async () => page.keyboard.type(await codeOf(phone));

    test('a person signs in and sets up a second step', async () => {
      await staff.signIn(email, password);
      await account();
      await staff.button('Add an authenticator').click();
      const line = await page.getByText(/Type this key/).innerText();
      phone = (/key:\s*([A-Z2-7 ]+)/.exec(line)?.[1] ?? '').replaceAll(' ', '');
      await typeCode();
      await page.keyboard.press('Enter');
      await expect(page.getByText(/Authenticator app .* since/)).toBeVisible();
    });

    test('the password alone no longer lets them in; with the code they are in', async () => {
      await staff.signOut();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await expect(page.getByText(/six digits your authenticator app shows/)).toBeVisible();
      await typeCode();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    });

    test('they change their password', async () => {
      await account();
      password = `a longer password in ${place}`;
      await page.getByLabel('New password', { exact: true }).fill(password);
      await page.getByLabel('Once more', { exact: true }).fill(password);
      await staff.button('Change password').click();
      await expect(page.getByText('Password changed')).toBeVisible();
    });

    test('they take the second step away again, and the new password alone lets them in', async () => {
      await staff.button('Remove').click();
      await expect(page.getByText(/Not set up/)).toBeVisible();
      await staff.signInAs(email, password);
    });

    test('they get in by a code from the mail when the password is forgotten', async () => {
      await staff.signOut();
      await staff.button('Forgotten password').click();
      await staff.button('Send the code').click();
      await expect(page.getByText(/a code is on its way/)).toBeVisible();
      await page.keyboard.type((await mailTo(email)).code);
      await page.keyboard.press('Enter');
      password = `a remembered password in ${place}`;
      await page.getByLabel('New password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    });
  });
}
