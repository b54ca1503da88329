import { app, shell } from 'electron';
import type { BrowserWindow } from 'electron';
import { isOwnPage } from '../../ipc/answer.ts';
import type { WindowKind } from '../../ipc/contract.ts';
import { externalLink } from './allowed-request.ts';

/**
 * Keeps a window on its own page. Links of the page's own origin that ask for a new window are opened by us,
 * with the same guards; `https:` links go to the system's browser; everything else is dropped.
 */
export function guardNavigation(
  window: BrowserWindow,
  kind: WindowKind,
  openOwn: (path: string) => void,
): void {
  const contents = window.webContents;
  contents.on('will-navigate', (event, address) => {
    if (!isOwnPage(address, kind)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isOwnPage(url, kind)) {
      const { pathname, search } = new URL(url);
      openOwn(pathname + search);
    } else {
      const link = externalLink(url);
      if (link) void shell.openExternal(link);
    }
    return { action: 'deny' };
  });
}

/** Whatever web contents appear without having been opened by the shell get no way out either. */
export function guardStrayContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
