import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { confirmEmail, confirmPhone, createAccount } from '../accounts.ts';
import { originOf } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { beginFlow, pkceFields, readChallenge } from '../pkce.ts';
import { redirectOf } from '../redirects.ts';
import { answerAtSteps } from '../answer-at-steps.ts';
import { UsersRepo } from '../users.repo.ts';
import { badRequest, invalid, unprocessable } from '../wire/failure.ts';
import { metadata, readBody, text } from '../wire/input.ts';
import { checkPassword, readEmail, readPhone } from '../wire/names.ts';
import { describeUser } from '../wire/user.ts';
import { asIfNew } from '../as-if-new.ts';

const body = z.object({ email: text, phone: text, password: text, data: metadata, ...pkceFields });
type Signup = z.output<typeof body>;

/** `POST /signup`: making an account for oneself, where that is allowed. */
export function signupRoutes(app: FastifyInstance, context: AuthContext): void {
  app.post('/signup', async (request) => {
    context.limits.count('otp', originOf(request).ip);
    const given = readBody(request, body);
    if (given.email === '' && given.phone === '') return signUpAnonymously(context, request, given);
    if (!context.settings.signupEnabled) throw signupDisabled();
    if (given.email !== '' && given.phone !== '')
      throw invalid('Only an email address or phone number should be provided on signup.');
    if (given.password === '') throw invalid('Signup requires a valid password');
    checkPassword(given.password, context.settings.passwordMinLength);
    return given.phone === ''
      ? signUpByEmail(context, request, given)
      : signUpByPhone(context, request, given);
  });
}

const signupDisabled = () => unprocessable('signup_disabled', 'Signups not allowed for this instance');

/** The password is hashed before the address is looked up, so that a known address takes no less time. */
async function signUpByEmail(context: AuthContext, request: FastifyRequest, given: Signup) {
  const email = readEmail(given.email);
  const challenge = readChallenge(given);
  const passwordHash = await context.passwords.hash(given.password);
  if (!context.settings.autoconfirm) context.limits.countMail('confirmation', email);
  const work = context.mailer.inTransaction(request, async (client, postbag) => {
    const users = new UsersRepo(client);
    const known = await users.byEmail(email);
    if (known?.email_confirmed_at) {
      if (context.settings.autoconfirm) throw alreadyRegistered();
      return asIfNew(context, users, known, given);
    }
    // A second request for an unconfirmed address may come from somebody else: nothing of it is taken over.
    const user =
      known ??
      (await createAccount(client, {
        email,
        phone: null,
        passwordHash,
        userMetadata: given.data,
        isSignup: true,
      }));
    if (context.settings.autoconfirm) {
      const confirmed = await confirmEmail(client, user);
      return context.sessions.open(client, confirmed.id, 'password', originOf(request));
    }
    await beginFlow(client, user.id, 'email/signup', challenge);
    await postbag.post({
      userId: user.id,
      kind: 'signup',
      to: email,
      redirectTo: redirectOf(request, context.settings),
      pkce: challenge !== null,
    });
    const asked = await users.update(user.id, { confirmation_sent_at: new Date() });
    return known ? asIfNew(context, users, asked, given) : describeUser(client, asked);
  });
  // Where addresses need no proof, the answer itself says that an address is taken.
  return context.settings.autoconfirm ? work : answerAtSteps(work);
}

async function signUpByPhone(context: AuthContext, request: FastifyRequest, given: Signup) {
  if (!context.settings.phoneEnabled)
    throw badRequest('phone_provider_disabled', 'Phone signups are disabled');
  if (given.code_challenge !== '') throw invalid('PKCE not supported for phone signups');
  const phone = readPhone(given.phone);
  if (!context.settings.autoconfirm)
    throw unprocessable('sms_send_failed', 'Error sending confirmation sms: no SMS provider is configured');
  const passwordHash = await context.passwords.hash(given.password);
  return inTransaction(context.pool, async (client) => {
    const known = await new UsersRepo(client).byPhone(phone);
    if (known?.phone_confirmed_at) throw alreadyRegistered();
    const user =
      known ??
      (await createAccount(client, {
        email: null,
        phone,
        passwordHash,
        userMetadata: given.data,
        isSignup: true,
      }));
    await confirmPhone(client, user);
    return context.sessions.open(client, user.id, 'password', originOf(request));
  });
}

async function signUpAnonymously(context: AuthContext, request: FastifyRequest, given: Signup) {
  if (!context.settings.anonymousEnabled)
    throw unprocessable('anonymous_provider_disabled', 'Anonymous sign-ins are disabled');
  if (!context.settings.signupEnabled) throw signupDisabled();
  return inTransaction(context.pool, async (client) => {
    const user = await createAccount(client, {
      email: null,
      phone: null,
      passwordHash: null,
      userMetadata: given.data,
    });
    return context.sessions.open(client, user.id, 'anonymous', originOf(request));
  });
}

const alreadyRegistered = () => unprocessable('user_already_exists', 'User already registered');
