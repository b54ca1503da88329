import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { confirmEmail, confirmPhone, mergeMetadata, setEmail, setPhone } from '../accounts.ts';
import { originOf, requireUser, type SignedIn } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { postEmailChange } from '../email-change.ts';
import { FactorsRepo } from '../factors.repo.ts';
import { OneTimeTokensRepo } from '../one-time-tokens.repo.ts';
import { newPasswordHash, useNonce } from '../password-change.ts';
import { beginFlow, pkceFields, readChallenge } from '../pkce.ts';
import { redirectOf } from '../redirects.ts';
import { SessionsRepo } from '../sessions.repo.ts';
import { UsersRepo, type UserRow } from '../users.repo.ts';
import {
  AuthFailure,
  badRequest,
  emailExists,
  forbidden,
  phoneExists,
  unprocessable,
} from '../wire/failure.ts';
import { metadata, readBody, text } from '../wire/input.ts';
import { checkPassword, readEmail, readPhone } from '../wire/names.ts';
import { describeUser } from '../wire/user.ts';

const body = z.object({
  email: text,
  phone: text,
  password: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  current_password: text,
  nonce: text,
  data: metadata,
  app_metadata: metadata,
  ...pkceFields,
});
type Update = z.output<typeof body>;
type Caller = Pick<SignedIn, 'user' | 'session'>;

/** `PUT /user`: people change what is theirs. */
export function userUpdateRoutes(app: FastifyInstance, context: AuthContext): void {
  app.put('/user', async (request) => {
    context.limits.count('user', originOf(request).ip);
    const signedIn = await requireUser(context, request);
    return update(context, request, signedIn, readBody(request, body));
  });
}

async function update(
  context: AuthContext,
  request: FastifyRequest,
  { user, session }: Caller,
  given: Update,
) {
  const { settings } = context;
  const email = given.email === '' ? null : readEmail(given.email);
  const phone = given.phone === '' ? null : readPhone(given.phone);
  const newEmail = email !== user.email ? email : null;
  const newPhone = phone !== user.phone ? phone : null;
  const challenge = readChallenge(given);
  if (given.password !== null) checkPassword(given.password, settings.passwordMinLength);
  if (given.app_metadata) throw forbidden('not_admin', 'Updating app_metadata requires admin privileges');
  if (given.password !== null || newEmail || newPhone) await requireStrongSession(context, { user, session });
  if (user.is_anonymous && given.password !== null && !newEmail && !newPhone)
    throw unprocessable(
      'validation_failed',
      'Updating password of an anonymous user without an email or phone is not allowed',
    );
  const users = new UsersRepo(context.pool);
  if (newEmail && (await users.byEmail(newEmail))) throw emailExists();
  if (newPhone && (await users.byPhone(newPhone))) throw phoneExists();
  if (newPhone && !(settings.phoneEnabled && settings.autoconfirm))
    throw badRequest('phone_provider_disabled', 'Unsupported phone provider');
  const passwordHash =
    given.password === null
      ? null
      : await newPasswordHash(context, { user, session }, { ...given, password: given.password });
  const confirmsAtOnce = newEmail !== null && user.is_anonymous && settings.autoconfirm;
  if (newEmail && !confirmsAtOnce) context.limits.countMail('email_change', newEmail);

  return context.mailer.inTransaction(request, async (client, postbag) => {
    let changed = await lock(client, user.id);
    if (passwordHash !== null) {
      await useNonce(client, context, { user: changed, session }, given);
      await new OneTimeTokensRepo(client).removeAllOf(user.id);
      const sessions = new SessionsRepo(client);
      await (session ? sessions.removeOthersOf(user.id, session.id) : sessions.removeAllOf(user.id));
      changed = await new UsersRepo(client).update(user.id, { password_hash: passwordHash });
    }
    if (given.data)
      changed = await new UsersRepo(client).update(user.id, {
        user_metadata: mergeMetadata(changed.user_metadata, given.data),
      });
    if (newPhone) changed = await confirmPhone(client, await setPhone(client, changed, newPhone));
    if (newEmail && confirmsAtOnce)
      changed = await confirmEmail(client, await setEmail(client, changed, newEmail));
    if (newEmail && !confirmsAtOnce) {
      await beginFlow(client, user.id, 'email_change', challenge);
      changed = await postEmailChange(client, postbag, settings, {
        user: changed,
        newEmail,
        redirectTo: redirectOf(request, settings),
        pkce: challenge !== null,
      });
    }
    return describeUser(client, changed);
  });
}

async function lock(client: pg.PoolClient, userId: string): Promise<UserRow> {
  const user = await new UsersRepo(client).byIdForUpdate(userId);
  if (!user) throw forbidden('user_not_found', 'User from sub claim in JWT does not exist');
  return user;
}

async function requireStrongSession(context: AuthContext, { user, session }: Caller): Promise<void> {
  const factors = await new FactorsRepo(context.pool).ofUser(user.id);
  if (session?.aal === 'aal2' || !factors.some((factor) => factor.status === 'verified')) return;
  throw new AuthFailure(
    401,
    'insufficient_aal',
    'AAL2 session is required to update email or password when MFA is enabled.',
  );
}
