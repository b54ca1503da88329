import type { CDPSession, Page } from '@playwright/test';

/** A keyboard-wedge scanner at a page: its keys have times of their own, however busy the machine is. */
export class Scanner {
  readonly #keyboard: CDPSession;

  private constructor(keyboard: CDPSession) {
    this.#keyboard = keyboard;
  }

  static async at(page: Page): Promise<Scanner> {
    return new Scanner(await page.context().newCDPSession(page));
  }

  /** Reads a code: its keys `gap` milliseconds apart, and Enter at the end. */
  async scan(code: string, gap = 10): Promise<void> {
    const began = Date.now();
    const keys = [...code, 'Enter'];
    await Promise.all(
      keys.flatMap((key, index) => {
        const timestamp = (began + index * gap) / 1000;
        const isEnter = key === 'Enter';
        const given = {
          key,
          timestamp,
          code: isEnter ? 'Enter' : codeOf(key),
          windowsVirtualKeyCode: isEnter ? 13 : key.toUpperCase().charCodeAt(0),
        };
        return [
          this.#keyboard.send('Input.dispatchKeyEvent', {
            ...given,
            type: 'keyDown',
            text: isEnter ? '\r' : key,
          }),
          this.#keyboard.send('Input.dispatchKeyEvent', { ...given, type: 'keyUp' }),
        ];
      }),
    );
  }
}

function codeOf(key: string): string {
  if (/\d/.test(key)) return `Digit${key}`;
  return /[a-z]/i.test(key) ? `Key${key.toUpperCase()}` : 'Minus';
}
