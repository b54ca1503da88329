import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { confirmEmail, confirmPhone, createAccount, mergeMetadata, setEmail, setPhone } from '../accounts.ts';
import { requireAdmin } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { isKnownHash } from '../passwords.ts';
import { SessionsRepo } from '../sessions.repo.ts';
import { readBan } from '../wire/duration.ts';
import { UsersRepo, type UserChange, type UserRow } from '../users.repo.ts';
import { emailExists, invalid, missing, phoneExists, unprocessable } from '../wire/failure.ts';
import { flag, isUuid, metadata, readBody, readId, text } from '../wire/input.ts';
import { checkPassword, readEmail, readPhone } from '../wire/names.ts';
import { describeUser } from '../wire/user.ts';

const attributes = z.object({
  id: text,
  role: text,
  email: text,
  phone: text,
  password: text,
  password_hash: text,
  email_confirm: flag,
  phone_confirm: flag,
  app_metadata: metadata,
  user_metadata: metadata,
  ban_duration: text,
});
type Attributes = z.output<typeof attributes>;

/** Administrators make, read and change users. */
export function adminUserRoutes(app: FastifyInstance, context: AuthContext): void {
  app.addHook('onRequest', (request) => requireAdmin(context, request));

  app.post('/admin/users', async (request) => create(context, readBody(request, attributes)));
  app.get('/admin/users/:id', async (request) => {
    return describeUser(context.pool, await findUser(context, request));
  });
  app.put('/admin/users/:id', async (request) => {
    const user = await findUser(context, request);
    return update(context, user, readBody(request, attributes));
  });
}

/** @throws AuthFailure 400 validation_failed, 404 user_not_found. */
export async function findUser(context: AuthContext, request: FastifyRequest): Promise<UserRow> {
  const user = await new UsersRepo(context.pool).byId(readId(request, 'id', 'user_id must be an UUID'));
  if (!user) throw missing('user_not_found', 'User not found');
  return user;
}

async function create(context: AuthContext, given: Attributes) {
  if (given.email === '' && given.phone === '')
    throw invalid('Cannot create a user without either an email or phone');
  if (given.id !== '' && (!isUuid(given.id) || /^[0-]+$/.test(given.id)))
    throw invalid('ID must conform to the uuid v4 format');
  const email = given.email === '' ? null : readEmail(given.email);
  const phone = given.phone === '' ? null : readPhone(given.phone);
  const ban = readBan(given.ban_duration);
  const users = new UsersRepo(context.pool);
  if (email && (await users.byEmail(email))) throw emailExists();
  if (phone && (await users.byPhone(phone)))
    throw unprocessable('phone_exists', 'Phone number already registered by another user');
  if (given.id !== '' && (await users.byId(given.id.toLowerCase())))
    throw unprocessable('user_already_exists', 'A user with this ID already exists');
  // Supabase Auth accepts any first password from an administrator, but checks later ones.
  const passwordHash = await hashGiven(context, given, 0);
  return inTransaction(context.pool, async (client) => {
    let user = await createAccount(client, {
      ...(given.id === '' ? {} : { id: given.id.toLowerCase() }),
      role: given.role,
      email,
      phone,
      passwordHash,
      appMetadata: given.app_metadata,
      userMetadata: given.user_metadata,
    });
    if (given.email_confirm) user = await confirmEmail(client, user);
    if (given.phone_confirm) user = await confirmPhone(client, user);
    if (ban !== undefined) user = await new UsersRepo(client).update(user.id, { banned_until: ban });
    return describeUser(client, user);
  });
}

async function update(context: AuthContext, before: UserRow, given: Attributes) {
  const email = given.email === '' ? null : readEmail(given.email);
  const phone = given.phone === '' ? null : readPhone(given.phone);
  const ban = readBan(given.ban_duration);
  const pooled = new UsersRepo(context.pool);
  const sameEmail = email ? await pooled.byEmail(email) : null;
  if (sameEmail && sameEmail.id !== before.id) throw emailExists();
  const samePhone = phone ? await pooled.byPhone(phone) : null;
  if (samePhone && samePhone.id !== before.id) throw phoneExists();
  const passwordHash = await hashGiven(context, given, context.settings.passwordMinLength);
  return inTransaction(context.pool, async (client) => {
    const users = new UsersRepo(client);
    let user = await users.byIdForUpdate(before.id);
    if (!user) throw missing('user_not_found', 'User not found');
    if (email && email !== user.email) user = await setEmail(client, user, email);
    if (phone && phone !== user.phone) user = await setPhone(client, user, phone);
    if (given.email_confirm) user = await confirmEmail(client, user);
    if (given.phone_confirm) user = await confirmPhone(client, user);
    const change: UserChange = {
      app_metadata: mergeMetadata(user.app_metadata, given.app_metadata),
      user_metadata: mergeMetadata(user.user_metadata, given.user_metadata),
      ...(given.role === '' ? {} : { role: given.role }),
      ...(ban === undefined ? {} : { banned_until: ban }),
      ...(passwordHash === null ? {} : { password_hash: passwordHash }),
    };
    user = await users.update(user.id, change);
    if (passwordHash !== null) await new SessionsRepo(client).removeAllOf(user.id);
    return describeUser(client, user);
  });
}

async function hashGiven(context: AuthContext, given: Attributes, minLength: number): Promise<string | null> {
  if (given.password !== '' && given.password_hash !== '')
    throw invalid('Only a password or a password hash should be provided');
  if (given.password_hash !== '') {
    if (!isKnownHash(given.password_hash))
      throw invalid('Invalid password hash: only Argon2i and Argon2id hashes in the PHC form are accepted');
    return given.password_hash;
  }
  if (given.password === '') return null;
  checkPassword(given.password, minLength);
  return context.passwords.hash(given.password);
}
