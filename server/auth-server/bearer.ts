import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Claims } from './access-tokens.ts';
import type { AuthContext } from './context.ts';
import { opaqueApiKeys } from './keys.ts';
import { SessionsRepo, type SessionRow } from './sessions.repo.ts';
import { isBanned, type Origin } from './sessions.ts';
import { UsersRepo, type UserRow } from './users.repo.ts';
import { AuthFailure, badRequest, forbidden } from './wire/failure.ts';
import { isUuid } from './wire/input.ts';

const ADMIN_ROLES = new Set(['service_role', 'supabase_admin']);

export interface SignedIn {
  user: UserRow;
  /** null for a token that names no session: only the holder of the signing secret can have made it. */
  session: SessionRow | null;
  /** Whether the token says for whom it is; `GET /user` wants that. */
  hasAudience: boolean;
}

/**
 * The user and the session the bearer token speaks for.
 *
 * @throws AuthFailure 401 no_authorization; 403 bad_jwt, user_not_found, session_not_found, user_banned; 400 bad_jwt.
 */
export async function requireUser(context: AuthContext, request: FastifyRequest): Promise<SignedIn> {
  const claims = await readClaims(context, request);
  if (claims.sub === '') throw forbidden('bad_jwt', 'invalid claim: missing sub claim');
  if (!isUuid(claims.sub)) throw badRequest('bad_jwt', 'invalid claim: sub claim must be a UUID');
  const user = await new UsersRepo(context.pool).byId(claims.sub);
  if (!user || user.deleted_at)
    throw forbidden('user_not_found', 'User from sub claim in JWT does not exist');
  const session = isUuid(claims.session_id)
    ? await new SessionsRepo(context.pool).byId(claims.session_id)
    : null;
  if (claims.session_id !== '' && session?.user_id !== user.id) throw noSuchSession();
  if (isBanned(user)) throw forbidden('user_banned', 'User is banned');
  return { user, session, hasAudience: claims.aud.length > 0 };
}

/** @throws AuthFailure as `requireUser`, and 403 session_not_found for a token that names no session. */
export async function requireSession(
  context: AuthContext,
  request: FastifyRequest,
): Promise<{ user: UserRow; session: SessionRow }> {
  const { user, session } = await requireUser(context, request);
  if (!session) throw noSuchSession();
  return { user, session };
}

const noSuchSession = () =>
  forbidden('session_not_found', 'Session from session_id claim in JWT does not exist');

/** @throws AuthFailure 401 no_authorization; 403 bad_jwt, not_admin. */
export async function requireAdmin(context: AuthContext, request: FastifyRequest): Promise<void> {
  const claims = await readClaims(context, request);
  if (!ADMIN_ROLES.has(claims.role)) throw forbidden('not_admin', 'User not allowed');
}

/** Where the request came from, as far as it says. */
export function originOf(request: FastifyRequest): Origin {
  const ip = request.ip.startsWith('::ffff:') ? request.ip.slice(7) : request.ip;
  return { ip, userAgent: request.headers['user-agent'] ?? '' };
}

async function readClaims(context: AuthContext, request: FastifyRequest): Promise<Claims> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!token) throw new AuthFailure(401, 'no_authorization', 'This endpoint requires a valid Bearer token');
  return apiKeyClaims(context, token) ?? context.tokens.verify(token);
}

/** The hosted platform turns API keys that are not JWTs into JWTs before Supabase Auth sees them; so do we. */
function apiKeyClaims({ secrets }: AuthContext, token: string): Claims | null {
  const opaque = opaqueApiKeys(secrets);
  const claimsOf = (role: string): Claims => ({ sub: '', role, session_id: '', aal: '', aud: '' });
  if (isSame(token, secrets.serviceRoleKey) || isSame(token, opaque.secret)) return claimsOf('service_role');
  if (isSame(token, secrets.anonKey) || isSame(token, opaque.publishable)) return claimsOf('anon');
  return null;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
