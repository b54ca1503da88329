/**
 * Links from Supabase Auth's mails: at the web address in a browser, as `quartermaster://auth/callback` in the app.
 * Pure; both the shell and a browser's page use it.
 */
import { parseAddress } from './address.ts';

/** The redirect address of links that the desktop app asks for; Supabase's allow-list must contain it. */
export const appCallback = 'quartermaster://auth/callback';

/** What the mail was for: an invitation and a forgotten password end with a new password, other links sign in. */
export type LinkPurpose = 'password' | 'signIn';

export type MailLink =
  /** Implicit: the tokens themselves. They must not be logged, shown or left in an address. */
  | { kind: 'tokens'; purpose: LinkPurpose; accessToken: string; refreshToken: string }
  /** PKCE: a code that only the client that asked for the mail can exchange. */
  | { kind: 'code'; code: string }
  /** A template with `{{ .TokenHash }}`: proves the mailbox without a visit to the auth server before. */
  | { kind: 'hash'; purpose: LinkPurpose; type: string; tokenHash: string }
  | { kind: 'refused'; code: string };

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const word = /^[a-z_]{1,60}$/;
const token = /^[\w.~+/=-]{1,8192}$/;

/**
 * The parts of a mailed link in an address; null for any other address. https://supabase.com/docs/guides/auth/sessions
 * (implicit and PKCE flow).
 */
export function readMailLink(address: string): MailLink | null {
  const url = parseAddress(address);
  if (!url) return null;
  const query = url.searchParams;
  const fragment = new URLSearchParams(url.hash.slice(1));
  const refusal = fragment.get('error_code') ?? query.get('error_code');
  if (fragment.has('error') || (query.has('error') && refusal !== null)) {
    return { kind: 'refused', code: refusal !== null && word.test(refusal) ? refusal : 'otp_expired' };
  }
  const [accessToken, refreshToken] = [fragment.get('access_token'), fragment.get('refresh_token')];
  if (accessToken !== null && refreshToken !== null && token.test(accessToken) && token.test(refreshToken)) {
    return { kind: 'tokens', purpose: purposeOf(fragment.get('type')), accessToken, refreshToken };
  }
  const [tokenHash, type] = [query.get('token_hash'), query.get('type')];
  if (tokenHash !== null && type !== null && token.test(tokenHash) && word.test(type)) {
    return { kind: 'hash', purpose: purposeOf(type), type, tokenHash };
  }
  const code = query.get('code');
  return code !== null && uuid.test(code) ? { kind: 'code', code } : null;
}

/** The link for the desktop app among its start arguments; null when there is none. */
export function findAppLink(words: readonly string[]): string | null {
  return words.find((one) => one.startsWith(`${new URL(appCallback).protocol}//`)) ?? null;
}

/** Whether an address is the desktop app's own place for links; nothing else may be followed there. */
export function isAppLink(address: string): boolean {
  const url = parseAddress(address);
  const own = new URL(appCallback);
  return url?.protocol === own.protocol && url.host === own.host && url.pathname === own.pathname;
}

/** The purpose of one of Supabase's link types. A PKCE code does not tell: its client remembers what it asked for. */
function purposeOf(type: string | null): LinkPurpose {
  return type === 'invite' || type === 'recovery' ? 'password' : 'signIn';
}
