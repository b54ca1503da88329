import type { RateLimitSettings } from './rate-limits.ts';

export type TokenAlgorithm = 'ES256' | 'RS256' | 'HS256';

/** What an installation may vary. The names and defaults follow Supabase Auth's own configuration. */
export interface AuthSettings {
  /** Where people land after an e-mailed link when the link names no allowed address of its own. */
  siteUrl: string;
  /** Further addresses a link may lead to; `*` stands for any run of characters without `/`, `**` for any run. */
  redirectAllowList: string[];
  /** What signs access tokens; without a setting what signed them before, at first ES256. */
  algorithm: TokenAlgorithm;
  accessTokenLifeSeconds: number;
  /** Whether anyone may make an account; off by default, accounts are made by administrators. */
  signupEnabled: boolean;
  /** Whether a new address counts as confirmed without an e-mail. */
  autoconfirm: boolean;
  anonymousEnabled: boolean;
  /** Phone numbers as sign-in names (with a password; no text messages are ever sent). */
  phoneEnabled: boolean;
  /** Whether an e-mail change must be confirmed from the old and the new address. */
  secureEmailChange: boolean;
  /** Whether a password change more than 24 h after sign-in needs an e-mailed nonce. */
  reauthenticateForPassword: boolean;
  /**
   * Whether a password change needs the current password, or else proof of the mailbox: a nonce, or a session just opened
   * by a mailed code or link.
   */
  currentPasswordForPassword: boolean;
  passwordMinLength: number;
  otpLifeSeconds: number;
  /** How long after a rotation an older refresh token is still taken for a lost answer, not for theft. */
  refreshReuseSeconds: number;
  maxFactors: number;
  /** A session older than this can't be refreshed; null: no limit. */
  sessionTimeboxSeconds: number | null;
  /** A session not refreshed for this long can't be refreshed any more; null: no limit. */
  sessionInactivitySeconds: number | null;
  rateLimits: RateLimitSettings;
}

export const defaultSettings: Omit<AuthSettings, 'siteUrl'> = {
  redirectAllowList: [],
  algorithm: 'ES256',
  accessTokenLifeSeconds: 3600,
  signupEnabled: false,
  autoconfirm: false,
  anonymousEnabled: false,
  phoneEnabled: false,
  secureEmailChange: true,
  reauthenticateForPassword: false,
  currentPasswordForPassword: true,
  passwordMinLength: 6,
  otpLifeSeconds: 86_400,
  refreshReuseSeconds: 10,
  maxFactors: 10,
  sessionTimeboxSeconds: null,
  sessionInactivitySeconds: null,
  rateLimits: 'production',
};
