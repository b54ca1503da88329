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

  /** Reads a code: its keys `gap` milliseconds apart, Ctrl+] for the separator of GS1 codes, and Enter at the end. */
  async scan(code: string, gap = 10): Promise<void> {
    const began = Date.now();
    const keys = [...code, 'Enter'];
    await Promise.all(
      keys.flatMap((key, index) => {
        const timestamp = (began + index * gap) / 1000;
        const isEnter = key === 'Enter';
        const isSeparator = key === '\u001d';
        const given = {
          key: isSeparator ? ']' : key,
          timestamp,
          modifiers: isSeparator ? 2 : 0,
          code: isEnter ? 'Enter' : isSeparator ? 'BracketRight' : codeOf(key),
          windowsVirtualKeyCode: isEnter ? 13 : isSeparator ? 221 : key.toUpperCase().charCodeAt(0),
        };
        return [
          this.#keyboard.send('Input.dispatchKeyEvent', {
            ...given,
            type: 'keyDown',
            ...(!isSeparator && { text: isEnter ? '\r' : key }),
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
