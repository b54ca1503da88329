import type { AuthAnswer, AuthBridge, AuthOutcome, AuthSession, LinkAnswer } from './auth-types.ts';
import type { ServiceAddresses } from './connection.ts';
import { desktop } from './desktop.ts';

export type { AuthAnswer, AuthBridge, AuthOutcome, AuthSession, LinkAnswer };

/** The browser's own client is fetched only where there is no desktop shell. */
export async function openAuthBridge(connection: ServiceAddresses): Promise<AuthBridge> {
  if (desktop) return desktop.auth;
  const [{ createBrowserAuth, storedNames }, { openBrowserStorage }] = await Promise.all([
    import('./browser-auth.ts'),
    import('./browser-storage.ts'),
  ]);
  return createBrowserAuth(connection, await openBrowserStorage(Object.values(storedNames)));
}
