import type { Language } from '../ground/languages.contract.ts';
import { randomBytes } from 'node:crypto';
import { createClient, isAuthSessionMissingError } from '@supabase/supabase-js';
import type { AuthError, SupabaseClient, User } from '@supabase/supabase-js';
import { MailboxConfirmation } from './mailbox-confirmation.ts';
import { invalidField, Problem } from '../ground/problem.ts';

export interface IdentityProviderSettings {
  url: string;
  serviceRoleKey: string;
  /** Milliseconds for one call. */
  timeoutMs?: number;
}

export interface Person {
  email: string;
  name: string;
  /** Without one the person is invited by e-mail. */
  password?: string | undefined;
  /** The language of the mail: the inviter's, as the person's own is not known. */
  language?: Language | undefined;
}

/** The state of a session at the auth server. `guarded`: open, of an account with a second factor. */
export type Standing = 'open' | 'guarded' | 'ended' | 'banned' | 'no such user' | 'unknown';

/** An account at the auth server. What is read of it was written by the service, never by its user. */
export interface AuthUser {
  id: string;
  email: string;
  isConfirmed: boolean;
  /** The installation that made it; null for one of unknown origin. */
  installation: string | null;
  /** The intent it was made for. */
  madeFor: string | null;
  /** Opened by a telephone or another service as well, which no new password shuts. */
  hasOtherWaysIn: boolean;
  /** Asked for a second factor. */
  hasSecondFactor: boolean;
}

/**
 * The one place that calls the administrative part of Supabase Auth. Differences between the hosted service and the
 * local one are dealt with here.
 */
export class IdentityProvider {
  readonly #connect: (language?: Language) => Pick<SupabaseClient, 'auth'>;
  readonly #client: Pick<SupabaseClient, 'auth'>;
  readonly #authUrl: string;
  readonly #key: string;
  readonly #timeoutMs: number;
  readonly mailboxes: MailboxConfirmation;

  constructor(settings: IdentityProviderSettings) {
    const { url, serviceRoleKey, timeoutMs = 6000 } = settings;
    this.#authUrl = `${url}/auth/v1`;
    this.#key = serviceRoleKey;
    this.#timeoutMs = timeoutMs;
    this.mailboxes = new MailboxConfirmation({ authUrl: this.#authUrl, key: this.#key, timeoutMs });
    // A client that has signed somebody in speaks for that person: each sign-in gets one of its own.
    this.#connect = (language) =>
      createClient(url, serviceRoleKey, {
        auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
        global: {
          headers: language === undefined ? {} : { 'accept-language': language },
          fetch: (input: string | URL | Request, init?: RequestInit) =>
            fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
        },
      });
    this.#client = this.#connect();
  }

  /**
   * Makes an account for the address, or finds the one that is there. Its mark is kept where its user can't write, from
   * the first moment on. `made`: it was made now, and is invited or has the password given. One that was there is left as
   * it is, whatever its mark says: somebody may have entered it since.
   */
  async make(
    person: Person,
    mark: { installation: string; madeFor: string },
  ): Promise<{ user: AuthUser; made: boolean }> {
    const { admin } = this.#client.auth;
    const { email, name, password, language } = person;
    const { data, error } = await admin.createUser({
      email,
      ...(password === undefined ? {} : { password }),
      email_confirm: password !== undefined,
      // A mail's template finds the language there; the local auth server goes by the header.
      user_metadata: language === undefined ? { name } : { name, language },
      app_metadata: { quartermaster: { installation: mark.installation, made_for: mark.madeFor } },
    });
    if (error && error.code !== 'email_exists' && error.code !== 'user_already_exists')
      throw problemOf(error);
    if (!data.user) {
      const found = await this.findByEmail(email);
      if (!found) throw problemOf(error);
      return { user: found, made: false };
    }
    if (password === undefined) await this.#invite(email, language);
    return { user: authUserOf(data.user), made: true };
  }

  /**
   * Takes the password and all second factors off an account: the new one is random, and the auth server ends all of
   * its sessions with the change. The factors go last: a session could add one meanwhile.
   */
  async removeCredentials(userId: string): Promise<void> {
    await this.setPassword(userId, passwordOfNobody());
    await this.removeFactors(userId);
  }

  /** The auth server ends all sessions of the account with it. */
  async setPassword(userId: string, password: string): Promise<void> {
    const { error } = await this.#client.auth.admin.updateUserById(userId, { password });
    if (error) throw problemOf(error);
  }

  /**
   * Sets the password as the person whose token it is, in a session that has just proved the mailbox: the auth server ends
   * all other sessions of the account with it. False where it takes none from this session.
   * @throws UNAVAILABLE, RATE_LIMITED
   */
  async setPasswordAs(accessToken: string, password: string): Promise<boolean> {
    const response = await this.#ask(`${this.#authUrl}/user`, {
      method: 'PUT',
      headers: { ...this.#headersAs(accessToken), 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    });
    await response.body?.cancel();
    if (response.status === 429) throw tooMany(undefined);
    if (response.status >= 500) throw unreachable(`status ${String(response.status)}`);
    return response.ok;
  }

  /**
   * Sends the mail that proves the mailbox: a one-time link and code. One that somebody else has just asked for will
   * do: it proves the mailbox as well, and a person's request can't block another's.
   */
  async askForProof(user: AuthUser, email: string, language?: Language): Promise<void> {
    if (!user.isConfirmed) return this.#invite(email, language);
    const { error } = await this.#connect(language).auth.signInWithOtp({
      email,
      options: { shouldCreateUser: false },
    });
    // The limit for one address (GoTrue: generateFrequencyLimitErrorMessage); that of all mails has other words.
    if (error && !/you can only request this after/.test(error.message)) throw problemOf(error);
  }

  /** The account as it is now; undefined when it is gone. */
  async userById(userId: string): Promise<AuthUser | undefined> {
    const { data, error } = await this.#client.auth.admin.getUserById(userId);
    if (error?.status === 404) return undefined;
    if (error) throw problemOf(error);
    return authUserOf(data.user);
  }

  /** Whether the password opens the account; the session opened to find out is ended at once. */
  async opensWith(email: string, password: string): Promise<boolean> {
    const { data, error } = await this.#connect().auth.signInWithPassword({ email, password });
    if (error?.code === 'invalid_credentials') return false;
    if (error) throw problemOf(error);
    await this.signOut(data.session.access_token, 'local');
    return true;
  }

  async #invite(email: string, language: Language | undefined): Promise<void> {
    const { error } = await this.#connect(language).auth.admin.inviteUserByEmail(email);
    if (error) throw problemOf(error);
  }

  /**
   * Puts the tenant into the user's token (from the next refresh on); null takes it out, and has nothing to do for a user
   * who is gone.
   */
  async setTenant(userId: string, tenantId: string | null): Promise<void> {
    const { error } = await this.#client.auth.admin.updateUserById(userId, {
      app_metadata: { tenant_id: tenantId },
    });
    if (error && !(tenantId === null && error.status === 404)) throw problemOf(error);
  }

  /** Removes a user; one that is gone already counts as removed. */
  async removeUser(userId: string): Promise<void> {
    const { error } = await this.#client.auth.admin.deleteUser(userId);
    if (error && error.code !== 'user_not_found' && error.status !== 404) throw problemOf(error);
  }

  /** Takes all second factors of a user away: the next sign-in has none. Safe to repeat; one who is gone has none. */
  async removeFactors(userId: string): Promise<void> {
    const { data, error } = await this.#client.auth.admin.mfa.listFactors({ userId });
    if (error?.status === 404) return;
    if (error) throw problemOf(error);
    for (const { id } of data.factors) {
      const removed = await this.#client.auth.admin.mfa.deleteFactor({ userId, id });
      if (removed.error && removed.error.status !== 404) throw problemOf(removed.error);
    }
  }

  /**
   * Ends sessions by a token of one of them, as its user would; false when the token itself counts no more, so that
   * nothing was ended by it.
   */
  async signOut(accessToken: string, scope: 'local' | 'others' | 'global'): Promise<boolean> {
    const { error } = await this.#client.auth.admin.signOut(accessToken, scope);
    if (!error) return true;
    if (error.status !== 401 && error.status !== 403 && error.status !== 404) throw problemOf(error);
    // The session of the token is gone: the request is done, or can't be.
    return scope === 'local';
  }

  /**
   * Ends all sessions of a user at the auth server when only its API is available. There is no such call: the service
   * makes a one-time link, which is sent to nobody, signs in with it and signs out everywhere. It leaves the password
   * and the factors alone; a recovery under way has to be asked for again.
   */
  async endAllSessions(userId: string): Promise<void> {
    const { data, error } = await this.#client.auth.admin.getUserById(userId);
    if (error?.status === 404) return;
    if (error) throw problemOf(error);
    // A person who hasn't proved the address yet has no sessions; the link would prove it for them.
    if (!data.user.email || data.user.email_confirmed_at === undefined) return;
    const link = await this.#client.auth.admin.generateLink({ type: 'magiclink', email: data.user.email });
    if (link.error) throw problemOf(link.error);
    // A client of its own: the one of the service would speak for the user from then on.
    const visitor = this.#connect();
    const entered = await visitor.auth.verifyOtp({
      type: 'magiclink',
      token_hash: link.data.properties.hashed_token,
    });
    if (entered.error) throw problemOf(entered.error);
    const token = entered.data.session?.access_token;
    if (token === undefined || !(await this.signOut(token, 'global')))
      throw unreachable('no session to end by');
  }

  /**
   * The auth server's answer about the session that a token of its own belongs to. `unknown` when it can't be asked or
   * its answer isn't certain: that signs nobody out.
   */
  async standingOf(accessToken: string): Promise<Standing> {
    const { data, error } = await this.#client.auth.getUser(accessToken);
    if (!error) return data.user.factors?.some(({ status }) => status === 'verified') ? 'guarded' : 'open';
    if (isAuthSessionMissingError(error) || error.code === 'session_not_found') return 'ended';
    if (error.code === 'user_banned') return 'banned';
    return error.code === 'user_not_found' ? 'no such user' : 'unknown';
  }

  /** Whether the auth server says that there is no such user (any more). */
  async isGone(userId: string): Promise<boolean> {
    const { error } = await this.#client.auth.admin.getUserById(userId);
    return error?.status === 404 && error.code === 'user_not_found';
  }

  /**
   * Supabase Auth has no look-up by address, but its list takes a `filter` (GoTrue: `email LIKE '%filter%'`, or a full
   * name like it), which supabase-js doesn't know: one request, whatever number of users there is. A server that doesn't
   * know it either gives all its pages. (generateLink would answer in one request too, but it spends the tokens of a
   * recovery under way.)
   */
  async findByEmail(email: string): Promise<AuthUser | undefined> {
    const wanted = email.toLowerCase();
    for (let page = 1; page <= 1000; page += 1) {
      const users = await this.#page(page, wanted);
      const user = users.find((one) => one.email?.toLowerCase() === wanted);
      if (user) return authUserOf(user);
      if (users.length === 0) return undefined;
    }
    return undefined;
  }

  async #page(page: number, filter: string): Promise<User[]> {
    const query = new URLSearchParams({ page: String(page), per_page: '200', filter });
    const response = await this.#ask(`${this.#authUrl}/admin/users?${query.toString()}`, {
      headers: this.#headersAs(this.#key),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw response.status === 429 ? tooMany(undefined) : unreachable(`status ${String(response.status)}`);
    }
    const body = (await response.json().catch((cause: unknown) => {
      throw unreachable(cause);
    })) as { users?: User[] };
    return body.users ?? [];
  }

  #ask(address: string, init: RequestInit): Promise<Response> {
    return fetch(address, { ...init, signal: AbortSignal.timeout(this.#timeoutMs) }).catch(
      (cause: unknown) => {
        throw unreachable(cause);
      },
    );
  }

  #headersAs(token: string): Record<string, string> {
    return { apikey: this.#key, authorization: `Bearer ${token}` };
  }
}

/** A password that is never shown. */
export function passwordOfNobody(): string {
  return `${randomBytes(32).toString('base64url')}aA1!`;
}

function authUserOf(user: User): AuthUser {
  const mark = user.app_metadata.quartermaster as { installation?: unknown; made_for?: unknown } | undefined;
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    id: user.id,
    email: user.email ?? '',
    isConfirmed: user.email_confirmed_at !== undefined,
    installation: textOf(mark?.installation),
    madeFor: textOf(mark?.made_for),
    hasOtherWaysIn:
      (user.phone ?? '') !== '' || (user.identities ?? []).some(({ provider }) => provider !== 'email'),
    hasSecondFactor: (user.factors ?? []).some(({ status }) => status === 'verified'),
  };
}

/** A refusal of the auth server in our terms; with the field where it is about one. */
export function problemOf(error: AuthError | null): Problem {
  if (error?.code === 'weak_password') return invalidField('password', 'sign_in.password_too_easy');
  // GoTrue has one code for everything that is wrong with a request; its words say with what.
  if (error?.code === 'validation_failed' && /password/i.test(error.message)) {
    return invalidField('password', 'sign_in.password_too_long');
  }
  if (error?.code === 'validation_failed' || error?.code === 'email_address_invalid') {
    return invalidField('email', 'sign_in.email_not_accepted');
  }
  return error?.status === 429 ? tooMany(error) : unreachable(error);
}

function tooMany(cause: unknown): Problem {
  return new Problem('RATE_LIMITED', 'sign_in.too_many', {}, { retryAfterSeconds: 60, cause });
}

function unreachable(cause: unknown): Problem {
  return new Problem(
    'UNAVAILABLE',
    'sign_in.service_unreachable',
    {},
    { retryAfterSeconds: 5, cause: cause ?? undefined },
  );
}
