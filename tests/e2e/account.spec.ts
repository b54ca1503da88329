import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { createClient } from '@supabase/supabase-js';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { launchBrowser } from '../fixtures/browser.ts';
import { launchApp, type LaunchedApp } from '../fixtures/electron.ts';
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
    auth: {
      outboxFile: path.join(mails, 'outbox.jsonl'),
      redirectAllowList: ['quartermaster://**'],
    },
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

/** A link as Supabase's templates hold it, made by the auth server for an address without a mail. */
async function linkFor(email: string, type: 'recovery' | 'magiclink', redirectTo: string): Promise<string> {
  const admin = createClient(services.authUrl, services.serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await admin.auth.admin.generateLink({ type, email, options: { redirectTo } });
  if (error) throw error;
  return data.properties.action_link;
}

interface Opened {
  page: Page;
  /** Where links lead that are asked for here. */
  callback: string;
  /** Presses a link of a mail; gives the page it is shown in. */
  press: (link: string) => Promise<Page>;
  close: () => Promise<void>;
}

const places: Record<string, () => Promise<Opened>> = {
  'the desktop app': async () => {
    const app = await launchApp({ services });
    return {
      page: app.window,
      callback: 'quartermaster://auth/callback',
      async press(link) {
        const response = await fetch(link, { redirect: 'manual' });
        await app.startAgain([response.headers.get('location') ?? '']);
        return app.window;
      },
      close: () => app.close(),
    };
  },
  'a browser': async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${services.apiUrl}/`);
    return {
      page,
      callback: `${services.apiUrl}/`,
      async press(link) {
        const tab = await context.newPage();
        await tab.goto(link);
        return tab;
      },
      close: () => context.close(),
    };
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
      use(opened.page);
    });
    test.afterAll(() => opened?.close());

    function use(shown: Page): void {
      page = shown;
      staff = new Staff(page);
    }

    const navigation = () => page.getByRole('navigation', { name: 'Main' });
    const typeCode = async () => page.keyboard.type(await codeOf(phone));

    async function account(): Promise<void> {
      await page.getByRole('button', { name: /account and appearance/ }).click();
      await page.getByRole('menuitem', { name: /sessions/ }).click();
      await expect(staff.heading('Sign-in and sessions')).toBeVisible();
    }

    /** The new password after a mail's code or link, by keyboard: the cursor stands in the field. */
    async function chooseNew(next: string): Promise<void> {
      await expect(page.getByText(`Choose a password for ${email}`)).toBeVisible();
      await expect(page.getByLabel('New password', { exact: true })).toBeFocused();
      await page.keyboard.type(next);
      await page.keyboard.press('Enter');
      await expect(navigation()).toBeVisible();
      password = next;
    }

    /** Whether the token of an API session still opens anything. */
    const codeFor = async (token: string) => (await services.call('auth.me', undefined, token)).error?.code;

    test('a person signs in, sees where else they are signed in, and ends that session', async () => {
      const elsewhere = await services.signIn(email, password);
      await staff.signIn(email, password);
      await account();
      const row = page.getByRole('row', { name: /the tests/ });
      await row.getByRole('button', { name: 'End' }).click();
      await expect(page.getByText('Session ended')).toBeVisible();
      expect(await codeFor(elsewhere)).toBe('SESSION_REVOKED');
    });

    test('they change their password: with the current one, and other devices are signed out at once', async () => {
      const elsewhere = await services.signIn(email, password);
      const form = page.getByRole('form', { name: 'Change password' });
      const fill = async (label: string, text: string) => form.getByLabel(label, { exact: true }).fill(text);
      await fill('Current password', 'not this one');
      await fill('New password', 'x'.repeat(73));
      await fill('Once more', 'x'.repeat(73));
      await page.keyboard.press('Enter');
      await expect(form.getByText(/at most 72 characters/)).toBeVisible();

      const next = `a longer password in ${place}`;
      await fill('New password', next);
      await fill('Once more', next);
      await page.keyboard.press('Enter');
      await expect(form.getByText('The current password is wrong.')).toBeVisible();

      await fill('Current password', password);
      await page.keyboard.press('Enter');
      await expect(page.getByText('Password changed')).toBeVisible();
      expect(await codeFor(elsewhere)).toBe('SESSION_REVOKED');
      password = next;
    });

    test('who has forgotten the current one changes it by a code from the mail', async () => {
      const form = page.getByRole('form', { name: 'Change password' });
      await form.getByRole('button', { name: /Send a code/ }).click();
      await expect(form.getByText(/A code is on its way/)).toBeVisible();
      await form.getByLabel('Code from the mail').fill((await mailTo(email)).code);
      const next = `a mailed password in ${place}`;
      await form.getByLabel('New password', { exact: true }).fill(next);
      await form.getByLabel('Once more', { exact: true }).fill(next);
      await page.keyboard.press('Enter');
      await expect(form.getByLabel('Current password', { exact: true })).toBeVisible();
      await staff.signInAs(email, next);
      password = next;
    });

    test('they set up a second step; the password alone no longer lets them in, with the code they are in', async () => {
      await account();
      await staff.button('Add an authenticator').click();
      const line = await page.getByText(/Type this key/).innerText();
      phone = (/key:\s*([A-Z2-7 ]+)/.exec(line)?.[1] ?? '').replaceAll(' ', '');
      await typeCode();
      await page.keyboard.press('Enter');
      await expect(page.getByText(/Authenticator app .* since/)).toBeVisible();

      await staff.signOut();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await expect(page.getByText(/six digits your authenticator app shows/)).toBeVisible();
      await typeCode();
      await expect(navigation()).toBeVisible();
    });

    test('a forgotten password is mended by the code of the mail, the second step, and a new password', async () => {
      const elsewhere = await services.signIn(email, password);
      await staff.signOut();
      await staff.button('Forgotten password').click();
      await staff.button('Send the mail').click();
      await expect(page.getByText(/Open its link on this computer, or type its code here/)).toBeVisible();
      await page.keyboard.type((await mailTo(email)).code);
      await page.keyboard.press('Enter');
      await expect(page.getByText(/Before the new password/)).toBeVisible();
      await typeCode();
      await chooseNew(`a remembered password in ${place}`);
      expect(await codeFor(elsewhere)).toBe('SESSION_REVOKED');
    });

    test('they take the second step away again, and the new password alone lets them in', async () => {
      await account();
      await staff.button('Remove').click();
      await expect(page.getByText(/Not set up/)).toBeVisible();
      await staff.signInAs(email, password);
    });

    test('a forgotten password is mended by the link of the mail that was asked for here', async () => {
      await staff.signOut();
      await staff.button('Forgotten password').click();
      await staff.button('Send the mail').click();
      await expect(page.getByText(/a mail is on its way/)).toBeVisible();
      const { link } = await mailTo(email);
      use(await opened.press(link));
      expect(page.url()).not.toContain('code=');
      await chooseNew(`a linked password in ${place}`);

      // It works once; the words say so, and what to do.
      await staff.signOut();
      use(await opened.press(link));
      await expect(page.getByText(/has expired or was used already/)).toBeVisible();
      expect(page.url()).not.toContain('error');
      await staff.button('Go to the sign-in').click();
      await expect(staff.button('Sign in')).toBeVisible();
    });

    test('a link of Supabase’s own templates leads in too, and its tokens leave the address', async () => {
      use(await opened.press(await linkFor(email, 'recovery', opened.callback)));
      await expect(page.getByText(`Choose a password for ${email}`)).toBeVisible();
      expect(page.url()).not.toContain('token');
      // Nobody is in without the new password.
      await page.reload();
      await expect(staff.button('Sign in')).toBeVisible();

      use(await opened.press(await linkFor(email, 'magiclink', opened.callback)));
      await expect(page.getByText(`The link signs you in as ${email}`)).toBeVisible();
      expect(page.url()).not.toContain('token');
      await staff.button('Continue').click();
      await expect(navigation()).toBeVisible();
    });

    test('a link that is opened while somebody is signed in asks before it takes their place', async () => {
      use(await opened.press(await linkFor('owner@acme.test', 'magiclink', opened.callback)));
      await expect(page.getByText(`you are signed in here as ${email}`)).toBeVisible();
      await staff.button('Stay signed in').click();
      await expect(navigation()).toBeVisible();

      use(await opened.press(await linkFor('owner@acme.test', 'magiclink', opened.callback)));
      await staff.button('Sign out and follow the link').click();
      await expect(page.getByText('The link signs you in as owner@acme.test')).toBeVisible();
      await staff.button('This is not me').click();
      await expect(staff.button('Sign in')).toBeVisible();
    });

    test('an invited person gets in by the code or the link of the invitation', async () => {
      const owner = await services.signIn('owner@acme.test');
      const address = `invited-${randomUUID().slice(0, 8)}@acme.test`;
      const made = await services.call<{ id: string; version: number }>(
        'employees.create',
        { name: 'Ila Invited', email: address, employeeCode: address.slice(8, 16) },
        owner,
      );
      expect(made.error).toBeUndefined();
      const { id, version } = made.data;
      const given = await services.call('employees.linkSignIn', { id, version }, owner);
      expect(given.error).toBeUndefined();
      email = address;
      const mail = await mailTo(address);
      if (opened.callback.startsWith('http')) use(await opened.press(mail.link));
      else {
        await staff.button('I was invited').click();
        await page.getByLabel('E-mail').fill(address);
        await page.keyboard.press('Enter');
        await page.keyboard.type(mail.code);
        await page.keyboard.press('Enter');
      }
      await chooseNew(`an invited password in ${place}`);
    });

    test('signing out everywhere ends every session, this one too', async () => {
      const elsewhere = await services.signIn(email, password);
      await account();
      await staff.button('Sign out all others').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign out others' }).click();
      await expect(page.getByText('Signed out everywhere else')).toBeVisible();
      expect(await codeFor(elsewhere)).toBe('SESSION_REVOKED');

      const again = await services.signIn(email, password);
      await staff.button('Sign out everywhere').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
      await expect(staff.button('Sign in')).toBeVisible();
      expect(await codeFor(again)).toBe('SESSION_REVOKED');
    });
  });
}

/** A launcher that says nothing of servers. */
const noServer = { QM_API_URL: '', QM_AUTH_URL: '', QM_WEB_URL: '', SUPABASE_ANON_KEY: '' };

/** Types the address of the server that runs, after one where nothing answers, and is shown the door there. */
async function goThere(app: LaunchedApp): Promise<void> {
  const page = app.window;
  const host = new URL(services.apiUrl).host;
  await page.keyboard.type('127.0.0.1:1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('127.0.0.1:1 does not answer.', { exact: false })).toBeVisible();
  await page.getByLabel('Address of the server').fill(host);
  // The system's own question, which no page can answer.
  await app.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
  await page.keyboard.press('Enter');
  await expect(page.getByText(host)).toBeVisible();
  await expect(page.getByText(/does not answer/)).toBeHidden();
  await new Staff(page).signIn(await services.addPerson('acme', ['viewer']), testPassword);
}

test('the app that finds no server says so at once, and goes to the one whose address is typed', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qm-app-'));
  const nowhere = 'http://127.0.0.1:1';
  const connection = { apiUrl: nowhere, authUrl: nowhere, anonKey: 'none', webUrl: `${nowhere}/` };
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ connection }));
  const app = await launchApp({ services, environment: noServer, userDataDirectory: folder });
  try {
    await expect(app.window.getByText(/does not answer\. Check that this computer/)).toBeVisible();
    await app.window.keyboard.press('Tab');
    await new Staff(app.window).button('Another server').click();
    await goThere(app);
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('the app that was given no server asks for its address first, says what is wrong with it, and goes there', async () => {
  const app = await launchApp({ services, environment: noServer });
  try {
    await expect(app.window.getByLabel('Address of the server')).toBeFocused();
    await app.window.keyboard.press('Enter');
    await expect(app.window.getByText('Type the address of the server.')).toBeVisible();
    await goThere(app);
  } finally {
    await app.close();
  }
});
