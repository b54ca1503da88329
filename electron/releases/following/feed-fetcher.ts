import type { Fetcher } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { updateFeed } from './feed.ts';

/** How the app asks the feed: Electron's network in the app, Node's in tests. */
export type Ask = (address: string, init: RequestInit) => Promise<Response>;

/** How long one file of metadata may take, from first to last byte (ms): a feed that drips is as good as none. */
const patience = 30_000;

/**
 * Requests one address of the feed. Nothing leads elsewhere: the address is `https:` or on this machine, and a
 * redirect is a failure.
 * @throws {Error} when the address may not be asked, doesn't answer, or redirects
 */
export async function askFeed(ask: Ask, address: string, init: RequestInit = {}): Promise<Response> {
  if (updateFeed(address) === undefined) throw new Error('an update may come by https only');
  const response = await ask(address, { ...init, redirect: 'error', credentials: 'omit', cache: 'no-store' });
  if (response.redirected || (response.status >= 300 && response.status < 400 && response.status !== 304)) {
    throw new Error('the feed redirects, which is not followed');
  }
  return response;
}

/** Fetches metadata for tuf-js, which asks for no more than it may need: what is longer ends the fetch. */
export class FeedFetcher implements Fetcher {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async downloadBytes(address: string, maxLength: number): Promise<Buffer> {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(new Error('the feed is too slow')), patience);
    try {
      const response = await askFeed(this.#ask, address, { signal: ending.signal });
      if (!response.ok || !response.body)
        throw new DownloadHTTPError('the feed has no such file', response.status);
      const chunks: Uint8Array[] = [];
      let length = 0;
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const bytes = part.value as Uint8Array;
        length += bytes.length;
        if (length > maxLength) throw new Error(`the feed sends more than the ${maxLength} bytes allowed`);
        chunks.push(bytes);
      }
      return Buffer.concat(chunks);
    } finally {
      clearTimeout(timer);
      ending.abort();
    }
  }

  /** downloadArtefact fetches packages: it resumes and limits the speed. */
  downloadFile<T>(): Promise<T> {
    return Promise.reject(new Error('packages are not fetched this way'));
  }
}
