import { AuthClient, type AuthError, type Session } from '@supabase/supabase-js';
import type { AuthAnswer, AuthBridge, AuthOutcome, AuthSession } from './auth-types.ts';
import type { ServiceAddresses } from './connection.ts';

/** Seconds before the expiry at which a token is exchanged for a new one. */
const refreshMargin = 60;

/**
 * The page's own Supabase Auth client, for browsers without the desktop shell.
 *
 * The session is kept in sessionStorage: it survives a reload (a handheld's browser drops pages often) but ends with
 * the tab, is not shared between tabs (two clients refreshing one token would sign each other out) and is never
 * written to disk as localStorage would be. The strict content security policy is what keeps scripts away from it.
 */
export function createBrowserAuth({ authUrl, anonKey }: ServiceAddresses): AuthBridge {
  const client = new AuthClient({
    url: `${authUrl}/auth/v1`,
    // In the library's own spelling: it puts the person's token in its place, and two spellings would be two headers.
    headers: { apikey: anonKey, Authorization: `Bearer ${anonKey}` },
    storage: window.sessionStorage,
    storageKey: 'quartermaster-session',
    persistSession: true,
    autoRefreshToken: true,
    detectSessionInUrl: false,
    flowType: 'pkce',
    fetch: keepSessionOnBusyRefresh,
  });

  /** The factor that is still to be verified: the user has one, and this session was opened with the password alone. */
  async function factorToVerify(session: Session): Promise<string | undefined> {
    const { data } = await client.mfa.getAuthenticatorAssuranceLevel();
    if (data?.nextLevel !== 'aal2' || data.currentLevel === 'aal2') return undefined;
    return session.user.factors?.find((one) => one.status === 'verified')?.id;
  }

  async function answered(session: Session | null, error: AuthError | null): Promise<AuthAnswer> {
    if (error || !session) return refused(error);
    const factorId = await factorToVerify(session);
    return { ok: true, session: seen(session), ...(factorId && { mfaRequired: { factorId } }) };
  }

  return {
    async signIn(email, password) {
      const { data, error } = await client.signInWithPassword({ email, password });
      return answered(data.session, error);
    },
    async verifyTotp(factorId, code) {
      const { error } = await client.mfa.challengeAndVerify({ factorId, code });
      if (error) return refused(error);
      const { data } = await client.getSession();
      return data.session ? { ok: true, session: seen(data.session) } : refused(null);
    },
    async sendRecoveryCode(email) {
      const { error } = await client.resetPasswordForEmail(email);
      return outcome(error);
    },
    async verifyRecoveryCode(email, token) {
      const { data, error } = await client.verifyOtp({ type: 'recovery', email, token });
      return answered(data.session, error);
    },
    async changePassword(password) {
      const { error } = await client.updateUser({ password });
      return outcome(error);
    },
    async enrolTotp(name) {
      const { data, error } = await client.mfa.enroll({ factorType: 'totp', friendlyName: name });
      if (error) return refused(error);
      const { qr_code: qrCode, secret, uri } = data.totp;
      return { ok: true, factorId: data.id, qrCode, secret, uri };
    },
    async listTotp() {
      const { data } = await client.mfa.listFactors();
      return (data?.totp ?? []).map((factor) => ({
        factorId: factor.id,
        name: factor.friendly_name ?? 'Authenticator app',
        createdAt: factor.created_at,
      }));
    },
    async removeTotp(factorId) {
      const { error } = await client.mfa.unenroll({ factorId });
      return outcome(error);
    },
    async getSession() {
      const { data } = await client.getSession();
      const session = data.session;
      // A page that is loaded again while the code is asked for begins with the password again.
      if (!session || (await factorToVerify(session))) return null;
      if ((session.expires_at ?? 0) - Date.now() / 1000 > refreshMargin) return seen(session);
      const { data: refreshed } = await client.refreshSession();
      return refreshed.session ? seen(refreshed.session) : null;
    },
    async signOut(scope) {
      await client.signOut({ scope });
    },
    onChange(listener) {
      const { data } = client.onAuthStateChange((_event, session) => {
        listener(session ? seen(session) : null);
      });
      return () => {
        data.subscription.unsubscribe();
      };
    },
  };
}

/**
 * supabase-js erases the stored session when a refresh is answered with 409 or 429; as 503 it keeps the session and
 * tries again, which is what a busy server means.
 */
async function keepSessionOnBusyRefresh(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const url = input instanceof Request ? input.url : String(input);
  const busy = response.status === 409 || response.status === 429;
  return busy && url.includes('grant_type=refresh_token') ? new Response(null, { status: 503 }) : response;
}

function seen(session: Session): AuthSession {
  return {
    accessToken: session.access_token,
    expiresAt: new Date((session.expires_at ?? 0) * 1000).toISOString(),
    user: { id: session.user.id, email: session.user.email ?? '' },
  };
}

function refused(error: AuthError | null): { ok: false; code: string; message: string } {
  if (!error) return { ok: false, code: 'session_not_found', message: 'The session has ended.' };
  const unreachable = error.name === 'AuthRetryableFetchError';
  return {
    ok: false,
    code: unreachable ? 'network' : (error.code ?? 'unknown'),
    message: error.message,
  };
}

function outcome(error: AuthError | null): AuthOutcome {
  return error ? refused(error) : { ok: true };
}
