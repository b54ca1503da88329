import { LRUCache } from 'lru-cache';
import { problemOf } from '../ground/problem.ts';
import type { Problem } from '../ground/problem.ts';
import { said } from '../ground/reasons/reasons.contract.ts';
import type { PlainReason } from '../ground/reasons/reasons.contract.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket per key, in memory: `perSecond` on average, `burst` at once. */
export class RateLimiter {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #buckets: LRUCache<string, Bucket>;
  readonly #reason: PlainReason;

  constructor(perSecond: number, burst: number, reason: PlainReason = 'request.too_many', max = 100_000) {
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
    this.#reason = reason;
    this.#buckets = new LRUCache({ max });
  }

  /** Takes one, or throws RATE_LIMITED with the seconds to wait. */
  take(key: string): void {
    if (!this.tryTake(key)) throw this.refusal();
  }

  /** RATE_LIMITED, with the seconds after which that many are surely free again. */
  refusal(count = 1): Problem {
    const retryAfterSeconds = Math.max(1, Math.ceil(count / (this.#perMs * 1000)));
    return problemOf('RATE_LIMITED', said(this.#reason), { retryAfterSeconds });
  }

  /** Takes that many if they are free. */
  tryTake(key: string, count = 1): boolean {
    const now = performance.now();
    const bucket = this.#buckets.get(key);
    if (!bucket) {
      this.#buckets.set(key, { tokens: this.#burst - count, at: now });
      return true;
    }
    bucket.tokens = this.#tokensOf(bucket, now);
    bucket.at = now;
    if (bucket.tokens < count) return false;
    bucket.tokens -= count;
    return true;
  }

  /** Whether one could be taken now. */
  hasLeft(key: string): boolean {
    const bucket = this.#buckets.get(key);
    return !bucket || this.#tokensOf(bucket, performance.now()) >= 1;
  }

  #tokensOf({ tokens, at }: Bucket, now: number): number {
    return Math.min(this.#burst, tokens + (now - at) * this.#perMs);
  }
}
