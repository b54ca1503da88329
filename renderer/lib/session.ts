import type { Me } from '../../server/domains/account/account.contract.ts';
import type { ApiClient } from './api-client.ts';
import type { AuthBridge, AuthSession, LinkAnswer } from './auth-bridge.ts';
import { readProblem, type ReadProblem } from './error-words.ts';
import { isSame, type TokenSource } from './token-source.ts';

/** Why the sign-in screen is shown, when it isn't simply the first thing. */
export type EndReason = 'signedOut' | 'revoked' | 'ended';

export type SessionState =
  | { stage: 'starting' }
  | { stage: 'signedOut'; reason: EndReason | null }
  /** A link of a mail was opened while this person is signed in: it waits for their word. */
  | { stage: 'linkOpened'; email: string }
  /** A link of a mail was followed; what it ends with is still to come. */
  | { stage: 'linkFollowed'; answer: LinkAnswer }
  /** Signed in at the auth server, being registered with the API. */
  | { stage: 'opening' }
  /** Signed in, but the API doesn't let this person in (suspended, upgrading, unavailable …). */
  | { stage: 'refused'; problem: ReadProblem }
  | { stage: 'open'; me: Me };

/**
 * Milliseconds; a silent server can't keep anybody signed in. The auth server is told afterwards, and ends the rest.
 */
const patienceAtSignOut = 3000;

/** Who is signed in, from the start of the page to the sign-out: one owner of that knowledge. */
export class SessionKeeper {
  readonly #listeners = new Set<() => void>();
  readonly #auth: AuthBridge;
  readonly #tokens: TokenSource;
  #client: ApiClient | null = null;
  #state: SessionState = { stage: 'starting' };
  #known: AuthSession | null = null;
  /** A second factor is being asked for: changes told by the bridge don't open the session yet. */
  #held = false;
  /** After a new password the other sessions are ended before anything else, also when that takes a second try. */
  #endsOthers = false;
  #asking = false;

  constructor(auth: AuthBridge, tokens: TokenSource) {
    this.#auth = auth;
    this.#tokens = tokens;
    auth.onChange((session) => {
      this.#changed(session);
    });
    auth.onLink(() => {
      void this.#linkOpened();
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks for a session that is still there from the last time. */
  async start(client: ApiClient): Promise<void> {
    this.#client = client;
    const session = await this.#auth.getSession().catch(() => null);
    if (session) this.#accept(session);
    if (await this.#auth.linkWaiting().catch(() => false)) await this.#linkOpened();
    else if (session) await this.open(session);
    else this.#set({ stage: 'signedOut', reason: null });
  }

  /** Ends the session there is, and signs in by the link that waits. */
  async followLink(): Promise<void> {
    this.#held = true;
    this.#set({ stage: 'opening' });
    if (this.#known !== null) {
      await this.#client?.auth.logout.mutate({ scope: 'local' }).catch(() => undefined);
      await this.#auth.signOut('local').catch(() => undefined);
      this.#accept(null);
    }
    const answer = await this.#auth
      .followLink()
      .catch((): LinkAnswer => ({ ok: false, code: 'network', message: '' }));
    this.#set(answer ? { stage: 'linkFollowed', answer } : { stage: 'signedOut', reason: null });
  }

  /** Goes on as before the link. */
  async dropLink(): Promise<void> {
    await this.#auth.dropLink().catch(() => undefined);
    await this.retry();
  }

  /** Gives up a sign-in that is half done. */
  leave(): void {
    this.#set({ stage: 'opening' });
    this.end('signedOut');
  }

  /** Registers the session with the API and reads who this is; after a new password all others end. */
  async open(session: AuthSession, { endOthers = false } = {}): Promise<void> {
    this.#held = false;
    this.#endsOthers = endOthers;
    this.#accept(session);
    await this.retry();
  }

  /** Tries again to be let in; after a new password all other sessions end. */
  async retry({ endOthers = false } = {}): Promise<void> {
    if (!this.#client) return;
    this.#endsOthers ||= endOthers;
    this.#set({ stage: 'opening' });
    try {
      // The device is known by its header, and its readers name it in their language.
      const opened = await this.#client.auth.openSession.mutate();
      if (opened.refreshToken) {
        // Let in again, or into another company: only a new token names it.
        await this.#takeNewToken();
        await this.#client.auth.openSession.mutate();
      }
      if (this.#endsOthers) await this.#client.auth.logout.mutate({ scope: 'others' });
      this.#endsOthers = false;
      this.#set({ stage: 'open', me: await this.#client.auth.me.query() });
    } catch (error) {
      if (this.#stage() !== 'opening') return;
      const problem = readProblem(error);
      if (problem.code === 'UNAUTHENTICATED') this.end('ended');
      else this.#set({ stage: 'refused', problem });
    }
  }

  /** Goes to another of the person's companies, in every window. */
  async chooseCompany(tenantId: string): Promise<void> {
    await this.#client?.auth.chooseCompany.mutate({ tenantId });
    this.#set({ stage: 'opening' });
    await this.#takeNewToken();
    await this.retry();
  }

  /** The server puts something else into the token from now on. */
  async #takeNewToken(): Promise<void> {
    this.#held = true;
    try {
      const session = await this.#auth.refreshSession();
      if (session) this.#accept(session);
    } finally {
      this.#held = false;
    }
  }

  /** Reads roles and permissions again. */
  async refresh(): Promise<void> {
    if (!this.#client || this.#state.stage !== 'open') return;
    const me = await this.#client.auth.me.query();
    const known = this.#state;
    if (known.stage !== 'open' || JSON.stringify(known.me) === JSON.stringify(me)) return;
    this.#set({ stage: 'open', me });
  }

  /** Something was FORBIDDEN: roles or the company's rules may have changed under the person's hands. Asks once at a time. */
  refused(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.refresh()
      .catch(() => undefined)
      .finally(() => {
        this.#asking = false;
      });
  }

  hold(): void {
    this.#held = true;
  }

  /** Tells the API first (it needs the token), then the auth server. Ends here whatever they answer, or if they don't. */
  async signOut(scope: 'local' | 'global' = 'local'): Promise<void> {
    this.#set({ stage: 'opening' });
    const told = this.#client?.auth.logout.mutate({ scope }).catch(() => undefined);
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, patienceAtSignOut))]);
    this.end('signedOut', scope);
  }

  /** The session is over: tokens go, the sign-in screen says why. */
  end(reason: EndReason, scope: 'local' | 'global' = 'local'): void {
    if (this.#state.stage === 'signedOut') return;
    this.#accept(null);
    this.#set({ stage: 'signedOut', reason });
    void this.#auth.signOut(scope).catch(() => undefined);
  }

  #accept(session: AuthSession | null): void {
    this.#known = session;
    this.#tokens.accept(session);
  }

  async #linkOpened(): Promise<void> {
    if (this.#known === null) await this.followLink();
    else this.#set({ stage: 'linkOpened', email: this.#known.user.email });
  }

  #stage(): SessionState['stage'] {
    return this.#state.stage;
  }

  #changed(session: AuthSession | null): void {
    if (session) {
      const another = this.#known !== null && !isSame(this.#known, session);
      if (!another) this.#tokens.accept(session);
      else if (!this.#held) void this.open(session);
      return;
    }
    if (this.#state.stage === 'open' || this.#state.stage === 'refused') this.end('ended');
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
