import type { AuthAnswer, AuthBridge, AuthOutcome, AuthSession } from './auth-types.ts';
import type { ServiceAddresses } from './connection.ts';
import { desktop } from './desktop.ts';

export type { AuthAnswer, AuthBridge, AuthOutcome, AuthSession };

/** The browser's own client is fetched only where there is no desktop shell. */
export async function openAuthBridge(connection: ServiceAddresses): Promise<AuthBridge> {
  if (desktop) return desktop.auth;
  const { createBrowserAuth } = await import('./browser-auth.ts');
  return createBrowserAuth(connection);
}
