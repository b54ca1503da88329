import type pg from 'pg';
import { LRUCache } from 'lru-cache';
import { Problem } from '../ground/problem.ts';

/** The control plane's facts about a user. */
export interface UserAccess {
  /** The tenants the user may enter, the one chosen last first. */
  tenants: readonly string[];
  isOperator: boolean;
  /** An administrator's password is on the account still. */
  mustChangePassword: boolean;
}

/** Cached facts are read again after this long even if no change was announced. */
const ttl = 60_000;

/** Which tenants a user belongs to and who is an operator, kept in memory until a change is announced. */
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
      const { rows } = await this.#pool.query<UserAccess>(
        `select array(select tenant_id::text from user_mappings where user_id = $1 order by chosen_at desc) as tenants,
                exists (select 1 from platform_operators where user_id = $1) as "isOperator",
                exists (select 1 from accounts where user_id = $1 and given_secret is not null)
                  as "mustChangePassword"`,
        [userId],
      );
      const access = rows[0] ?? { tenants: [], isOperator: false, mustChangePassword: false };
      if (epoch === this.#epoch) this.#known.set(userId, access);
      return access;
    } catch (error) {
      throw new Problem(
        'UNAVAILABLE',
        'access.rights_not_checked',
        {},
        { retryAfterSeconds: 2, cause: error },
      );
    }
  }
}
