import type { Connection } from '../database.ts';
import { FactorsRepo, type FactorRow } from '../factors.repo.ts';
import { UsersRepo, type IdentityRow, type UserRow } from '../users.repo.ts';

/** The user as clients know it: empty times and lists of factors are left out, an empty address is `""`. */
export function shapeUser(user: UserRow, identities: IdentityRow[], factors: FactorRow[]) {
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? '',
    ...time('email_confirmed_at', user.email_confirmed_at),
    ...time('invited_at', user.invited_at),
    phone: user.phone ?? '',
    ...time('phone_confirmed_at', user.phone_confirmed_at),
    ...time('confirmation_sent_at', user.confirmation_sent_at),
    ...time('confirmed_at', earlier(user.email_confirmed_at, user.phone_confirmed_at)),
    ...time('recovery_sent_at', user.recovery_sent_at),
    ...(user.new_email ? { new_email: user.new_email } : {}),
    ...time('email_change_sent_at', user.email_change_sent_at),
    ...time('reauthentication_sent_at', user.reauthentication_sent_at),
    ...time('last_sign_in_at', user.last_sign_in_at),
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    ...(factors.length > 0 ? { factors: factors.map(shapeFactor) } : {}),
    identities: identities.map(shapeIdentity),
    created_at: user.created_at.toISOString(),
    updated_at: user.updated_at.toISOString(),
    ...time('banned_until', user.banned_until),
    ...time('deleted_at', user.deleted_at),
    is_anonymous: user.is_anonymous,
  };
}

export type WireUser = ReturnType<typeof shapeUser>;

/** A factor without its secret. */
export function shapeFactor(factor: FactorRow) {
  return {
    id: factor.id,
    created_at: factor.created_at.toISOString(),
    updated_at: factor.updated_at.toISOString(),
    status: factor.status,
    ...(factor.friendly_name ? { friendly_name: factor.friendly_name } : {}),
    factor_type: factor.factor_type,
    ...time('last_challenged_at', factor.last_challenged_at),
  };
}

/** Reads identities and factors of these users in two queries, and shapes them in the order given. */
export async function describeUsers(db: Connection, users: UserRow[]): Promise<WireUser[]> {
  const ids = users.map((user) => user.id);
  const identities = await new UsersRepo(db).identitiesOf(ids);
  const factors = await new FactorsRepo(db).ofUsers(ids);
  return users.map((user) =>
    shapeUser(
      user,
      identities.filter((identity) => identity.user_id === user.id),
      factors.filter((factor) => factor.user_id === user.id),
    ),
  );
}

export async function describeUser(db: Connection, user: UserRow): Promise<WireUser> {
  const [shaped] = await describeUsers(db, [user]);
  if (!shaped) throw new Error('A user was not described.');
  return shaped;
}

function shapeIdentity(identity: IdentityRow) {
  const email = identity.identity_data['email'];
  return {
    identity_id: identity.identity_id,
    id: identity.provider_id,
    user_id: identity.user_id,
    identity_data: identity.identity_data,
    provider: identity.provider,
    ...time('last_sign_in_at', identity.last_sign_in_at),
    created_at: identity.created_at.toISOString(),
    updated_at: identity.updated_at.toISOString(),
    ...(typeof email === 'string' ? { email } : {}),
  };
}

function time<Name extends string>(name: Name, value: Date | null): Partial<Record<Name, string>> {
  const shaped: Partial<Record<Name, string>> = {};
  if (value) shaped[name] = value.toISOString();
  return shaped;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}
