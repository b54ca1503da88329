import { LRUCache } from 'lru-cache';
import { Problem } from '../trpc/problem.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket per key, in memory: `perSecond` on average, `burst` at once. */
export class RateLimiter {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #buckets: LRUCache<string, Bucket>;
  readonly #words: string;

  constructor(perSecond: number, burst: number, words = 'Too many requests. Wait a moment.', max = 100_000) {
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
    this.#words = words;
    this.#buckets = new LRUCache({ max });
  }

  /** Takes one, or throws RATE_LIMITED with the seconds to wait. */
  take(key: string): void {
    if (!this.tryTake(key)) throw this.refusal();
  }

  /** RATE_LIMITED with the seconds until there surely is one again. */
  refusal(): Problem {
    const retryAfterSeconds = Math.max(1, Math.ceil(1 / (this.#perMs * 1000)));
    return new Problem('RATE_LIMITED', this.#words, { retryAfterSeconds });
  }

  /** Takes one if there is one. */
  tryTake(key: string): boolean {
    const now = performance.now();
    const bucket = this.#buckets.get(key);
    if (!bucket) {
      this.#buckets.set(key, { tokens: this.#burst - 1, at: now });
      return true;
    }
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (now - bucket.at) * this.#perMs);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
