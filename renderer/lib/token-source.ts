import type { AuthBridge, AuthSession } from './auth-bridge.ts';

/** Seconds before its expiry at which a token is no longer used. */
const margin = 45;

/** Hands out the access token of the signed-in person; the auth bridge refreshes it, one call at a time. */
export class TokenSource {
  readonly #auth: AuthBridge;
  #known: AuthSession | null = null;
  #stale = false;
  #asking: Promise<AuthSession | null> | null = null;

  constructor(auth: AuthBridge) {
    this.#auth = auth;
  }

  /** Takes over the session that a sign-in or a refresh gave. */
  accept(session: AuthSession | null): void {
    this.#known = session;
    this.#stale = false;
  }

  /** The server refused the token: the next call asks the bridge again. */
  markStale(): void {
    this.#stale = true;
  }

  /** The token to send, or null when signed out. */
  async token(): Promise<string | null> {
    const known = this.#known;
    if (known && !this.#stale && Date.parse(known.expiresAt) - Date.now() > margin * 1000) {
      return known.accessToken;
    }
    this.#asking ??= this.#auth.getSession().finally(() => {
      this.#asking = null;
    });
    const session = await this.#asking;
    // The session keeper shows the screens of the new person; requests of the old screens must not use their token.
    if (known && session && !isSame(known, session)) throw new Error('Somebody else is signed in by now.');
    this.accept(session);
    return session?.accessToken ?? null;
  }
}

/** Whether both are one person in one company. */
export function isSame(one: AuthSession, other: AuthSession): boolean {
  return one.user.id === other.user.id && one.companyId === other.companyId;
}
