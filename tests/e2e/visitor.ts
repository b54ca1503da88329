import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { demoPassword } from './staff.ts';

/** The languages of the product. */
export type Language = 'en' | 'hi';

const catalogue = readFileSync(path.resolve(import.meta.dirname, '../../renderer/words/hi.po'), 'utf8');
const unescaped = (text: string) => JSON.parse(`"${text}"`) as string;

/** A message that has other words in another context, as the catalogue names it. */
export const inContext = (english: string, context: string) => `${english}\u0004${context}`;

/** Every message of the screens in English, with its Hindi. */
export const hindiOf: ReadonlyMap<string, string> = new Map(
  [...catalogue.matchAll(/(?:^msgctxt "(.+)"\n)?^msgid "(.+)"\nmsgstr "(.+)"$/gm)].map(
    ([, context, english = '', hindi = '']) => [
      context === undefined ? unescaped(english) : inContext(unescaped(english), unescaped(context)),
      unescaped(hindi),
    ],
  ),
);

/** Somebody who goes through the screens in one of the languages, and finds things by the words of that language. */
export class Visitor {
  readonly page: Page;
  readonly web: string;
  readonly language: Language;

  constructor(page: Page, web: string, language: Language = 'en') {
    this.page = page;
    this.web = web;
    this.language = language;
  }

  /** A message of the catalogue as it stands on the screen; values take the places of its placeholders, in their order. */
  say(english: string, ...values: string[]): string {
    const words = this.language === 'en' ? english.split('\u0004')[0] : hindiOf.get(english);
    if (words === undefined) throw new Error(`“${english}” is not in the catalogue`);
    const left = [...values];
    return words.replaceAll(/\{\w+\}/g, () => left.shift() ?? '');
  }

  /** Opens the door, asks it to speak the language and signs in. */
  async signIn(email: string): Promise<void> {
    await this.page.goto(this.web);
    await this.page.getByText(this.language === 'hi' ? 'हिन्दी' : 'English', { exact: true }).click();
    await this.page.getByLabel(this.say('E-mail')).fill(email);
    await this.page.getByLabel(this.say('Password'), { exact: true }).fill(demoPassword);
    await this.page.keyboard.press('Enter');
    const isIn = this.page.getByRole('navigation', { name: this.say('Main') });
    await expect(isIn).toBeVisible({ timeout: 30_000 });
    await expect(this.page.locator('html')).toHaveAttribute('lang', this.language);
  }

  /** Goes to a screen as a link does, without loading the app again. */
  async open(to: string): Promise<void> {
    await this.page.evaluate((address) => {
      const target = new URL(address, location.href);
      // Another filter of the same list leaves its title where it is.
      if (target.pathname !== location.pathname || target.hash !== location.hash)
        document.querySelector('h1')?.setAttribute('data-left', '');
      history.pushState({}, '', address);
    }, to);
    await this.settled();
  }

  /** Waits until the screen that was gone to is there with its rows. */
  async settled(): Promise<void> {
    await expect(this.page.locator('h1:not([data-left])')).toBeVisible({ timeout: 20_000 });
    await expect(this.page.locator('h1[data-left]')).toHaveCount(0);
    await expect(this.page.getByRole('status', { name: this.say('Loading'), exact: true })).toHaveCount(0);
    await expect(this.page.locator('[aria-busy=true], .mantine-Skeleton-root')).toHaveCount(0);
  }

  /** Opens the first record of a list; `below` is a screen of its own below the record, whose address begins with `area`. */
  async openFirst(list: string, below = '', area = list.split('?')[0]): Promise<void> {
    await this.open(list);
    const href = await this.page
      .locator(`main a[href*="${area ?? ''}/"]:not([href$="/new"]):not([href*="?"])`)
      .first()
      .getAttribute('href');
    await this.open(`${href ?? ''}${below}`);
  }

  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  row(at: number): Locator {
    return this.page.locator('[role=grid] [role=row][aria-rowindex]').nth(at);
  }

  /** The first button that is called so; `part`: that has the words in its name. */
  button(english: string, part: 'whole' | 'part' = 'whole'): Locator {
    return this.page.getByRole('button', { name: this.say(english).trim(), exact: part === 'whole' }).first();
  }

  field(english: string, line?: number): Locator {
    return this.page.getByLabel(this.fieldName(english, line), { exact: true }).first();
  }

  box(english: string, line?: number): Locator {
    return this.page.getByRole('combobox', { name: this.fieldName(english, line), exact: true }).first();
  }

  private fieldName(english: string, line?: number): string {
    if (line === undefined) return this.say(english);
    // Some fields have a sentence of their own for a line, the others are named after their column.
    const own = `${english}, line {0}`;
    return hindiOf.has(own)
      ? this.say(own, String(line))
      : this.say('{0}, line {1}', this.say(english), String(line));
  }

  /** Types into a field that offers records or choices, and waits for them: one is under the keyboard, one under the pointer. */
  async offered(box: Locator, text: string): Promise<void> {
    await box.fill(text);
    await expect(this.page.getByRole('option').nth(1)).toBeVisible();
    await this.press('ArrowDown');
    await this.page.getByRole('option').last().hover();
  }

  /** Opens the menu behind ⋯ and points at its last entry. */
  async more(): Promise<void> {
    await this.button('More commands').click();
    await this.page.getByRole('menuitem').last().hover();
  }

  /** Closes what floats. */
  async dismiss(): Promise<void> {
    const floating = this.page
      .locator('[role=dialog], [role=menu], [role=listbox]')
      .filter({ visible: true });
    for (let presses = 0; presses < 4 && (await floating.count()) > 0; presses += 1) {
      await this.press('Escape');
      await this.page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 0))),
      );
    }
    await expect(floating).toHaveCount(0);
  }
}
