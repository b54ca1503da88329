import { LRUCache } from 'lru-cache';
import { AuthFailure } from './wire/failure.ts';

export interface Allowance {
  /** How many requests refill within `seconds`. */
  count: number;
  seconds: number;
  /** How many may come at once. */
  burst: number;
}

/** The kinds of request that are counted apart. */
export type LimitedAction = 'token' | 'refresh' | 'verify' | 'otp' | 'user' | 'challenge' | 'mfa';

export interface MailAllowance {
  perHour: number;
  secondsPerAddress: number;
}

export type CustomLimits = Partial<Record<LimitedAction, Allowance>> & { mail?: MailAllowance };
export type RateLimitSettings = 'production' | 'off' | CustomLimits;

/** Supabase Auth's numbers, per client address. */
const production: Record<LimitedAction, Allowance> & { mail: MailAllowance } = {
  token: { count: 150, seconds: 300, burst: 30 },
  // Clients throw their session away at a 409 or 429 while refreshing, so refreshing has a wide allowance of its own,
  // and is asked to come back (503) instead of being refused.
  refresh: { count: 1800, seconds: 300, burst: 300 },
  verify: { count: 30, seconds: 300, burst: 30 },
  otp: { count: 30, seconds: 300, burst: 30 },
  user: { count: 30, seconds: 300, burst: 30 },
  challenge: { count: 15, seconds: 60, burst: 30 },
  mfa: { count: 15, seconds: 60, burst: 30 },
  mail: { perHour: 30, secondsPerAddress: 60 },
};

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets in memory, bounded in number: a restart forgets them, which only ever lets a few more through. */
export class RateLimits {
  readonly #limits: typeof production | null;
  readonly #buckets = new LRUCache<string, Bucket>({ max: 20_000 });
  readonly #now: () => number;

  constructor(settings: RateLimitSettings, now: () => number = Date.now) {
    this.#limits =
      settings === 'off' ? null : settings === 'production' ? production : { ...production, ...settings };
    this.#now = now;
  }

  /** @throws AuthFailure 429 over_request_rate_limit (503 for `refresh`) once the address has used its allowance. */
  count(action: LimitedAction, ip: string): void {
    if (!this.#limits) return;
    const wait = this.#take(`${action} ${ip}`, this.#limits[action]);
    if (wait === 0) return;
    throw new AuthFailure(
      action === 'refresh' ? 503 : 429,
      'over_request_rate_limit',
      'Request rate limit reached',
      { retryAfterSeconds: wait },
    );
  }

  /**
   * Counts one e-mail of a kind to an address, whether or not anyone has that address.
   *
   * @throws AuthFailure 429 over_email_send_rate_limit.
   */
  countMail(kind: string, address: string): void {
    if (!this.#limits) return;
    const { secondsPerAddress } = this.#limits.mail;
    const wait = this.#take(`mail ${kind} ${address}`, { count: 1, seconds: secondsPerAddress, burst: 1 });
    if (wait > 0) {
      throw new AuthFailure(
        429,
        'over_email_send_rate_limit',
        `For security purposes, you can only request this after ${wait} seconds.`,
        { retryAfterSeconds: wait },
      );
    }
    this.countInvitation();
  }

  /** Counts one e-mail of an administrator's, who may write to an address as often as the hour allows. @throws as `countMail`. */
  countInvitation(): void {
    if (!this.#limits) return;
    const { perHour } = this.#limits.mail;
    const hourly = this.#take('mail', { count: perHour, seconds: 3600, burst: perHour });
    if (hourly > 0) {
      throw new AuthFailure(429, 'over_email_send_rate_limit', 'email rate limit exceeded', {
        retryAfterSeconds: hourly,
      });
    }
  }

  /** Seconds to wait, 0 when allowed. */
  #take(key: string, { count, seconds, burst }: Allowance): number {
    const perSecond = count / seconds;
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    const allowed = tokens >= 1;
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }
}
