import type pg from 'pg';
import { LRUCache } from 'lru-cache';
import { Problem } from '../trpc/problem.ts';

/** What the control plane says about a user. */
export interface UserAccess {
  tenantId: string | null;
  isOperator: boolean;
}

/** Cached facts are read again after this long even if no change was announced. */
const ttl = 60_000;

/** Which tenant a user belongs to and who is an operator, kept in memory until a change is announced. */
export class UserAccessCache {
  readonly #pool: pg.Pool;
  readonly #isFresh: () => boolean;
  readonly #known = new LRUCache<string, UserAccess>({ max: 100_000, ttl, ttlResolution: 1000 });
  #epoch = 0;

  constructor(pool: pg.Pool, isFresh: () => boolean) {
    this.#pool = pool;
    this.#isFresh = isFresh;
  }

  of(userId: string): UserAccess | Promise<UserAccess> {
    const known = this.#isFresh() ? this.#known.get(userId) : undefined;
    return known ?? this.#read(userId);
  }

  forget(userId: string): void {
    this.#epoch += 1;
    this.#known.delete(userId);
  }

  clear(): void {
    this.#epoch += 1;
    this.#known.clear();
  }

  async #read(userId: string): Promise<UserAccess> {
    const epoch = this.#epoch;
    try {
      const { rows } = await this.#pool.query<{ tenant_id: string | null; operator: boolean }>(
        `select (select tenant_id from user_mappings where user_id = $1) as tenant_id,
                exists (select 1 from platform_operators where user_id = $1) as operator`,
        [userId],
      );
      const access = { tenantId: rows[0]?.tenant_id ?? null, isOperator: rows[0]?.operator ?? false };
      if (epoch === this.#epoch) this.#known.set(userId, access);
      return access;
    } catch (error) {
      throw new Problem('UNAVAILABLE', 'Your access cannot be checked right now. Try again in a moment.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
  }
}
