import { createHmac } from 'node:crypto';
import { mergeMetadata, signupMetadata } from './accounts.ts';
import type { AuthContext } from './context.ts';
import type { UserRow, UsersRepo } from './users.repo.ts';
import type { Metadata } from './wire/input.ts';
import { shapeUser } from './wire/user.ts';

/**
 * What the answer to a sign-up with this address would be if nobody had it. A request for an address that is taken, or
 * a second one, is answered with this, so that neither the answer nor a second one says that the address is known: the
 * ids stay the same, the times are those of asking. An account nobody has confirmed is the asker's for all we know: it
 * shows its id.
 */
export async function asIfNew(
  { secrets }: AuthContext,
  users: UsersRepo,
  known: UserRow,
  given: { data: Metadata | null },
) {
  const now = new Date();
  const isOpen = known.email_confirmed_at === null;
  const invented = (what: string) => inventId(secrets.encryptionKey, `${what} ${known.email ?? ''}`);
  const id = isOpen ? known.id : invented('user');
  const identities = await users.identitiesOf([known.id]);
  const metadata = mergeMetadata({}, signupMetadata(id, { email: known.email, phone: null }, given.data));
  const identity = identities.find(({ provider }) => provider === 'email');
  return shapeUser(
    {
      ...known,
      id,
      aud: 'authenticated',
      role: 'authenticated',
      phone: null,
      email_confirmed_at: null,
      phone_confirmed_at: null,
      invited_at: null,
      confirmation_sent_at: now,
      recovery_sent_at: null,
      new_email: null,
      email_change_sent_at: null,
      reauthentication_sent_at: null,
      last_sign_in_at: null,
      app_metadata: { provider: 'email', providers: ['email'] },
      // In the order the database returns: another order of names would reveal an answer that never was a row.
      user_metadata: await users.asStored(metadata),
      is_anonymous: false,
      banned_until: null,
      created_at: now,
      updated_at: now,
    },
    [
      {
        identity_id: isOpen && identity ? identity.identity_id : invented('identity'),
        user_id: id,
        provider: 'email',
        provider_id: id,
        identity_data: { sub: id, email: known.email, email_verified: false, phone_verified: false },
        last_sign_in_at: now,
        created_at: now,
        updated_at: now,
      },
    ],
    [],
  );
}

/** A version 4 UUID that only this installation can make, and always makes the same for the same text. */
function inventId(key: string, text: string): string {
  const bytes = createHmac('sha256', key).update(`nobody's ${text}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
