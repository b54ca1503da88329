import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { originOf } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { isOurs } from '../passwords.ts';
import { redeemAuthCode } from '../pkce.ts';
import { hasTokenForm } from '../refresh-tokens.ts';
import { isBanned, type TokenAnswer } from '../sessions.ts';
import { UsersRepo, type UserRow } from '../users.repo.ts';
import { badRequest, invalid, invalidCredentials, unprocessable } from '../wire/failure.ts';
import { readBody, readQuery, text } from '../wire/input.ts';

const passwordGrant = z.object({ email: text, phone: text, password: text });
const pkceGrant = z.object({ auth_code: text, code_verifier: text });
const idTokenGrant = z.object({ provider: text });
const refreshGrant = z.object({ refresh_token: text });

/** `POST /token`: everything that ends in a pair of tokens. */
export function tokenRoutes(app: FastifyInstance, context: AuthContext): void {
  app.post('/token', async (request): Promise<TokenAnswer> => {
    const { ip } = originOf(request);
    switch (readQuery(request, 'grant_type')) {
      case 'password':
        context.limits.count('token', ip);
        return signInWithPassword(context, request);
      case 'refresh_token':
        context.limits.count('refresh', ip);
        return refresh(context, request);
      case 'pkce':
        context.limits.count('token', ip);
        return exchangeCode(context, request);
      case 'id_token':
        throw providerDisabled(readBody(request, idTokenGrant).provider);
      case 'web3':
        throw unprocessable('web3_provider_disabled', 'Web3 provider is disabled');
      default:
        throw badRequest('invalid_credentials', 'unsupported_grant_type');
    }
  });
}

const issuers: Record<string, string> = {
  google: 'https://accounts.google.com',
  apple: 'https://appleid.apple.com',
  facebook: 'https://www.facebook.com',
};

function providerDisabled(provider: string) {
  const issuer = Object.hasOwn(issuers, provider) ? issuers[provider] : undefined;
  const name = issuer ? ` (issuer "${issuer}")` : '';
  return badRequest('provider_disabled', `Provider${name} is not enabled`);
}

/** The answer, and the time it takes, are the same for a wrong password and for an address nobody has. */
async function signInWithPassword(context: AuthContext, request: FastifyRequest): Promise<TokenAnswer> {
  const body = readBody(request, passwordGrant);
  if (body.email !== '' && body.phone !== '')
    throw invalid('Only an email address or phone number should be provided on login.');
  if (body.email === '' && body.phone === '') throw invalid('missing email or phone');
  if (body.phone !== '' && !context.settings.phoneEnabled)
    throw unprocessable('phone_provider_disabled', 'Phone logins are disabled');
  const user = await findByName(context, body);
  const matches = await context.passwords.verify(body.password, user?.password_hash ?? null);
  if (!user || !matches) throw invalidCredentials();
  if (isBanned(user)) throw badRequest('user_banned', 'User is banned');
  if (body.email !== '' && !user.email_confirmed_at)
    throw badRequest('email_not_confirmed', 'Email not confirmed');
  if (body.phone !== '' && !user.phone_confirmed_at)
    throw badRequest('phone_not_confirmed', 'Phone not confirmed');
  const replaced =
    user.password_hash === null || isOurs(user.password_hash)
      ? undefined
      : await context.passwords.hash(body.password);
  return inTransaction(context.pool, async (client) => {
    if (replaced !== undefined) await new UsersRepo(client).update(user.id, { password_hash: replaced });
    return context.sessions.open(client, user.id, 'password', originOf(request));
  });
}

async function findByName(
  context: AuthContext,
  name: { email: string; phone: string },
): Promise<UserRow | null> {
  const users = new UsersRepo(context.pool);
  if (name.email !== '') return users.byEmail(name.email.trim().toLowerCase());
  return users.byPhone(name.phone.trim().replace(/^\+/, ''));
}

async function refresh(context: AuthContext, request: FastifyRequest): Promise<TokenAnswer> {
  const { refresh_token: refreshToken } = readBody(request, refreshGrant);
  if (refreshToken === '') throw invalid('refresh_token required');
  if (!hasTokenForm(refreshToken)) throw invalid('Refresh token is not valid');
  return context.sessions.refresh(refreshToken);
}

async function exchangeCode(context: AuthContext, request: FastifyRequest): Promise<TokenAnswer> {
  const { auth_code: authCode, code_verifier: verifier } = readBody(request, pkceGrant);
  if (authCode === '' || verifier === '')
    throw invalid('invalid request: both auth code and code verifier should be non-empty');
  return inTransaction(context.pool, async (client) => {
    const flow = await redeemAuthCode(client, authCode, verifier);
    const user = await new UsersRepo(client).byId(flow.user_id);
    if (user && isBanned(user)) throw badRequest('user_banned', 'User is banned');
    return context.sessions.open(client, flow.user_id, flow.authentication_method, originOf(request));
  });
}
