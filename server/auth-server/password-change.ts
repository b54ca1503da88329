import type pg from 'pg';
import type { SignedIn } from './bearer.ts';
import { hashesOf, isExpired } from './codes.ts';
import type { AuthContext } from './context.ts';
import { OneTimeTokensRepo } from './one-time-tokens.repo.ts';
import { SessionsRepo, type SessionRow } from './sessions.repo.ts';
import { badRequest, unprocessable } from './wire/failure.ts';

const REAUTHENTICATE_AFTER_MS = 24 * 3_600_000;
/** How long the proof of a mailbox lets its session set a password without the current one. */
const MAILBOX_PROOF_LIFE_MS = 3_600_000;
/** The ways of signing in that prove the mailbox: by a code or link that was sent to it. */
const MAILBOX_METHODS = new Set(['otp', 'magiclink', 'recovery', 'invite', 'email/signup']);

type Caller = Pick<SignedIn, 'user' | 'session'>;

interface Wish {
  password: string;
  current_password: string;
  nonce: string;
}

/**
 * The hash of the new password, once it is clear that its owner asks: a session alone is not enough, for it may be
 * stolen. The owner knows the current password, or reads the mail: just now (the session was opened by a code or link,
 * as after a forgotten password), or by the nonce of `GET /reauthenticate`, which `useNonce` checks.
 *
 * @throws AuthFailure 400 reauthentication_needed, current_password_required, current_password_invalid; 422 same_password.
 */
export async function newPasswordHash(
  context: AuthContext,
  { user, session }: Caller,
  wish: Wish,
): Promise<string> {
  const { passwords } = context;
  if (wish.nonce === '') {
    if (mustReauthenticate(context, session))
      throw badRequest('reauthentication_needed', 'Password update requires reauthentication');
    if (wish.current_password === '' && (await mustKnowCurrent(context, { user, session })))
      throw badRequest('current_password_required', 'Current password required when setting new password.');
  }
  if (user.password_hash !== null) {
    if (wish.current_password !== '' && !(await passwords.verify(wish.current_password, user.password_hash)))
      throw badRequest('current_password_invalid', 'Current password is not correct.');
    if (await passwords.verify(wish.password, user.password_hash))
      throw unprocessable('same_password', 'New password should be different from the old password.');
  }
  return passwords.hash(wish.password);
}

/**
 * Checks the nonce that was mailed by `GET /reauthenticate`, where the change rests on it; the change uses it up.
 *
 * @throws AuthFailure 422 reauthentication_not_valid.
 */
export async function useNonce(
  client: pg.PoolClient,
  context: AuthContext,
  { user, session }: Caller,
  wish: Pick<Wish, 'current_password' | 'nonce'>,
): Promise<void> {
  const restsOnIt =
    mustReauthenticate(context, session) ||
    (wish.current_password === '' && (await mustKnowCurrent(context, { user, session })));
  if (!restsOnIt) return;
  const hashes = hashesOf(user.email ?? '', wish.nonce.trim());
  const token = await new OneTimeTokensRepo(client).byHashForUpdate(hashes, ['reauthentication']);
  if (token?.user_id === user.id && !isExpired(token, context.settings)) return;
  throw unprocessable('reauthentication_not_valid', 'Verification failed. Nonce has expired or is invalid');
}

function mustReauthenticate({ settings }: AuthContext, session: SessionRow | null): boolean {
  if (!settings.reauthenticateForPassword) return false;
  return session === null || Date.now() - session.created_at.getTime() > REAUTHENTICATE_AFTER_MS;
}

async function mustKnowCurrent(context: AuthContext, { user, session }: Caller): Promise<boolean> {
  if (!context.settings.currentPasswordForPassword || user.password_hash === null) return false;
  if (!session) return true;
  const methods = await new SessionsRepo(context.pool).methodsOf(session.id);
  return !methods.some(
    ({ method, used_at }) =>
      MAILBOX_METHODS.has(method) && Date.now() - used_at.getTime() < MAILBOX_PROOF_LIFE_MS,
  );
}
