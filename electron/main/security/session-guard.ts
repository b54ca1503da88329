import type { Session } from 'electron';
import { mayRequest } from './allowed-request.ts';

/**
 * Closes a session to everything the pages don't need: permissions, devices, downloads of dictionaries, and
 * requests to anything but the app itself and its services.
 */
export function guardSession(session: Session, services: () => readonly string[], developing: boolean): void {
  // The clipboard is written by "copy" buttons and tables; nothing else is needed so far.
  const granted = new Set(['clipboard-sanitized-write']);
  const isOurs = (origin: string) => origin.startsWith('app://main') || origin.startsWith('app://admin');
  session.setPermissionRequestHandler((contents, permission, callback) => {
    callback(granted.has(permission) && isOurs(contents?.getURL() ?? ''));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => granted.has(permission) && isOurs(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayRequest(details.url, services(), developing) });
  });
}
