import { createClient } from '@supabase/supabase-js';
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

/**
 * The one place that calls the administrative part of Supabase Auth. Differences between the hosted service and the
 * local one are dealt with here.
 */
export class IdentityProvider {
  readonly #client: Pick<SupabaseClient, 'auth'>;
  readonly #usersUrl: string;
  readonly #key: string;
  readonly #timeoutMs: number;

  constructor(settings: IdentityProviderSettings) {
    const { url, serviceRoleKey, timeoutMs = 10_000 } = settings;
    this.#usersUrl = `${url}/auth/v1/admin/users`;
    this.#key = serviceRoleKey;
    this.#timeoutMs = timeoutMs;
    this.#client = createClient(url, serviceRoleKey, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      global: {
        fetch: (input: string | URL | Request, init?: RequestInit) =>
          fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      },
    });
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

  /** Puts the tenant into the user's token (from the next refresh on); null takes it out. */
  async setTenant(userId: string, tenantId: string | null): Promise<void> {
    const { error } = await this.#client.auth.admin.updateUserById(userId, {
      app_metadata: { tenant_id: tenantId },
    });
    if (error) throw problemOf(error);
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

  /** Takes all second factors of a user away: the next sign-in has none. Safe to repeat. */
  async removeFactors(userId: string): Promise<void> {
    const { data, error } = await this.#client.auth.admin.mfa.listFactors({ userId });
    if (error) throw problemOf(error);
    for (const { id } of data.factors) {
      const removed = await this.#client.auth.admin.mfa.deleteFactor({ userId, id });
      if (removed.error && removed.error.status !== 404) throw problemOf(removed.error);
    }
  }

  /**
   * Ends the refresh tokens of the session a token belongs to. There is no sign-out by user id: only a token at hand
   * can be signed out; everything else is held by our own revocations.
   */
  async signOut(accessToken: string, scope: 'local' | 'others' | 'global'): Promise<void> {
    const { error } = await this.#client.auth.admin.signOut(accessToken, scope);
    if (error && error.status !== 401 && error.status !== 403 && error.status !== 404) throw problemOf(error);
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
