import type pg from 'pg';
import { confirmEmail, setEmail } from './accounts.ts';
import { isExpired } from './codes.ts';
import type { AuthContext } from './context.ts';
import { OneTimeTokensRepo, type CodeKind, type OneTimeTokenRow } from './one-time-tokens.repo.ts';
import { isBanned } from './sessions.ts';
import { UsersRepo, type UserRow } from './users.repo.ts';
import { emailExists, forbidden, invalid } from './wire/failure.ts';

/** The code kinds a type given by a client may mean. `email` stands for whichever mail was the last. */
const kindsOf: Record<string, CodeKind[]> = {
  signup: ['confirmation'],
  invite: ['confirmation'],
  recovery: ['recovery'],
  magiclink: ['recovery'],
  email: ['confirmation', 'recovery'],
  email_change: ['email_change_current', 'email_change_new'],
};

/** @throws AuthFailure validation_failed for a type that no mail has. */
export function kindsOfType(type: string): CodeKind[] {
  const kinds = Object.hasOwn(kindsOf, type) ? kindsOf[type] : undefined;
  if (!kinds) throw invalid('Invalid email verification type');
  return kinds;
}

/** The result of proving possession of a code. */
export type Proof =
  | { state: 'proven'; user: UserRow }
  /** One address of a secure e-mail change is confirmed, the other is not yet. */
  | { state: 'half' };

/**
 * Uses up the code with one of these hashes and does what it stands for.
 *
 * @param words what to say about a code that is unknown, used or too old; nothing tells these apart.
 * @throws AuthFailure 403 otp_expired, user_banned.
 */
export async function proveCode(
  client: pg.PoolClient,
  context: AuthContext,
  code: { hashes: string[]; kinds: CodeKind[]; sentTo?: string },
  words: string,
): Promise<Proof> {
  const token = await new OneTimeTokensRepo(client).byHashForUpdate(code.hashes, code.kinds);
  const fits = token && (code.sentTo === undefined || token.sent_to === code.sentTo);
  if (!fits || isExpired(token, context.settings)) throw forbidden('otp_expired', words);
  const user = await new UsersRepo(client).byIdForUpdate(token.user_id);
  if (!user || user.deleted_at) throw forbidden('otp_expired', words);
  if (isBanned(user)) throw forbidden('user_banned', 'User is banned');
  const codes = new OneTimeTokensRepo(client);
  await codes.remove(user.id, token.kind);
  switch (token.kind) {
    case 'confirmation':
    case 'recovery':
      // A signed-in person doesn't need the other codes under way; somebody who finds one later might use it.
      await codes.removeAllOf(user.id);
      return { state: 'proven', user: await confirmEmail(client, user) };
    case 'email_change_current':
    case 'email_change_new':
      return changeEmail(client, context, user, token);
    case 'reauthentication':
      throw forbidden('otp_expired', words);
  }
}

async function changeEmail(
  client: pg.PoolClient,
  context: AuthContext,
  user: UserRow,
  token: OneTimeTokenRow,
): Promise<Proof> {
  const users = new UsersRepo(client);
  if (!user.new_email) throw forbidden('otp_expired', 'Token has expired or is invalid');
  const needsBoth = context.settings.secureEmailChange && user.email !== null;
  if (needsBoth && user.new_email_confirmations === 0) {
    await users.update(user.id, { new_email_confirmations: 1 });
    return { state: 'half' };
  }
  const taken = await users.byEmail(user.new_email);
  if (taken && taken.id !== user.id) throw emailExists();
  const codes = new OneTimeTokensRepo(client);
  await codes.remove(
    user.id,
    token.kind === 'email_change_new' ? 'email_change_current' : 'email_change_new',
  );
  const changed = await setEmail(client, user, user.new_email, {
    new_email: null,
    new_email_confirmations: 0,
    email_change_sent_at: null,
  });
  return { state: 'proven', user: await confirmEmail(client, changed) };
}
