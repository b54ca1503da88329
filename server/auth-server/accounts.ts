import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { UsersRepo, type UserChange, type UserRow } from './users.repo.ts';
import type { Metadata } from './wire/input.ts';

export interface NewAccount {
  id?: string;
  role?: string;
  email: string | null;
  phone: string | null;
  passwordHash: string | null;
  appMetadata?: Metadata | null;
  userMetadata?: Metadata | null;
  /** Whether people made it for themselves: Supabase Auth writes what they said of themselves into `user_metadata`. */
  isSignup?: boolean;
}

/** Makes a user with one identity per name; the caller confirms the names when they need no proof. */
export async function createAccount(client: pg.PoolClient, account: NewAccount): Promise<UserRow> {
  const users = new UsersRepo(client);
  const providers = [...(account.email ? ['email'] : []), ...(account.phone ? ['phone'] : [])];
  const isAnonymous = providers.length === 0;
  const base: Metadata = isAnonymous ? {} : { provider: providers[0], providers };
  const id = account.id ?? randomUUID();
  const user = await users.insert({
    id,
    role: account.role || 'authenticated',
    email: account.email,
    phone: account.phone,
    passwordHash: account.passwordHash,
    appMetadata: mergeMetadata(base, account.appMetadata ?? null),
    userMetadata: mergeMetadata(
      {},
      account.isSignup && !isAnonymous
        ? signupMetadata(id, account, account.userMetadata)
        : (account.userMetadata ?? null),
    ),
    isAnonymous,
  });
  if (user.email) await users.insertIdentity(user.id, 'email', identityOf(user.id, { email: user.email }));
  if (user.phone) await users.insertIdentity(user.id, 'phone', identityOf(user.id, { phone: user.phone }));
  return user;
}

/** What a sign-up leaves in `user_metadata`: the person's own data under the names of the identity. */
export function signupMetadata(
  userId: string,
  names: { email: string | null; phone: string | null },
  data: Metadata | null | undefined,
): Metadata {
  const given = names.email ? { email: names.email } : names.phone ? { phone: names.phone } : {};
  return { ...data, ...identityOf(userId, given) };
}

/** Counts the address as proven, in the user, its `user_metadata` and its identity. */
export async function confirmEmail(client: pg.PoolClient, user: UserRow): Promise<UserRow> {
  const users = new UsersRepo(client);
  await users.mergeIdentity(user.id, 'email', { email_verified: true });
  return users.update(user.id, {
    email_confirmed_at: user.email_confirmed_at ?? new Date(),
    user_metadata: { ...user.user_metadata, email_verified: true },
  });
}

export async function confirmPhone(client: pg.PoolClient, user: UserRow): Promise<UserRow> {
  const users = new UsersRepo(client);
  await users.mergeIdentity(user.id, 'phone', { phone_verified: true });
  return users.update(user.id, { phone_confirmed_at: user.phone_confirmed_at ?? new Date() });
}

/** Gives the user this address, and an e-mail identity if there was none. */
export async function setEmail(
  client: pg.PoolClient,
  user: UserRow,
  email: string,
  change: UserChange = {},
): Promise<UserRow> {
  const users = new UsersRepo(client);
  if (!(await users.mergeIdentity(user.id, 'email', { email })))
    await users.insertIdentity(user.id, 'email', identityOf(user.id, { email }));
  return users.update(user.id, { ...withProvider(user, 'email'), ...change, email });
}

export async function setPhone(client: pg.PoolClient, user: UserRow, phone: string): Promise<UserRow> {
  const users = new UsersRepo(client);
  if (!(await users.mergeIdentity(user.id, 'phone', { phone })))
    await users.insertIdentity(user.id, 'phone', identityOf(user.id, { phone }));
  return users.update(user.id, { ...withProvider(user, 'phone'), phone });
}

/** The given keys replace those of the same name; a null removes its key. */
export function mergeMetadata(before: Metadata, change: Metadata | null): Metadata {
  if (!change) return before;
  const merged = { ...before, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

function withProvider(user: UserRow, provider: 'email' | 'phone'): UserChange {
  const known: unknown = user.app_metadata['providers'];
  const providers = Array.isArray(known) ? known.filter((name) => typeof name === 'string') : [];
  return {
    is_anonymous: false,
    app_metadata: {
      ...user.app_metadata,
      provider: user.app_metadata['provider'] ?? provider,
      providers: providers.includes(provider) ? providers : [...providers, provider],
    },
  };
}

function identityOf(userId: string, names: { email?: string; phone?: string }): Metadata {
  return { sub: userId, ...names, email_verified: false, phone_verified: false };
}
