/** The person that a verified token speaks for. */
export interface SessionIdentity {
  userId: string;
  email: string;
  /** The `jti` claim, else Supabase's `session_id`: what a revocation names. */
  sessionKey: string;
  /** The session of the auth server; null for a token that names none. */
  authSessionId: string | null;
  /** The tenant of the user that the token names, or the one chosen last; null for someone who belongs to none. */
  tenantId: string | null;
  /** The tenant the token names; it must be the control plane's. */
  tenantClaim: string | null;
  isOperator: boolean;
  /** Authenticator assurance level: aal2 after a second factor. */
  assurance: 'aal1' | 'aal2';
  /** The password on the account was given by an administrator and is to be changed before anything else. */
  mustChangePassword: boolean;
  /** Their own second factor was not shown in this session, and is to be before anything else. */
  owesSecondFactor: boolean;
  /** When the session last proved that its user reads the mailbox, in seconds since the epoch; null if never. */
  mailboxAt: number | null;
  /** Seconds since the epoch: the sign-in itself, and the end of the token. */
  signedInAt: number;
  expiresAt: number;
  /** When this very token was made: a refresh changes it. */
  issuedAt: number;
}
