import { hash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { Problem } from '../ground/problem.ts';
import type { JwksCache } from './jwks-cache.ts';

/** The content of a verified token. */
export interface TokenClaims {
  userId: string;
  email: string;
  /** The `jti` claim, else Supabase's `session_id`. */
  sessionKey: string;
  /** Supabase's `session_id`; null for a token that names none. */
  authSessionId: string | null;
  /** `app_metadata.tenant_id`, or null. Never read from `user_metadata`, which users write themselves. */
  tenantClaim: string | null;
  assurance: 'aal1' | 'aal2';
  /** Seconds since the epoch. */
  signedInAt: number;
  issuedAt: number;
  /** When the session last proved that its user reads the mailbox, in seconds since the epoch; null if never. */
  mailboxAt: number | null;
  expiresAt: number;
}

interface Verified {
  claims: TokenClaims;
  until: number;
}

/** A verified token is believed for a minute without checking its signature again; its session is checked always. */
const believedMs = 60_000;
const longestToken = 8192;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Tokens verified lately, by their SHA-256: the token itself is not kept. */
export class VerifiedTokens {
  readonly #keys: JwksCache;
  readonly #tokens: LRUCache<string, Verified>;
  /** Rises when the keys change: what was checked with the old ones is not remembered. */
  #epoch = 0;

  constructor(keys: JwksCache, max = 20_000) {
    this.#keys = keys;
    this.#tokens = new LRUCache({ max });
  }

  /**
   * The claims of a token; synchronous when it was verified within the last minute.
   * @throws UNAUTHENTICATED or UNAVAILABLE, as JwksCache.verifyJWT does.
   */
  claimsOf(token: string | undefined): TokenClaims | Promise<TokenClaims> {
    if (!token) throw new Problem('UNAUTHENTICATED', 'session.none');
    if (token.length > longestToken) throw new Problem('UNAUTHENTICATED', 'session.not_valid');
    const key = hash('sha256', token, 'base64');
    const verified = this.#tokens.get(key);
    if (verified && verified.until > Date.now() && this.#keys.ready) return verified.claims;
    return this.#verify(token, key);
  }

  /** Called when the signing keys change. */
  clear(): void {
    this.#epoch += 1;
    this.#tokens.clear();
  }

  async #verify(token: string, key: string): Promise<TokenClaims> {
    const epoch = this.#epoch;
    const claims = claimsFrom(await this.#keys.verifyJWT(token));
    if (epoch !== this.#epoch) return claims;
    this.#tokens.set(key, { claims, until: Math.min(Date.now() + believedMs, claims.expiresAt * 1000) });
    return claims;
  }
}

function claimsFrom(payload: JWTPayload): TokenClaims {
  const { sub, exp = 0, iat = 0, jti, email, session_id: session, app_metadata: metadata, aal } = payload;
  const sessionKey = typeof jti === 'string' && jti !== '' ? jti : session;
  if (typeof sub !== 'string' || !uuid.test(sub) || typeof sessionKey !== 'string' || !isKey(sessionKey)) {
    throw new Problem('UNAUTHENTICATED', 'session.not_valid_any_more');
  }
  const methods = methodsOf(payload);
  const tenant = (metadata as { tenant_id?: unknown } | undefined)?.tenant_id;
  return {
    userId: sub.toLowerCase(),
    email: typeof email === 'string' ? email : '',
    sessionKey,
    authSessionId: typeof session === 'string' && uuid.test(session) ? session.toLowerCase() : null,
    tenantClaim: typeof tenant === 'string' && tenant !== '' ? tenant : null,
    assurance: aal === 'aal2' ? 'aal2' : 'aal1',
    signedInAt: latest(methods) ?? iat,
    issuedAt: iat,
    mailboxAt: latest(methods.filter(({ method }) => byMail.has(method))) ?? null,
    expiresAt: exp,
  };
}

function isKey(text: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(text);
}

interface Method {
  method: string;
  timestamp: number;
}

/** Methods of Supabase Auth that only the reader of the mailbox can use: codes and links of its mails. */
const byMail = new Set(['otp', 'magiclink', 'recovery', 'invite', 'email/signup']);

/** How and when the session was authenticated. */
function methodsOf(payload: JWTPayload): Method[] {
  const { amr } = payload as { amr?: unknown };
  if (!Array.isArray(amr)) return [];
  return amr.flatMap((entry: unknown) => {
    const { method, timestamp } = (entry ?? {}) as { method?: unknown; timestamp?: unknown };
    return typeof timestamp === 'number'
      ? [{ method: typeof method === 'string' ? method : '', timestamp }]
      : [];
  });
}

/** The time of the latest authentication; a refresh changes `iat` but not this. */
function latest(methods: readonly Method[]): number | undefined {
  return methods.length > 0 ? Math.max(...methods.map(({ timestamp }) => timestamp)) : undefined;
}
