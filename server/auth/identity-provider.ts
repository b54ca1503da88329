import { createClient, isAuthSessionMissingError } from '@supabase/supabase-js';
import type { AuthError, SupabaseClient, User } from '@supabase/supabase-js';
import { invalidField, Problem } from '../trpc/problem.ts';

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
}

/** How a session stands at the auth server. */
export type Standing = 'open' | 'ended' | 'banned' | 'no such user' | 'unknown';

/**
 * The one place that calls the administrative part of Supabase Auth. Differences between the hosted service and the
 * local one are dealt with here.
 */
export class IdentityProvider {
  readonly #connect: () => Pick<SupabaseClient, 'auth'>;
  readonly #client: Pick<SupabaseClient, 'auth'>;
  readonly #usersUrl: string;
  readonly #key: string;
  readonly #timeoutMs: number;

  constructor(settings: IdentityProviderSettings) {
    const { url, serviceRoleKey, timeoutMs = 10_000 } = settings;
    this.#usersUrl = `${url}/auth/v1/admin/users`;
    this.#key = serviceRoleKey;
    this.#timeoutMs = timeoutMs;
    this.#connect = () =>
      createClient(url, serviceRoleKey, {
        auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
        global: {
          fetch: (input: string | URL | Request, init?: RequestInit) =>
            fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
        },
      });
    this.#client = this.#connect();
  }

  /**
   * The user with this address, created or invited when there is none. `madeFor` is the intent a user was made for, so
   * that a repetition knows its own. An existing user's password is left alone.
   */
  async ensureUser(person: Person, intent?: string): Promise<{ userId: string; madeFor: string | null }> {
    const about = { name: person.name, ...(intent === undefined ? {} : { sign_in_intent: intent }) };
    const { data, error } =
      person.password === undefined
        ? await this.#client.auth.admin.inviteUserByEmail(person.email, { data: about })
        : await this.#client.auth.admin.createUser({
            email: person.email,
            password: person.password,
            email_confirm: true,
            user_metadata: about,
          });
    // Someone who was invited before and hasn't come yet is invited again: the answer is a user made for another intent.
    if (data.user) return { userId: data.user.id, madeFor: intentOf(data.user) };
    if (error?.code !== 'email_exists' && error?.code !== 'user_already_exists') throw problemOf(error);
    const user = await this.findByEmail(person.email);
    if (!user) throw problemOf(error);
    return { userId: user.id, madeFor: intentOf(user) };
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

  /** Whether we made the user, for whatever tenant; false for one that is gone. */
  async wasMadeHere(userId: string): Promise<boolean> {
    const { data, error } = await this.#client.auth.admin.getUserById(userId);
    if (error && error.status !== 404) throw problemOf(error);
    return data.user ? intentOf(data.user) !== null : false;
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
    // The session of the token is gone: all that was asked for, or nothing of it.
    return scope === 'local';
  }

  /**
   * Ends all sessions of a user at the auth server, where nothing but its API is at hand. There is no such call: the
   * service makes a one-time link, which is sent to nobody, signs in with it and signs out everywhere. It leaves the
   * password and the factors alone; a recovery under way has to be asked for again.
   */
  async endAllSessions(userId: string): Promise<void> {
    const { data, error } = await this.#client.auth.admin.getUserById(userId);
    if (error?.status === 404) return;
    if (error) throw problemOf(error);
    // Whoever has not proved the address yet has no sessions; the link would prove it for them.
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
   * What the auth server says of the session that a token of its own belongs to. `unknown` when it can't be asked or
   * says nothing certain: nobody is signed out for that.
   */
  async standingOf(accessToken: string): Promise<Standing> {
    const { error } = await this.#client.auth.getUser(accessToken);
    if (!error) return 'open';
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
  async findByEmail(email: string): Promise<User | undefined> {
    const wanted = email.toLowerCase();
    for (let page = 1; page <= 1000; page += 1) {
      const users = await this.#page(page, wanted);
      const user = users.find((one) => one.email?.toLowerCase() === wanted);
      if (user) return user;
      if (users.length === 0) return undefined;
    }
    return undefined;
  }

  async #page(page: number, filter: string): Promise<User[]> {
    const query = new URLSearchParams({ page: String(page), per_page: '200', filter });
    const response = await fetch(`${this.#usersUrl}?${query.toString()}`, {
      headers: { apikey: this.#key, authorization: `Bearer ${this.#key}` },
      signal: AbortSignal.timeout(this.#timeoutMs),
    }).catch((cause: unknown) => {
      throw unreachable(cause);
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
}

/** What a user was made for; null for one that was there before. */
function intentOf(user: User): string | null {
  const intent: unknown = user.user_metadata.sign_in_intent;
  return typeof intent === 'string' ? intent : null;
}

function problemOf(error: AuthError | null): Problem {
  if (error?.code === 'weak_password') return invalidField('password', 'This password is too easy to guess.');
  if (error?.code === 'validation_failed' || error?.code === 'email_address_invalid') {
    return invalidField('email', 'This e-mail address is not accepted.');
  }
  return error?.status === 429 ? tooMany(error) : unreachable(error);
}

function tooMany(cause: unknown): Problem {
  const message = 'Too many sign-ins are being made right now. Wait a moment.';
  return new Problem('RATE_LIMITED', message, { retryAfterSeconds: 60, cause });
}

function unreachable(cause: unknown): Problem {
  const message = 'The sign-in service cannot be reached right now. Try again.';
  return new Problem('UNAVAILABLE', message, { retryAfterSeconds: 5, cause: cause ?? undefined });
}
