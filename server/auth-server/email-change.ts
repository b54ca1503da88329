import type pg from 'pg';
import type { Postbag } from './mail.ts';
import type { AuthSettings } from './settings.ts';
import { UsersRepo, type UserRow } from './users.repo.ts';

/** Asks the new address, and for a secure change the old one too, to confirm. */
export async function postEmailChange(
  client: pg.PoolClient,
  postbag: Postbag,
  settings: AuthSettings,
  change: { user: UserRow; newEmail: string; redirectTo: string; pkce: boolean },
): Promise<UserRow> {
  const { user, newEmail, redirectTo, pkce } = change;
  const letter = { userId: user.id, kind: 'email_change', redirectTo, pkce } as const;
  await postbag.post({ ...letter, to: newEmail, side: 'new' });
  if (settings.secureEmailChange && user.email !== null)
    await postbag.post({ ...letter, to: user.email, side: 'current' });
  return new UsersRepo(client).update(user.id, {
    new_email: newEmail,
    new_email_confirmations: 0,
    email_change_sent_at: new Date(),
  });
}
