import { t } from '@lingui/core/macro';
import { AuthClient, isAuthApiError, isAuthRetryableFetchError } from '@supabase/supabase-js';
import type { AuthError, Session } from '@supabase/supabase-js';
import { Refused } from '../../ipc/answer.ts';
import type {
  AuthAnswer,
  AuthOutcome,
  AuthSession,
  Connection,
  LinkAnswer,
  MailKind,
  PasswordProof,
  SignOutScope,
  TotpEnrolment,
  TotpFactor,
} from '../../ipc/contract.ts';
import { appCallback } from '../../ipc/mail-link.ts';
import type { LinkPurpose, MailLink } from '../../ipc/mail-link.ts';
import { authFetch } from './auth-fetch.ts';
import type { ServerClock } from './server-clock.ts';
import { expiryOf, factorToVerify, parseSession, publicSession } from './session-view.ts';
import type { TokenStore } from './token-store.ts';

/** A name that never changes, so that an update of the app or of the library finds the session again. */
const storageKey = 'quartermaster-auth';

/** A token is replaced when it has less than this to live (ms). */
const margin = 90_000;
/** How long a window waits for a refresh before it gets the current token (ms). */
const usualPatience = 8_000;
const retryAfter = 30_000;

interface Parts {
  readonly connection: Connection;
  readonly storage: TokenStore;
  readonly clock: ServerClock;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Called for every new session, and at its end. */
  readonly onChange: (session: AuthSession | null) => void;
  /** How long a window waits for a refresh (ms). */
  readonly patience?: number;
}

/**
 * The one owner of the Supabase Auth session. auth-js keeps its own timer and its own view of the clock switched
 * off: this class plans refreshes by the server's clock, so that a wrong clock here neither refreshes at every
 * call nor hands out dead tokens.
 */
export class AuthService {
  readonly #client: InstanceType<typeof AuthClient>;
  readonly #parts: Parts;
  readonly #stopListening: () => void;
  #session: Session | null = null;
  /** The token the windows know of. */
  #told: string | undefined;
  /** A mailed code or link was accepted, and the new password is still to come. */
  #recovering = false;
  #refreshing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { authUrl, anonKey } = parts.connection;
    this.#client = new AuthClient({
      url: `${authUrl.replace(/\/+$/, '')}/auth/v1`,
      headers: { apikey: anonKey, Authorization: `Bearer ${anonKey}` },
      storageKey,
      storage: parts.storage,
      persistSession: true,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      // The stored session is read by start(), and judged by the server's clock.
      skipAutoInitialize: true,
      flowType: 'pkce',
      fetch: authFetch(parts.fetch, parts.clock),
    });
    const { data } = this.#client.onAuthStateChange((event, session) => {
      // Ignored: auth-js judges the stored session by this machine's clock.
      if (event === 'INITIAL_SESSION') return;
      if (event === 'PASSWORD_RECOVERY') this.#recovering = true;
      if (event === 'SIGNED_OUT') this.#recovering = false;
      this.#take(session);
    });
    this.#stopListening = () => data.subscription.unsubscribe();
  }

  /** Picks up the session of the last run. Needs no network. */
  async start(): Promise<void> {
    this.#session = parseSession(await this.#parts.storage.getItem(storageKey));
    this.#told = this.#visible()?.accessToken;
    this.#plan();
  }

  /** Stops timers and listeners; the session stays stored. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#stopListening();
  }

  async signIn(email: string, password: string): Promise<AuthAnswer> {
    this.#recovering = false;
    const { data, error } = await this.#client.signInWithPassword({ email, password });
    return error ? failure(error) : this.#answer(data.session);
  }

  async verifyTotp(factorId: string, code: string): Promise<AuthAnswer> {
    const { error } = await this.#client.mfa.challengeAndVerify({ factorId, code });
    return error ? failure(error) : this.#answer(this.#session);
  }

  async sendRecoveryCode(email: string): Promise<AuthOutcome> {
    const { error } = await this.#client.resetPasswordForEmail(email, { redirectTo: appCallback });
    return error ? failure(error) : { ok: true };
  }

  async verifyMailedCode(email: string, token: string, mail: MailKind): Promise<AuthAnswer> {
    this.#recovering = true;
    const type = mail === 'invitation' ? 'email' : 'recovery';
    const { data, error } = await this.#client.verifyOtp({ type, email, token });
    if (!error) return this.#answer(data.session);
    this.#recovering = false;
    return failure(error);
  }

  /** Signs in with a mailed link. */
  async followLink(link: MailLink): Promise<LinkAnswer> {
    if (link.kind === 'refused') return { ok: false, code: link.code, message: t`The link was refused.` };
    // Before the session is announced: for the windows, one that still needs its password doesn't exist yet.
    this.#recovering = true;
    const { session, error, purpose } = await this.#exchange(link);
    this.#recovering = error === null && purpose === 'password';
    if (error) return failure(error);
    this.#take(this.#session);
    const answer = this.#answer(session);
    return answer.ok ? { ...answer, purpose } : answer;
  }

  async sendReauthenticationCode(): Promise<AuthOutcome> {
    const { error } = await this.#client.reauthenticate();
    return error ? failure(error) : { ok: true };
  }

  async changePassword(newPassword: string, { currentPassword, code }: PasswordProof): Promise<AuthOutcome> {
    const { error } = await this.#client.updateUser({
      password: newPassword,
      ...(currentPassword !== undefined && { current_password: currentPassword }),
      ...(code !== undefined && { nonce: code }),
    });
    if (error) return failure(error);
    if (this.#recovering) {
      this.#recovering = false;
      this.#take(this.#session);
    }
    return { ok: true };
  }

  async enrolTotp(name: string): Promise<TotpEnrolment> {
    const { data, error } = await this.#client.mfa.enroll({ factorType: 'totp', friendlyName: name });
    if (error) return failure(error);
    const { qr_code: qrCode, secret, uri } = data.totp;
    return { ok: true, factorId: data.id, qrCode, secret, uri };
  }

  async listTotp(): Promise<TotpFactor[]> {
    if (this.#session === null) return [];
    const { data, error } = await this.#client.mfa.listFactors();
    if (error) throw new Refused(error.message);
    return data.totp.map((factor) => ({
      factorId: factor.id,
      name: factor.friendly_name ?? '',
      createdAt: factor.created_at,
    }));
  }

  async removeTotp(factorId: string): Promise<AuthOutcome> {
    const { error } = await this.#client.mfa.unenroll({ factorId });
    return error ? failure(error) : { ok: true };
  }

  /**
   * @returns the session windows may use, refreshed when close to its end; null when signed out or not yet fully
   * signed in.
   */
  async getSession(): Promise<AuthSession | null> {
    if (this.#visible() === null) return null;
    if (this.#isEnding()) {
      await Promise.race([
        this.#refresh(),
        new Promise((resolve) => setTimeout(resolve, this.#parts.patience ?? usualPatience)),
      ]);
    }
    return this.#visible();
  }

  /** A new token now: its contents have changed on the server. Without a network the old one stays. */
  async refreshSession(): Promise<AuthSession | null> {
    if (this.#visible() !== null) await this.#refresh();
    return this.#visible();
  }

  /** Called after sleep and when a timer fires: replaces the token if it is close to its end. */
  async keepFresh(): Promise<void> {
    if (this.#session !== null && this.#isEnding()) await this.#refresh();
    else this.#plan();
  }

  /**
   * Ends sessions at Supabase Auth. This machine's own session ends even when the auth server can't be reached.
   * @throws {Refused} when others' sessions were to end and could not be.
   */
  async signOut(scope: SignOutScope): Promise<void> {
    const { error } = await this.#client.signOut({ scope });
    if (scope !== 'others') await this.forget();
    if (error && scope !== 'local') {
      throw new Refused(t`The other devices could not be signed out. Please try again when you are online.`);
    }
  }

  /** Drops the session on this machine without telling the server. */
  async forget(): Promise<void> {
    await this.#parts.storage.removeItem(storageKey);
    this.#recovering = false;
    if (this.#session !== null) this.#take(null);
  }

  async #exchange(link: Exclude<MailLink, { kind: 'refused' }>) {
    switch (link.kind) {
      case 'tokens': {
        const { accessToken: access_token, refreshToken: refresh_token } = link;
        const { data, error } = await this.#client.setSession({ access_token, refresh_token });
        return { session: data.session, error, purpose: link.purpose };
      }
      case 'hash': {
        const type = link.type;
        const { data, error } = await this.#client.verifyOtp({ type, token_hash: link.tokenHash });
        return { session: data.session, error, purpose: link.purpose };
      }
      case 'code': {
        const { data, error } = await this.#client.exchangeCodeForSession(link.code);
        // auth-js stores the purpose beside the code verifier.
        const forgotten = (data as { redirectType?: string | null }).redirectType === 'recovery';
        const purpose: LinkPurpose = forgotten ? 'password' : 'signIn';
        return { session: data.session, error, purpose };
      }
    }
  }

  #answer(session: Session | null): AuthAnswer {
    if (session === null)
      return { ok: false, code: 'unexpected_failure', message: t`The sign-in gave no session.` };
    const factorId = factorToVerify(session);
    return { ok: true, session: publicSession(session), ...(factorId && { mfaRequired: { factorId } }) };
  }

  /** A sign-in that waits for a second factor or a new password is not yet a session. */
  #visible(): AuthSession | null {
    const session = this.#session;
    if (session === null || this.#recovering || factorToVerify(session) !== undefined) return null;
    return publicSession(session);
  }

  #take(session: Session | null): void {
    this.#session = session;
    this.#plan();
    const visible = this.#visible();
    if (visible?.accessToken === this.#told) return;
    this.#told = visible?.accessToken;
    this.#parts.onChange(visible);
  }

  #isEnding(): boolean {
    return this.#session !== null && expiryOf(this.#session) - this.#parts.clock.now() < margin;
  }

  /** One refresh at a time; a failed one leaves the session as it is, unless the server ended it. */
  async #refresh(): Promise<void> {
    this.#refreshing ??= this.#refreshNow().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #refreshNow(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    // Success arrives as TOKEN_REFRESHED. A refusal is the end of the session, which auth-js would put off until
    // the old token has run out; whatever else went wrong is tried again later.
    const { error } = await this.#client.refreshSession({ refresh_token: session.refresh_token });
    if (error && isAuthApiError(error) && error.status < 500) await this.forget();
    else this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#session === null) return;
    const due = expiryOf(this.#session) - this.#parts.clock.now() - margin;
    const jitter = Math.random() * 5_000;
    this.#timer = setTimeout(() => void this.keepFresh(), Math.max(due, retryAfter) + jitter);
  }
}

function failure(error: AuthError): { ok: false; code: string; message: string } {
  if (isAuthRetryableFetchError(error)) {
    return { ok: false, code: 'network', message: t`The sign-in server cannot be reached.` };
  }
  return { ok: false, code: error.code ?? 'unexpected_failure', message: error.message };
}
