import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { launchBrowser } from '../fixtures/browser.ts';
import { startProduct } from '../fixtures/product.ts';
import type { StartedProduct } from '../fixtures/product.ts';
import { callProcedure } from '../fixtures/wire.ts';

/** The window that the product is made for. */
export const viewport = { width: 1280, height: 800 };

/** The demo companies on services of their own, and a page of a browser in front of them. Takes up to three minutes. */
export class Installation {
  readonly product: StartedProduct;
  readonly browser: Browser;
  readonly page: Page;
  /** The access token of the person signed in on the page; empty before the first call. */
  token = '';

  private constructor(product: StartedProduct, browser: Browser, page: Page) {
    this.product = product;
    this.browser = browser;
    this.page = page;
    page.on('request', (request) => {
      this.token = request.headers()['authorization']?.replace('Bearer ', '') ?? this.token;
    });
  }

  static async start(options: BrowserContextOptions = {}): Promise<Installation> {
    const product = await startProduct();
    try {
      const browser = await launchBrowser();
      return new Installation(product, browser, await browser.newPage({ viewport, ...options }));
    } catch (error) {
      await product.stop();
      throw error;
    }
  }

  /** Asks the API beside the screen, as the person signed in on it. */
  async ask<Data>(procedure: string, input: unknown, kind: 'query' | 'mutation' = 'query') {
    const { apiUrl } = this.product;
    const answer = await callProcedure<Data>({ apiUrl, procedure, input, token: this.token, kind });
    expect(answer.error, procedure).toBeUndefined();
    return answer.data;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.product.stop();
  }
}
