import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { DesktopBridge } from '../../electron/ipc/contract.ts';

/** The password of every demo sign-in. */
export const demoPassword = 'quartermaster';

/** One line of an order, as a person types it. */
export interface TypedLine {
  /** What is typed to find the product. */
  product: string;
  quantity: string;
  price?: string;
}

/** A person in front of the staff window: what they press and read, in the words of the screen. */
export class Staff {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async signIn(email: string, password = demoPassword): Promise<void> {
    await this.window.getByLabel('E-mail').fill(email);
    await this.window.getByLabel('Password', { exact: true }).fill(password);
    await this.button('Sign in').click();
    await expect(this.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  }

  /** The first sign-in with a password that somebody else set: it is changed before anything opens. */
  async signInFirst(email: string, given: string, own: string): Promise<void> {
    await this.window.getByLabel('E-mail').fill(email);
    await this.window.getByLabel('Password', { exact: true }).fill(given);
    await this.button('Sign in').click();
    await this.window.getByLabel('Password you were given', { exact: true }).fill(given);
    await this.window.getByLabel('New password', { exact: true }).fill(own);
    await this.window.getByLabel('Once more', { exact: true }).fill(own);
    await this.button('Save and start').click();
    await expect(this.window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.window.getByRole('button', { name: /account and appearance/ }).click();
    await this.window.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(this.button('Sign in')).toBeVisible();
  }

  async signInAs(email: string, password = demoPassword): Promise<void> {
    await this.signOut();
    await this.signIn(email, password);
  }

  button(name: string | RegExp): Locator {
    return this.window.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** A command of the open page: some are buttons, some lead to a screen of their own. */
  command(name: string): Locator {
    return this.button(name)
      .or(this.window.getByRole('link', { name, exact: true }))
      .first();
  }

  /** Goes to a list by the navigation on the left. */
  async open(area: string): Promise<void> {
    await this.window
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: area, exact: true })
      .click();
    await expect(this.heading(area)).toBeVisible();
  }

  heading(name: string | RegExp): Locator {
    return this.window.getByRole('heading', { level: 1, name });
  }

  /** Finds a record by the command palette and opens it. */
  async find(text: string, title: string | RegExp): Promise<void> {
    await this.window.keyboard.press('Control+k');
    const palette = this.window.getByRole('dialog');
    await palette.getByRole('textbox').fill(text);
    await palette
      .getByRole('option', { name: title })
      .or(palette.getByRole('button', { name: title }))
      .first()
      .click();
    await expect(palette).toBeHidden();
  }

  async type(label: string, text: string): Promise<void> {
    await this.window
      .getByLabel(label, { exact: true })
      .or(this.window.getByRole('textbox', { name: label }))
      .first()
      .fill(text);
  }

  /** Chooses a record by typing a part of it, and takes the first choice with Enter. */
  async choose(label: string, text: string): Promise<void> {
    const field = this.window.getByRole('combobox', { name: label }).first();
    await field.click();
    await field.pressSequentially(text, { delay: 20 });
    await expect(this.window.getByRole('option', { name: text }).first()).toBeVisible();
    await field.press('Enter');
    await expect(this.window.getByRole('listbox')).toBeHidden();
    await expect(field).not.toHaveValue('');
  }

  /** Chooses from a short list of fixed choices. */
  async select(label: string, choice: string | RegExp): Promise<void> {
    await this.window
      .getByRole('textbox', { name: label })
      .or(this.window.getByRole('combobox', { name: label }))
      .first()
      .click();
    await this.window.getByRole('option', { name: choice }).first().click();
  }

  async typeLines(lines: readonly TypedLine[]): Promise<void> {
    for (const [index, line] of lines.entries()) {
      const at = `line ${String(index + 1)}`;
      if ((await this.window.getByLabel(`Product, ${at}`, { exact: true }).count()) === 0)
        await this.button('Add line').click();
      await this.choose(`Product, ${at}`, line.product);
      await this.window.getByLabel(`Quantity, ${at}`, { exact: true }).fill(line.quantity);
      if (line.price !== undefined)
        await this.window.getByLabel(`Price, ${at}`, { exact: true }).fill(line.price);
    }
  }

  /** The status in the head of a document's page. */
  async expectStatus(words: string): Promise<void> {
    await expect(
      this.window
        .getByTestId('status')
        .or(this.window.locator('header').getByText(words, { exact: true }))
        .first(),
    ).toContainText(words);
  }

  /** The access token of the signed-in person, as the shell hands it to its windows: for calls beside the screen. */
  async accessToken(): Promise<string> {
    return this.window.evaluate(async () => {
      const { quartermaster } = window as unknown as { quartermaster: DesktopBridge };
      const session = await quartermaster.auth.getSession();
      if (!session) throw new Error('nobody is signed in');
      return session.accessToken;
    });
  }
}
