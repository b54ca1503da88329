import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { codeOf } from '../fixtures/authenticator-code.ts';
import { launchApp } from '../fixtures/electron.ts';
import type { LaunchedApp } from '../fixtures/electron.ts';
import { startTestServices, testPassword } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Staff } from './staff.ts';

/*
 * The second step of the sign-in in the desktop app, by keyboard alone where a person would use it: the owner sets one
 * up and asks the buyers for one; a buyer at work is led through it, signs in again with a code, and an owner looks at a
 * PAN.
 */
test.describe.configure({ mode: 'serial' });

let services: TestServices;
let desktop: LaunchedApp;
let staff: Staff;
let window: Page;
let buyer: string;
/** The keys in the owner's and the buyer's phones. */
const phone = { owner: '', buyer: '' };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  services = await startTestServices({ tenants: ['acme'] });
  buyer = await services.addPerson('acme', ['buyer']);
  desktop = await launchApp({ services });
  ({ window } = desktop);
  staff = new Staff(window);
});

test.afterAll(async () => {
  await desktop?.close();
  await services?.stop();
});

const navigation = () => window.getByRole('navigation', { name: 'Main' });

/** What is typed under the picture, without the gaps that make it readable. */
async function shownKey(): Promise<string> {
  const line = await window.getByText(/Type this key/).innerText();
  return (/key:\s*([A-Z2-7 ]+)/.exec(line)?.[1] ?? '').replaceAll(' ', '');
}

async function account(): Promise<void> {
  await window.getByRole('button', { name: /account and appearance/ }).click();
  await window.getByRole('menuitem', { name: /sessions/ }).click();
  await expect(staff.heading('Sign-in and sessions')).toBeVisible();
}

/** Pictures of the screens for people: QM_TEST_SHOTS names the folder. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.QM_TEST_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

async function askBuyers(): Promise<void> {
  await staff.open('Settings');
  await window.getByRole('radio', { name: 'People with these roles' }).check();
  // By keyboard: from the choice to the first role, and on to the third.
  await window.keyboard.press('Tab');
  await window.keyboard.press('Tab');
  await window.keyboard.press('Tab');
  await window.keyboard.press('Space');
  await expect(window.getByRole('checkbox', { name: 'Buyer' })).toBeChecked();
  await shot(window, 'settings-roles');
  await staff.button('Save settings').click();
}

test('a rule that would ask its maker is refused with the reason at the field', async () => {
  await staff.signIn('owner@acme.test', testPassword);
  await staff.open('Settings');
  await window.getByRole('radio', { name: 'Everyone' }).check();
  await staff.button('Save settings').click();
  await expect(window.getByText(/This would ask you for a second step/).first()).toBeVisible();
  await shot(window, 'settings-refused');
  await staff.open('Vendors');
});

test('the owner sets up an authenticator by its key and a code', async () => {
  await account();
  await staff.button('Add an authenticator').click();
  const dialog = window.getByRole('dialog');
  const picture = dialog.getByAltText('QR code for the authenticator app');
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  phone.owner = await shownKey();
  await shot(window, 'account-enrol');
  expect(phone.owner).toMatch(/^[A-Z2-7]{32}$/);
  await window.keyboard.type(await codeOf(phone.owner));
  await window.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(window.getByText(/Authenticator app .* since/)).toBeVisible();
});

test('a buyer at work is led through the set-up when the owner asks buyers for it', async () => {
  const second = await launchApp({ services });
  const colleague = new Staff(second.window);
  try {
    await colleague.signIn(buyer, testPassword);
    await colleague.open('Vendors');
    await askBuyers();
    await expect(window.getByText('Settings saved')).toBeVisible();

    // The buyer's next click.
    await second.window.getByRole('link', { name: 'Products', exact: true }).click();
    await expect(second.window.getByText(/asks for a second step when you sign in/)).toBeVisible();
    await expect(second.window.getByRole('navigation', { name: 'Main' })).toBeHidden();
    await shot(second.window, 'gate-enrol');
    const line = await second.window.getByText(/Type this key/).innerText();
    phone.buyer = (/key:\s*([A-Z2-7 ]+)/.exec(line)?.[1] ?? '').replaceAll(' ', '');

    // The cursor stands in the first box; a wrong code empties them and says so.
    const right = await codeOf(phone.buyer);
    await second.window.keyboard.type(right === '000000' ? '111111' : '000000');
    await expect(second.window.getByText(/This code is wrong/)).toBeVisible();
    await shot(second.window, 'gate-wrong-code');
    await second.window.keyboard.type(right);
    await expect(second.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
    // Where the person wanted to be.
    await expect(colleague.heading('Products')).toBeVisible();
  } finally {
    await second.close();
  }
});

test('signing in asks the buyer for the code, by keyboard alone, and lets nobody in without it', async () => {
  await staff.signOut();
  await window.getByLabel('E-mail').fill(buyer);
  await window.getByLabel('E-mail').press('Tab');
  await window.keyboard.type(testPassword);
  await window.keyboard.press('Enter');
  await expect(window.getByText(/six digits your authenticator app shows/)).toBeVisible();
  await shot(window, 'sign-in-code');
  await window.reload();
  await expect(staff.button('Sign in')).toBeVisible();

  await window.getByLabel('Password', { exact: true }).fill(testPassword);
  await window.keyboard.press('Enter');
  await expect(window.getByText(/six digits your authenticator app shows/)).toBeVisible();
  await window.keyboard.type(await codeOf(phone.buyer));
  await expect(navigation()).toBeVisible();

  await account();
  await expect(window.getByText(/asks for a second step: add another authenticator/)).toBeVisible();
  await expect(staff.button('Remove')).toBeDisabled();
  await shot(window, 'account-required');
});

test('a PAN is shown for a reason, and the audit trail tells who looked, not what was seen', async () => {
  await staff.signOut();
  await window.getByLabel('E-mail').fill('owner@acme.test');
  await window.getByLabel('Password', { exact: true }).fill(testPassword);
  await window.keyboard.press('Enter');
  await window.getByText(/six digits/).waitFor();
  await window.keyboard.type(await codeOf(phone.owner));
  await expect(navigation()).toBeVisible();
  const token = await staff.accessToken();
  const made = await services.call(
    'employees.create',
    { name: 'Meera Iyer', email: 'meera@acme.test', employeeCode: 'E-PAN', pan: 'ABCPE1234F' },
    token,
  );
  expect(made.error).toBeUndefined();

  await staff.find('Meera', /Meera Iyer/);
  await expect(window.getByText('ABCPE••••F')).toBeVisible();
  await staff.button('Reveal').first().click();
  const dialog = window.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Form 16 for the year');
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await expect(window.getByText('ABCPE1234F')).toBeVisible();
  await staff.button('Hide').click();
  await expect(window.getByText('ABCPE1234F')).toBeHidden();

  const trail = await services.call('reports.audit', { filter: { recordKind: 'employee' }, limit: 5 }, token);
  const text = JSON.stringify(trail.data);
  expect(text).toContain('reveal_pii');
  expect(text).toContain('Form 16 for the year');
  expect(text).not.toContain('ABCPE1234F');
});
