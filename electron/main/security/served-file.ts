import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { parseAddress } from '../../ipc/address.ts';
import { windowKinds } from '../../ipc/contract.ts';
import type { WindowKind } from '../../ipc/contract.ts';

/** What a request to `app://…` is answered with. */
export type Served =
  | { readonly kind: 'document'; readonly page: WindowKind; readonly path: string }
  | { readonly kind: 'start-error'; readonly page: WindowKind }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refused'; readonly status: 400 | 404 };

/** The path of the shell's own page for a window that could not start. */
export const startErrorPath = '/start-error';

/**
 * Decides what an `app://` address stands for. A route (no extension) is the window's one document; anything else
 * is a file, and only one inside the root. A window never gets another window's document.
 * @param root the folder of the renderer's build
 */
export function resolveServed(root: string, address: string): Served {
  const url = parseAddress(address);
  if (url === undefined) return { kind: 'refused', status: 400 };
  const page = windowKinds.find((kind) => kind === url.host);
  if (url.protocol !== 'app:' || page === undefined) return { kind: 'refused', status: 404 };

  const path = decoded(url.pathname);
  if (path === undefined || /[\0\\]/.test(path)) return { kind: 'refused', status: 400 };
  if (path === startErrorPath) return { kind: 'start-error', page };

  const extension = extname(path);
  if (extension === '') return { kind: 'document', page, path: join(root, page, 'index.html') };
  if (extension === '.html') return { kind: 'refused', status: 404 };

  const file = resolve(root, `.${sep}${path}`);
  const inside = relative(root, file);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return { kind: 'refused', status: 404 };
  return { kind: 'file', path: file };
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The media type by extension; unknown ones are bytes, never something a page would run. */
export function mediaType(path: string): string {
  return mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
}
