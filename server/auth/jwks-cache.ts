import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { Problem } from '../ground/problem.ts';
import { fetchKeySet } from './key-set.ts';

export interface JwksCacheOptions {
  /** Address of the key set. */
  url: string;
  issuer: string;
  audience: string;
  /** Only for projects that still sign with a shared secret. */
  legacySecret?: string | undefined;
  /** Milliseconds between two refreshes in the background. */
  refreshMs?: number;
  /** A key set older than this is trusted no more. */
  maxAgeMs?: number;
  /** At most one fetch for unknown keys in this time. */
  cooldownMs?: number;
  timeoutMs?: number;
  /** A request waits for a fetch at most this long. */
  patienceMs?: number;
  /** Called when the set of keys has changed: verified tokens are to be forgotten. */
  onKeysChanged?: () => void;
  /** Called once when the auth server's own tokens name another issuer than the one that is expected. */
  onWrongIssuer?: (found: string) => void;
  onError?: (error: unknown) => void;
}

const defaults = {
  refreshMs: 600_000,
  maxAgeMs: 3_600_000,
  cooldownMs: 30_000,
  timeoutMs: 5000,
  patienceMs: 1000,
};
/** After a fetch that failed the next one in the background comes this soon. Milliseconds. */
const soon = { withoutKeys: 5000, withKeys: 60_000 };
/** Seconds a clock may be off. */
const clockTolerance = 30;

function unauthenticated(
  reason: `session.${'none' | 'token_expired' | 'not_valid_any_more'}` = 'session.none',
) {
  return new Problem('UNAUTHENTICATED', reason);
}

function unavailable(): Problem {
  return new Problem('UNAVAILABLE', 'session.tokens_not_checked', {}, { retryAfterSeconds: 5 });
}

/**
 * The signing keys of Supabase Auth: fetched in the background, the last good set kept while the endpoint is down (but
 * never longer than an hour), and no storm of fetches for unknown keys.
 */
export class JwksCache {
  readonly #options: JwksCacheOptions & typeof defaults;
  readonly #secret: Uint8Array | undefined;
  #keys: JSONWebKeySet | undefined;
  #resolve: ReturnType<typeof createLocalJWKSet> | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;
  /** Rises when all keys are dropped: a fetch from before then brings nothing any more. */
  #epoch = 0;
  /** Whether the last fetch brought keys. */
  #reached = false;
  /** Fetches since the start, by how they ended. */
  readonly fetches = { done: 0, failed: 0 };
  /** Whether tokens that the auth server signed said who we expect: unknown until the first one. */
  #issuer: 'unknown' | 'right' | 'wrong' = 'unknown';
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: JwksCacheOptions) {
    this.#options = { ...defaults, ...withoutUndefined(options) };
    this.#secret =
      options.legacySecret === undefined ? undefined : new TextEncoder().encode(options.legacySecret);
  }

  /** Fetches the keys, now and then regularly in the background. An endpoint that is down doesn't stop the start. */
  async start(): Promise<void> {
    await this.#refresh();
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** True while there are keys that may be trusted. */
  get ready(): boolean {
    return this.#secret !== undefined || this.#trusted() !== undefined;
  }

  /**
   * False when the auth server's tokens are signed by its keys and none of them named the issuer that is expected: then
   * no sign-in works, and the setting is wrong.
   */
  get issuerFits(): boolean {
    return this.#issuer !== 'wrong';
  }

  /** Milliseconds since the keys were fetched. */
  get age(): number {
    return performance.now() - this.#fetchedAt;
  }

  /**
   * The current key set; fetches it when none may be trusted.
   * @throws UNAVAILABLE when the endpoint can't be reached and the last good set is too old.
   */
  async getJWKS(): Promise<JSONWebKeySet> {
    if (!this.#trusted()) await this.#refreshIfAllowed();
    const keys = this.#trusted();
    if (!keys) throw unavailable();
    return keys;
  }

  /**
   * The claims of a token whose signature, issuer, audience and times are right.
   * @throws UNAUTHENTICATED when they aren't, UNAVAILABLE when the keys can't be had.
   */
  async verifyJWT(token: string): Promise<JWTPayload> {
    const header = headerOf(token);
    const { issuer, audience } = this.#options;
    const checks = { issuer, audience, clockTolerance, requiredClaims: ['exp', 'sub'] };
    try {
      if (header.alg === 'HS256') {
        if (!this.#secret) throw unauthenticated();
        return this.#believed(await jwtVerify(token, this.#secret, { ...checks, algorithms: ['HS256'] }));
      }
      if (typeof header.kid !== 'string') throw unauthenticated();
      await this.#ensureKey(header.kid);
      const resolve = this.#resolve;
      if (!resolve) throw unauthenticated();
      return this.#believed(await jwtVerify(token, resolve, { ...checks, algorithms: ['ES256', 'RS256'] }));
    } catch (error) {
      if (error instanceof Problem) throw error;
      // The claims are checked once the signature is right.
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss') this.#noteIssuer(error);
      if (error instanceof errors.JWTExpired) throw unauthenticated('session.token_expired');
      if (error instanceof errors.JOSEError) throw unauthenticated('session.not_valid_any_more');
      throw error;
    }
  }

  /** Whether a token has expired, without looking at its signature; true for what isn't a token. */
  isJWTExpired(token: string): boolean {
    try {
      const { exp } = decodeJwt(token);
      return exp === undefined || exp + clockTolerance <= Date.now() / 1000;
    } catch {
      return true;
    }
  }

  /** Debugging only: the claims of an unverified token. Never decide anything by them. */
  decodeJWTUnsafe(token: string): JWTPayload | undefined {
    try {
      return decodeJwt(token);
    } catch {
      return undefined;
    }
  }

  /** Drops all keys: the next token fetches them anew. For the moment a key has been stolen. */
  invalidateJWKSCache(): void {
    this.#keys = undefined;
    this.#resolve = undefined;
    this.#fetchedAt = Number.NEGATIVE_INFINITY;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    this.#fetching = undefined;
    this.#epoch += 1;
    this.#options.onKeysChanged?.();
  }

  #believed({ payload }: { payload: JWTPayload }): JWTPayload {
    this.#issuer = 'right';
    return payload;
  }

  /** A server that has accepted tokens before continues: the stray token then comes from elsewhere. */
  #noteIssuer({ payload }: { payload: JWTPayload }): void {
    if (this.#issuer !== 'unknown') return;
    this.#issuer = 'wrong';
    this.#options.onWrongIssuer?.(String(payload.iss).slice(0, 200));
  }

  #trusted(): JSONWebKeySet | undefined {
    return this.age < this.#options.maxAgeMs ? this.#keys : undefined;
  }

  async #ensureKey(kid: string): Promise<void> {
    const isKnown = (keys: JSONWebKeySet | undefined) => keys?.keys.some((key) => key.kid === kid) === true;
    if (isKnown(await this.getJWKS())) return;
    await this.#refreshIfAllowed();
    if (isKnown(this.#trusted())) return;
    // The key may be a new one that could not be fetched: that must not sign anyone out.
    if (!this.#reached) throw unavailable();
    throw unauthenticated('session.not_valid_any_more');
  }

  /**
   * One budget for all fetches that requests cause, successful or not. An endpoint that hangs holds up a request for
   * `patienceMs` only, and only requests whose key is unknown.
   */
  async #refreshIfAllowed(): Promise<void> {
    if (!this.#fetching && performance.now() - this.#askedAt < this.#options.cooldownMs) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#options.patienceMs);
    });
    await Promise.race([this.#refresh(), patience]);
    clearTimeout(timer);
  }

  /** Never rejects: a failure is reported once, however many wait. */
  #refresh(): Promise<void> {
    if (this.#fetching) return this.#fetching;
    const fetching = this.#fetch().finally(() => {
      if (this.#fetching === fetching) this.#fetching = undefined;
    });
    this.#fetching = fetching;
    return fetching;
  }

  async #fetch(): Promise<void> {
    const { url, timeoutMs } = this.#options;
    const epoch = this.#epoch;
    this.#askedAt = performance.now();
    // Waiting that ends before the answer tells no more than no answer.
    this.#reached = false;
    try {
      const keys = await fetchKeySet(url, { timeoutMs, mayBeEmpty: this.#secret !== undefined });
      this.fetches.done += 1;
      if (epoch !== this.#epoch) return;
      const changed = this.#keys !== undefined && kidsOf(keys) !== kidsOf(this.#keys);
      this.#keys = keys;
      this.#resolve = createLocalJWKSet(keys);
      this.#fetchedAt = performance.now();
      this.#reached = true;
      if (changed) this.#options.onKeysChanged?.();
    } catch (error) {
      this.fetches.failed += 1;
      this.#options.onError?.(error);
    }
  }

  #schedule(): void {
    if (this.#stopped) return;
    const { refreshMs } = this.#options;
    const sooner = this.#trusted() ? soon.withKeys : soon.withoutKeys;
    const wait = this.#reached ? refreshMs : Math.min(sooner, refreshMs);
    this.#timer = setTimeout(() => {
      void this.#refresh().then(() => this.#schedule());
    }, wait);
    this.#timer.unref();
  }
}

function headerOf(token: string): { alg?: string; kid?: string } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw unauthenticated('session.not_valid_any_more');
  }
}

function kidsOf(keys: JSONWebKeySet): string {
  return JSON.stringify(keys.keys.map(({ kid, x, y, n }) => [kid, x, y, n]).sort());
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
