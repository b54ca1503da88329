import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { confirmEmail, createAccount } from '../accounts.ts';
import { originOf, requireUser } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { postEmailChange } from '../email-change.ts';
import { beginFlow, pkceFields, readChallenge } from '../pkce.ts';
import { redirectOf } from '../redirects.ts';
import { answerAtSteps } from '../answer-at-steps.ts';
import { UsersRepo } from '../users.repo.ts';
import { badRequest, invalid, unprocessable } from '../wire/failure.ts';
import { metadata, readBody, text } from '../wire/input.ts';
import { readEmail, readPhone } from '../wire/names.ts';

const recover = z.object({ email: text, ...pkceFields });
const otp = z.object({
  email: text,
  phone: text,
  channel: text,
  data: metadata,
  create_user: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  ...pkceFields,
});
const resend = z.object({ type: text, email: text, phone: text });

/** Everything that sends a code to an address without a session: recovery, one-time sign-in, sending again. */
export function recoveryRoutes(app: FastifyInstance, context: AuthContext): void {
  const routes: [string, (context: AuthContext, request: FastifyRequest) => Promise<void>][] = [
    ['/recover', sendRecovery],
    ['/otp', sendOtp],
    ['/magiclink', sendOtp],
    ['/resend', sendAgain],
  ];
  for (const [path, send] of routes) {
    app.post(path, async (request) => {
      context.limits.count('otp', originOf(request).ip);
      await answerAtSteps(send(context, request));
      return {};
    });
  }

  app.get('/reauthenticate', async (request) => {
    const { user } = await requireUser(context, request);
    const email = user.email;
    if (!email) throw invalid('Reauthentication requires the user to have an email or a phone number');
    if (!user.email_confirmed_at)
      throw unprocessable('email_not_confirmed', 'Please verify your email first.');
    context.limits.countMail('reauthentication', email);
    await context.mailer.inTransaction(request, async (client, postbag) => {
      await postbag.post({ userId: user.id, kind: 'reauthentication', to: email, redirectTo: '' });
      await new UsersRepo(client).update(user.id, { reauthentication_sent_at: new Date() });
    });
    return {};
  });
}

/** As below, nothing here says whether anyone has the address. */
async function sendRecovery(context: AuthContext, request: FastifyRequest): Promise<void> {
  const given = readBody(request, recover);
  if (given.email === '') throw invalid('Password recovery requires an email');
  const email = readEmail(given.email);
  const challenge = readChallenge(given);
  context.limits.countMail('recovery', email);
  await context.mailer.inTransaction(request, async (client, postbag) => {
    const users = new UsersRepo(client);
    const user = await users.byEmail(email);
    if (!user) return;
    await beginFlow(client, user.id, 'recovery', challenge);
    await postbag.post({
      userId: user.id,
      kind: 'recovery',
      to: email,
      redirectTo: redirectOf(request, context.settings),
      pkce: challenge !== null,
    });
    await users.update(user.id, { recovery_sent_at: new Date() });
  });
}

/**
 * Where no account may be made for an unknown address, nothing is sent and the answer is the same: Supabase Auth tells
 * (`otp_disabled`, `signup_disabled`), and so lets anybody ask who works here.
 */
async function sendOtp(context: AuthContext, request: FastifyRequest): Promise<void> {
  const given = readBody(request, otp);
  if (given.email !== '' && given.phone !== '')
    throw invalid('Only an email address or phone number should be provided');
  if (given.email !== '' && given.channel !== '')
    throw invalid('Channel should only be specified with Phone OTP');
  const challenge = readChallenge(given);
  if (given.phone !== '') {
    readPhone(given.phone);
    throw badRequest('phone_provider_disabled', 'Unsupported phone provider');
  }
  if (given.email === '') throw invalid('One of email or phone must be set');
  const email = readEmail(given.email);
  context.limits.countMail('recovery', email);
  await context.mailer.inTransaction(request, async (client, postbag) => {
    const users = new UsersRepo(client);
    let user = await users.byEmail(email);
    if (!user) {
      if (!given.create_user || !context.settings.signupEnabled) return;
      user = await createAccount(client, {
        email,
        phone: null,
        passwordHash: null,
        userMetadata: given.data,
        isSignup: true,
      });
      if (context.settings.autoconfirm) user = await confirmEmail(client, user);
    }
    const isNew = user.email_confirmed_at === null;
    await beginFlow(client, user.id, isNew ? 'email/signup' : 'magiclink', challenge);
    await postbag.post({
      userId: user.id,
      kind: isNew ? 'signup' : 'magiclink',
      to: email,
      redirectTo: redirectOf(request, context.settings),
      pkce: challenge !== null,
    });
    const now = new Date();
    await users.update(user.id, isNew ? { confirmation_sent_at: now } : { recovery_sent_at: now });
  });
}

async function sendAgain(context: AuthContext, request: FastifyRequest): Promise<void> {
  const given = readBody(request, resend);
  if (!['signup', 'email_change', 'sms', 'phone_change'].includes(given.type))
    throw invalid('Missing one of these types: signup, email_change, sms, phone_change');
  if (given.email === '' && given.type === 'signup') throw invalid('Type provided requires an email address');
  if (given.phone === '' && given.type === 'sms') throw invalid('Type provided requires a phone number');
  if (given.email !== '' && given.phone !== '')
    throw invalid('Only an email address or phone number should be provided.');
  if (given.email === '' && given.phone === '') throw invalid('Missing email address or phone number');
  if (given.phone !== '' && !context.settings.phoneEnabled)
    throw badRequest('phone_provider_disabled', 'Phone logins are disabled');
  // No text message is ever sent; every number is answered as one that nobody has.
  if (given.phone !== '') return void readPhone(given.phone);
  const email = readEmail(given.email);
  context.limits.countMail(given.type === 'signup' ? 'confirmation' : 'email_change', email);
  await context.mailer.inTransaction(request, async (client, postbag) => {
    const users = new UsersRepo(client);
    const user = await users.byEmail(email);
    const redirectTo = redirectOf(request, context.settings);
    if (given.type === 'signup' && user && !user.email_confirmed_at) {
      await postbag.post({ userId: user.id, kind: 'signup', to: email, redirectTo });
      await users.update(user.id, { confirmation_sent_at: new Date() });
    }
    if (given.type === 'email_change' && user?.new_email)
      await postEmailChange(client, postbag, context.settings, {
        user,
        newEmail: user.new_email,
        redirectTo,
        pkce: false,
      });
  });
}
