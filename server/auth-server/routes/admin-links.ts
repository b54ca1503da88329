import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { createAccount, mergeMetadata } from '../accounts.ts';
import { requireAdmin } from '../bearer.ts';
import { issueCode, type IssuedCode } from '../codes.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { actionLink, redirectOf } from '../redirects.ts';
import { UsersRepo, type UserRow } from '../users.repo.ts';
import { emailExists, invalid, missing } from '../wire/failure.ts';
import { metadata, readBody, text } from '../wire/input.ts';
import { checkPassword, readEmail } from '../wire/names.ts';
import { describeUser } from '../wire/user.ts';

const invitation = z.object({ email: text, data: metadata });
const link = z.object({
  type: text,
  email: text,
  new_email: text,
  password: text,
  data: metadata,
  redirect_to: text,
});
type LinkWish = z.output<typeof link>;

/** Administrators invite people, or make a link to hand over by other means. */
export function adminLinkRoutes(app: FastifyInstance, context: AuthContext): void {
  app.addHook('onRequest', (request) => requireAdmin(context, request));

  app.post('/invite', async (request) => {
    const given = readBody(request, invitation);
    const email = readEmail(given.email);
    return context.mailer.inTransaction(request, async (client, postbag) => {
      const user = await invited(client, email, given.data);
      const redirectTo = redirectOf(request, context.settings);
      context.limits.countInvitation();
      await postbag.post({ userId: user.id, kind: 'invite', to: email, redirectTo });
      return describeUser(client, await markInvited(client, user));
    });
  });

  app.post('/admin/generate_link', async (request) => {
    const given = readBody(request, link);
    const email = readEmail(given.email);
    return generateLink(context, request, given, email);
  });
}

async function generateLink(context: AuthContext, request: FastifyRequest, given: LinkWish, email: string) {
  const known = await new UsersRepo(context.pool).byEmail(email);
  // A magic link for somebody unknown is an offer to sign up.
  const type = given.type === 'magiclink' && !known ? 'signup' : given.type;
  const needsPassword = given.type === 'signup' && !known;
  if (needsPassword && given.password === '') throw invalid('Signup requires a valid password');
  if (needsPassword) checkPassword(given.password, context.settings.passwordMinLength);
  const passwordHash = needsPassword ? await context.passwords.hash(given.password) : null;
  const redirectTo = redirectOf(request, context.settings, given.redirect_to);
  return inTransaction(context.pool, async (client) => {
    const { user, code } = await prepare(client, context, { ...given, type }, email, passwordHash);
    return {
      ...(await describeUser(client, user)),
      action_link: actionLink(context.baseUrl, code.tokenHash, linkTypeOf(type), redirectTo),
      email_otp: code.otp,
      hashed_token: code.tokenHash,
      redirect_to: redirectTo,
      verification_type: type,
    };
  });
}

async function prepare(
  client: pg.PoolClient,
  context: AuthContext,
  given: LinkWish,
  email: string,
  passwordHash: string | null,
): Promise<{ user: UserRow; code: IssuedCode }> {
  const users = new UsersRepo(client);
  const now = new Date();
  switch (given.type) {
    case 'magiclink':
    case 'recovery': {
      const user = await existing(users, email);
      const code = await issueCode(client, { userId: user.id, kind: 'recovery', sentTo: email });
      return { user: await users.update(user.id, { recovery_sent_at: now }), code };
    }
    case 'invite': {
      const user = await invited(client, email, given.data);
      const code = await issueCode(client, { userId: user.id, kind: 'confirmation', sentTo: email });
      return { user: await markInvited(client, user), code };
    }
    case 'signup': {
      const known = await users.byEmail(email);
      if (known?.email_confirmed_at) throw emailExists();
      const user =
        known ??
        (await createAccount(client, { email, phone: null, passwordHash, userMetadata: given.data }));
      const code = await issueCode(client, { userId: user.id, kind: 'confirmation', sentTo: email });
      const change = {
        confirmation_sent_at: now,
        user_metadata: mergeMetadata(user.user_metadata, given.data),
      };
      return { user: await users.update(user.id, change), code };
    }
    case 'email_change_current':
    case 'email_change_new': {
      const user = await existing(users, email);
      if (given.type === 'email_change_current' && !context.settings.secureEmailChange)
        throw invalid('Enable secure email change to generate link for current email');
      const newEmail = readEmail(given.new_email);
      const taken = await users.byEmail(newEmail);
      if (taken && taken.id !== user.id) throw emailExists();
      const sentTo = given.type === 'email_change_current' ? email : newEmail;
      const code = await issueCode(client, { userId: user.id, kind: given.type, sentTo });
      const change = {
        new_email: newEmail,
        email_change_sent_at: now,
        // Links for both sides of one change are asked for one after the other.
        ...(user.new_email === newEmail ? {} : { new_email_confirmations: 0 }),
      };
      return { user: await users.update(user.id, change), code };
    }
    default:
      throw invalid(`Invalid email action link type requested: ${given.type.slice(0, 40)}`);
  }
}

async function existing(users: UsersRepo, email: string): Promise<UserRow> {
  const user = await users.byEmail(email);
  if (!user) throw missing('user_not_found', 'User with this email not found');
  return user;
}

/** The invited user, made without a password; a person who has confirmed already can't be invited. */
async function invited(
  client: pg.PoolClient,
  email: string,
  data: z.output<typeof metadata>,
): Promise<UserRow> {
  const known = await new UsersRepo(client).byEmail(email);
  if (known?.email_confirmed_at) throw emailExists();
  return known ?? createAccount(client, { email, phone: null, passwordHash: null, userMetadata: data });
}

async function markInvited(client: pg.PoolClient, user: UserRow): Promise<UserRow> {
  const now = new Date();
  return new UsersRepo(client).update(user.id, { invited_at: now, confirmation_sent_at: now });
}

function linkTypeOf(type: string): string {
  return type.startsWith('email_change_') ? 'email_change' : type;
}
