import type { AuthAnswer, AuthOutcome, AuthSession, DesktopBridge } from '../../electron/ipc/contract.ts';
import type { ServiceAddresses } from './connection.ts';
import { desktop } from './desktop.ts';

export type { AuthAnswer, AuthOutcome, AuthSession };

/** Signing in and out, the same on the desktop (the main process owns the tokens) and in a browser. */
export type AuthBridge = DesktopBridge['auth'];

/** The browser's own client is fetched only where there is no desktop shell. */
export async function openAuthBridge(connection: ServiceAddresses): Promise<AuthBridge> {
  if (desktop) return desktop.auth;
  const { createBrowserAuth } = await import('./browser-auth.ts');
  return createBrowserAuth(connection);
}
