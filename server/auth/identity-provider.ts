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

  constructor(settings: IdentityProviderSettings) {
    const timeoutMs = settings.timeoutMs ?? 10_000;
    this.#client = createClient(settings.url, settings.serviceRoleKey, {
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
    if (data.user) return { userId: data.user.id, madeFor: intent ?? null };
    if (error?.code !== 'email_exists' && error?.code !== 'user_already_exists') throw problemOf(error);
    const user = await this.findByEmail(person.email);
    if (!user) throw problemOf(error);
    const madeFor: unknown = user.user_metadata.sign_in_intent;
    return { userId: user.id, madeFor: typeof madeFor === 'string' ? madeFor : null };
  }

  /** Puts the tenant into the user's token (from the next refresh on); null takes it out. */
  async setTenant(userId: string, tenantId: string | null): Promise<void> {
    const { error } = await this.#client.auth.admin.updateUserById(userId, {
      app_metadata: { tenant_id: tenantId },
    });
    if (error) throw problemOf(error);
  }

  /** Removes a user; one that is gone already counts as removed. */
  async removeUser(userId: string): Promise<void> {
    const { error } = await this.#client.auth.admin.deleteUser(userId);
    if (error && error.code !== 'user_not_found' && error.status !== 404) throw problemOf(error);
  }

  /**
   * Ends the refresh tokens of the session a token belongs to. There is no sign-out by user id: only a token at hand
   * can be signed out; everything else is held by our own revocations.
   */
  async signOut(accessToken: string, scope: 'local' | 'others' | 'global'): Promise<void> {
    const { error } = await this.#client.auth.admin.signOut(accessToken, scope);
    if (error && error.status !== 401 && error.status !== 403 && error.status !== 404) throw problemOf(error);
  }

  /** Supabase Auth has no look-up by address: the pages are read until it is found. */
  async findByEmail(email: string): Promise<User | undefined> {
    const wanted = email.toLowerCase();
    for (let page = 1; page <= 1000; page += 1) {
      const { data, error } = await this.#client.auth.admin.listUsers({ page, perPage: 200 });
      if (error) throw problemOf(error);
      const user = data.users.find((one) => one.email?.toLowerCase() === wanted);
      if (user) return user;
      if (data.users.length === 0) return undefined;
    }
    return undefined;
  }
}

function problemOf(error: AuthError | null): Problem {
  if (error?.code === 'weak_password') return invalidField('password', 'This password is too easy to guess.');
  if (error?.code === 'validation_failed' || error?.code === 'email_address_invalid') {
    return invalidField('email', 'This e-mail address is not accepted.');
  }
  if (error?.status === 429) {
    return new Problem('RATE_LIMITED', 'Too many sign-ins are being made right now. Wait a moment.', {
      retryAfterSeconds: 60,
      cause: error,
    });
  }
  return new Problem('UNAVAILABLE', 'The sign-in service cannot be reached right now. Try again.', {
    retryAfterSeconds: 5,
    cause: error ?? undefined,
  });
}
