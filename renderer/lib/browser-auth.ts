import { t } from '@lingui/core/macro';
import { chosenLanguage } from '../words/language.ts';
import { AuthClient, type AuthError, type Session } from '@supabase/supabase-js';
import type { LinkPurpose, MailLink } from '../../electron/ipc/mail-link.ts';
import { arrivedLink } from './arrived-link.ts';
import type { AuthAnswer, AuthBridge, AuthOutcome, AuthSession } from './auth-types.ts';
import type { ServiceAddresses } from './connection.ts';

/** Names in the storage. The second marks that a new password is still due: until then nobody is signed in. */
export const storedNames = { session: 'quartermaster-session', recovering: 'quartermaster-recovering' };

/** The page's own Supabase Auth client, for browsers without the desktop shell; `storage` is where the sign-in is kept. */
export function createBrowserAuth({ authUrl, anonKey }: ServiceAddresses, storage: Storage): AuthBridge {
  const client = new AuthClient({
    url: `${authUrl}/auth/v1`,
    // In the library's own spelling: it puts the person's token in its place, and two spellings would be two headers.
    headers: {
      apikey: anonKey,
      Authorization: `Bearer ${anonKey}`,
      // Mails are written in it.
      'Accept-Language': chosenLanguage(),
    },
    storage,
    storageKey: storedNames.session,
    persistSession: true,
    autoRefreshToken: true,
    detectSessionInUrl: false,
    flowType: 'pkce',
    fetch: authFetch,
  });

  function setRecovering(recovering: boolean): void {
    if (recovering) storage.setItem(storedNames.recovering, 'yes');
    else storage.removeItem(storedNames.recovering);
  }

  /** A sign-in that waits for a second factor or a new password is not yet a session. */
  function visible(session: Session | null): AuthSession | null {
    if (!session || storage.getItem(storedNames.recovering) !== null || factorToVerify(session)) return null;
    return seen(session);
  }

  function answered(session: Session | null, error: AuthError | null): AuthAnswer {
    if (error || !session) return refused(error);
    const factorId = factorToVerify(session);
    return { ok: true, session: seen(session), ...(factorId && { mfaRequired: { factorId } }) };
  }

  async function exchange(link: Exclude<MailLink, { kind: 'refused' }>) {
    switch (link.kind) {
      case 'tokens': {
        const { accessToken: access_token, refreshToken: refresh_token } = link;
        const { data, error } = await client.setSession({ access_token, refresh_token });
        return { session: data.session, error, purpose: link.purpose };
      }
      case 'hash': {
        const { data, error } = await client.verifyOtp({
          type: link.type,
          token_hash: link.tokenHash,
        });
        return { session: data.session, error, purpose: link.purpose };
      }
      case 'code': {
        const { data, error } = await client.exchangeCodeForSession(link.code);
        const forgotten = (data as { redirectType?: string | null }).redirectType === 'recovery';
        const purpose: LinkPurpose = forgotten ? 'password' : 'signIn';
        return { session: data.session, error, purpose };
      }
    }
  }

  return {
    async signIn(email, password) {
      setRecovering(false);
      const { data, error } = await client.signInWithPassword({ email, password });
      return answered(data.session, error);
    },
    async verifyTotp(factorId, code) {
      const { error } = await client.mfa.challengeAndVerify({ factorId, code });
      if (error) return refused(error);
      const { data } = await client.getSession();
      return answered(data.session, null);
    },
    async sendRecoveryCode(email) {
      const { error } = await client.resetPasswordForEmail(email, {
        redirectTo: `${window.location.origin}/`,
      });
      return outcome(error);
    },
    async verifyMailedCode(email, token, mail) {
      setRecovering(true);
      const type = mail === 'invitation' ? 'email' : 'recovery';
      const { data, error } = await client.verifyOtp({ type, email, token });
      if (error) setRecovering(false);
      return answered(data.session, error);
    },
    linkWaiting: () => Promise.resolve(arrivedLink.isWaiting()),
    dropLink() {
      arrivedLink.take();
      return Promise.resolve();
    },
    async followLink() {
      const link = arrivedLink.take();
      if (!link) return null;
      if (link.kind === 'refused') return { ok: false, code: link.code, message: t`The link was refused.` };
      setRecovering(true);
      const { session, error, purpose } = await exchange(link);
      setRecovering(!error && purpose === 'password');
      const answer = answered(session, error);
      return answer.ok ? { ...answer, purpose } : answer;
    },
    onLink: (listener) => arrivedLink.subscribe(listener),
    async sendReauthenticationCode() {
      const { error } = await client.reauthenticate();
      return outcome(error);
    },
    async changePassword(password, { currentPassword, code }) {
      const { error } = await client.updateUser({
        password,
        ...(currentPassword !== undefined && { current_password: currentPassword }),
        ...(code !== undefined && { nonce: code }),
      });
      if (!error) setRecovering(false);
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
        name: factor.friendly_name ?? t`Authenticator app`,
        createdAt: factor.created_at,
      }));
    },
    async removeTotp(factorId) {
      const { error } = await client.mfa.unenroll({ factorId });
      return outcome(error);
    },
    async getSession() {
      // auth-js refreshes by itself what ends within 90 s; its storage tells it what another tab has refreshed.
      const { data } = await client.getSession();
      return visible(data.session);
    },
    async refreshSession() {
      const { data } = await client.refreshSession();
      return visible(data.session);
    },
    async signOut(scope) {
      if (scope !== 'others') setRecovering(false);
      await client.signOut({ scope });
    },
    onChange(listener) {
      const { data } = client.onAuthStateChange((_event, session) => {
        listener(visible(session));
      });
      return () => {
        data.subscription.unsubscribe();
      };
    },
  };
}

/** Milliseconds: long enough for a slow line, short enough that a person still waits for it. */
const patience = 20_000;

/**
 * Ends a wait for a silent auth server. supabase-js erases the stored session when a refresh is answered with 409 or 429;
 * as 503 it keeps the session and tries again, which is what a busy server means.
 */
async function authFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(patience) });
  const url = input instanceof Request ? input.url : String(input);
  const busy = response.status === 409 || response.status === 429;
  return busy && url.includes('grant_type=refresh_token') ? new Response(null, { status: 503 }) : response;
}

/** The factor that is still to be verified: the user has one, and this session was opened with less. */
function factorToVerify(session: Session): string | undefined {
  if (claimsOf(session.access_token).aal === 'aal2') return undefined;
  return session.user.factors?.find(
    ({ factor_type, status }) => factor_type === 'totp' && status === 'verified',
  )?.id;
}

/** Unverified: the page only plans by it, the server decides. */
function claimsOf(accessToken: string): { aal?: unknown; app_metadata?: { tenant_id?: unknown } } {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(window.atob(payload)) as ReturnType<typeof claimsOf>;
  } catch {
    return {};
  }
}

function seen(session: Session): AuthSession {
  const company = claimsOf(session.access_token).app_metadata?.tenant_id;
  return {
    accessToken: session.access_token,
    expiresAt: new Date((session.expires_at ?? 0) * 1000).toISOString(),
    user: { id: session.user.id, email: session.user.email ?? '' },
    companyId: typeof company === 'string' ? company : null,
  };
}

function refused(error: AuthError | null): { ok: false; code: string; message: string } {
  if (!error) return { ok: false, code: 'session_not_found', message: t`The session has ended.` };
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
