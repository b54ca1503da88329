import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { originOf } from '../bearer.ts';
import { hashesOf, PKCE_PREFIX } from '../codes.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { issueAuthCode } from '../pkce.ts';
import { redirectOf, withParameters } from '../redirects.ts';
import { kindsOfType, proveCode } from '../verification.ts';
import { AuthFailure, badRequest, forbidden, invalid } from '../wire/failure.ts';
import { readBody, readQuery, text } from '../wire/input.ts';
import { readEmail, readPhone } from '../wire/names.ts';

const HALF_CONFIRMED = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';
const INVALID_LINK = 'Email link is invalid or has expired';
const INVALID_CODE = 'Token has expired or is invalid';

const body = z.object({ type: text, email: text, phone: text, token: text, token_hash: text });

/** The OAuth 2 name of a refusal, by its status. */
const oauthErrors: Record<number, string> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

/** Which flows a link of this type may complete. */
const flowMethods: Record<string, string[]> = {
  signup: ['email/signup', 'otp'],
  invite: ['invite'],
  recovery: ['recovery'],
  magiclink: ['magiclink', 'otp'],
  email_change: ['email_change'],
};

/** Proving that one reads the mail of an address: by typing the code, or by following the link. */
export function verifyRoutes(app: FastifyInstance, context: AuthContext): void {
  app.post('/verify', async (request) => {
    context.limits.count('verify', originOf(request).ip);
    return verifyCode(context, request);
  });
  app.get('/verify', async (request, reply) => {
    context.limits.count('verify', originOf(request).ip);
    return followLink(context, request, reply);
  });
}

async function verifyCode(context: AuthContext, request: FastifyRequest) {
  const given = readBody(request, body);
  if (given.type === '') throw invalid('Verify requires a verification type');
  const code = readCode(given);
  return inTransaction(context.pool, async (client) => {
    const words = given.token_hash === '' ? INVALID_CODE : INVALID_LINK;
    const proof = await proveCode(client, context, code, words);
    if (proof.state === 'half') return { msg: HALF_CONFIRMED, code: '200' };
    return context.sessions.open(client, proof.user.id, 'otp', originOf(request));
  });
}

function readCode(given: z.output<typeof body>) {
  if (given.token_hash !== '') {
    if (given.email !== '' || given.phone !== '')
      throw invalid('Only the token_hash and type should be provided');
    return { hashes: [given.token_hash], kinds: kindsOfType(given.type) };
  }
  if (given.token === '') throw invalid('Verify requires a token or a token hash');
  if (given.email !== '' && given.phone !== '')
    throw invalid('Only an email address or phone number should be provided on verify');
  // No text message was ever sent, so no code sent to a phone can be right.
  if (given.phone !== '') {
    readPhone(given.phone);
    throw forbidden('otp_expired', INVALID_CODE);
  }
  const email = readEmail(given.email);
  const token = given.token.replaceAll('-', '').trim();
  return { hashes: hashesOf(email, token), kinds: kindsOfType(given.type), sentTo: email };
}

async function followLink(context: AuthContext, request: FastifyRequest, reply: FastifyReply) {
  const token = readQuery(request, 'token') || readQuery(request, 'token_hash');
  const type = readQuery(request, 'type');
  if (token === '') throw invalid('Verify requires a token or a token hash');
  if (type === '') throw invalid('Verify requires a verification type');
  const target = redirectOf(request, context.settings);
  const pkce = token.startsWith(PKCE_PREFIX);
  try {
    return reply.redirect(await targetOf(context, request, { token, type, pkce, target }), 303);
  } catch (error) {
    if (!(error instanceof AuthFailure)) throw error;
    const parameters = {
      error: oauthErrors[error.status] ?? 'invalid_request',
      error_code: error.code,
      error_description: error.message,
      sb: '',
    };
    const bare = new URL(target);
    bare.search = '';
    return reply.redirect(withParameters(bare.href, parameters, { fragment: true, query: pkce }), 303);
  }
}

async function targetOf(
  context: AuthContext,
  request: FastifyRequest,
  link: { token: string; type: string; pkce: boolean; target: string },
): Promise<string> {
  return inTransaction(context.pool, async (client) => {
    const methods = Object.hasOwn(flowMethods, link.type) ? flowMethods[link.type] : undefined;
    if (!methods) throw badRequest('validation_failed', 'Invalid email verification type');
    const proof = await proveCode(
      client,
      context,
      { hashes: [link.token], kinds: kindsOfType(link.type) },
      INVALID_LINK,
    );
    if (proof.state === 'half')
      return withParameters(
        link.target,
        { message: HALF_CONFIRMED, sb: '' },
        { fragment: true, query: link.pkce },
      );
    if (link.pkce) {
      const code = await issueAuthCode(client, proof.user.id, methods);
      return withParameters(link.target, { code }, { query: true });
    }
    const tokens = await context.sessions.open(client, proof.user.id, 'otp', originOf(request));
    return withParameters(
      link.target,
      {
        access_token: tokens.access_token,
        expires_at: String(tokens.expires_at),
        expires_in: String(tokens.expires_in),
        refresh_token: tokens.refresh_token,
        sb: '',
        token_type: tokens.token_type,
        type: link.type,
      },
      { fragment: true },
    );
  });
}
