import { t } from '@lingui/core/macro';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { WindowKind } from '../../ipc/contract.ts';
import { contentSecurityPolicy, newNonce, withNonce } from './content-security-policy.ts';
import { mediaType, resolveServed } from './served-file.ts';
import type { Served } from './served-file.ts';

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

interface Pages {
  /** The folder of the renderer's build. */
  readonly root: string;
  /** Addresses of the services a page may connect to, asked at every load. */
  services(): readonly string[];
  /** The shell's own page for a window that could not start. */
  startError(page: WindowKind, reason: string | null, nonce: string): string;
}

/** Serves `app://main/…` and `app://admin/…` from the renderer's build. */
export function serveAppScheme(pages: Pages): void {
  protocol.handle('app', async (request) => {
    if (request.method !== 'GET') return plain(405, t`Only GET is served.`);
    return respond(resolveServed(pages.root, request.url), new URL(request.url), pages);
  });
}

async function respond(served: Served, url: URL, pages: Pages): Promise<Response> {
  switch (served.kind) {
    case 'refused':
      return plain(served.status, t`There is nothing here.`);
    case 'start-error':
      return document((nonce) => pages.startError(served.page, url.searchParams.get('reason'), nonce), pages);
    case 'document': {
      const html = await readFile(served.path, 'utf8').catch(() => undefined);
      return document(
        (nonce) => (html ? withNonce(html, nonce) : pages.startError(served.page, 'missing', nonce)),
        pages,
      );
    }
    case 'file': {
      const bytes = await readFile(served.path).catch(() => undefined);
      if (bytes === undefined) return plain(404, t`There is nothing here.`);
      return new Response(new Uint8Array(bytes), {
        headers: {
          'content-type': mediaType(served.path),
          // The names of built assets carry their hash; other files may change with the next version.
          'cache-control': url.pathname.startsWith('/assets/')
            ? 'public, max-age=31536000, immutable'
            : 'no-cache',
          'x-content-type-options': 'nosniff',
        },
      });
    }
  }
}

function document(htmlWith: (nonce: string) => string, pages: Pages): Response {
  const nonce = newNonce();
  return new Response(htmlWith(nonce), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce, pages.services()),
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  });
}
