import type { Session } from '@supabase/supabase-js';
import type { AuthSession } from '../../ipc/contract.ts';

/** What windows may know about a session: never the refresh token. */
export function publicSession(session: Session): AuthSession {
  return {
    accessToken: session.access_token,
    expiresAt: new Date(expiryOf(session)).toISOString(),
    user: { id: session.user.id, email: session.user.email ?? '' },
    companyId: companyOf(session),
  };
}

/** When the access token expires, in milliseconds by the auth server's clock. */
export function expiryOf(session: Session): number {
  const exp = claimsOf(session.access_token).exp;
  return (typeof exp === 'number' ? exp : (session.expires_at ?? 0)) * 1000;
}

function companyOf(session: Session): string | null {
  const { app_metadata: metadata } = claimsOf(session.access_token) as {
    app_metadata?: { tenant_id?: unknown };
  };
  return typeof metadata?.tenant_id === 'string' ? metadata.tenant_id : null;
}

/** The factor that is still to be verified: the user has one, and this session was opened with the password alone. */
export function factorToVerify(session: Session): string | undefined {
  if (claimsOf(session.access_token).aal === 'aal2') return undefined;
  return session.user.factors?.find(
    ({ factor_type, status }) => factor_type === 'totp' && status === 'verified',
  )?.id;
}

/** Reads a stored session; anything else counts as none. */
export function parseSession(text: string | null): Session | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Session> | null;
    const complete =
      typeof value?.access_token === 'string' &&
      typeof value.refresh_token === 'string' &&
      typeof value.user?.id === 'string';
    return complete ? (value as Session) : null;
  } catch {
    return null;
  }
}

/** Unverified: the shell only uses them to plan; the server decides. */
function claimsOf(accessToken: string): Readonly<Record<string, unknown>> {
  try {
    const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims: unknown = JSON.parse(payload);
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
