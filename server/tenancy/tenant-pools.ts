import { atMost } from './databases.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import { busy, defaultPoolLimits, TenantPool } from './tenant-pool.ts';
import type { Admission, TenantAddress, TenantPoolLimits } from './tenant-pool.ts';

interface Waiter {
  pool: TenantPool;
  go: () => void;
}

/**
 * One immutable pool per tenant, least recently used first to be closed. All pools together never hold more
 * connections than `overall`: who finds none free waits in one queue, first come first served, of bounded length.
 */
export class TenantPools implements Admission {
  readonly #limits: TenantPoolLimits;
  readonly #pools = new Map<string, TenantPool>();
  #waiting: Waiter[] = [];
  readonly #onError: (tenantId: string, error: Error) => void;

  constructor(
    limits: Partial<TenantPoolLimits> = {},
    onError: (tenantId: string, error: Error) => void = () => {},
  ) {
    this.#limits = { ...defaultPoolLimits, ...limits };
    this.#onError = onError;
  }

  /** The tenant's pool; the address is fixed at its first use until `drop`. No connection is opened here. */
  of(address: TenantAddress): TenantSource {
    let pool = this.#pools.get(address.tenantId);
    if (pool) {
      this.#pools.delete(address.tenantId);
    } else {
      pool = new TenantPool(address, this.#limits, this, this.#onError);
    }
    this.#pools.set(address.tenantId, pool);
    return pool;
  }

  /** Closes a tenant's pool as its connections come back: after a migration, a move, a suspension. */
  async drop(tenantId: string): Promise<void> {
    const pool = this.#pools.get(tenantId);
    if (!pool) return;
    this.#pools.delete(tenantId);
    await pool.end();
  }

  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    const ended = pools.map((pool) => pool.end());
    for (const waiter of this.#waiting.splice(0)) {
      waiter.pool.reserve();
      waiter.go();
    }
    await atMost(3000, Promise.all(ended));
  }

  /** Open connections over all tenants. */
  get connections(): number {
    let sum = 0;
    for (const pool of this.#pools.values()) sum += pool.connections;
    return sum;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get tenants(): number {
    return this.#pools.size;
  }

  /** Reserves a connection of `pool`, waiting for one when needed. Called by the pools only. */
  async admit(pool: TenantPool): Promise<void> {
    if (this.#mayTake(pool)) {
      pool.reserve();
      return;
    }
    if (this.#waiting.length >= this.#limits.queue) throw busy();
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        pool,
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        reject(busy());
      }, this.#limits.waitMs);
      this.#waiting.push(waiter);
    });
  }

  /** A connection came back or was closed: it is handed to the longest waiting caller that can use it. */
  freed(): void {
    for (let index = 0; index < this.#waiting.length; index += 1) {
      const waiter = this.#waiting[index];
      if (waiter && this.#mayTake(waiter.pool)) {
        this.#waiting.splice(index, 1);
        waiter.pool.reserve();
        waiter.go();
        return;
      }
    }
  }

  #mayTake(pool: TenantPool): boolean {
    if (pool.closed) return true;
    if (pool.full) return false;
    return pool.hasIdle || this.connections < this.#limits.overall || this.#closeAnIdlePool(pool);
  }

  #closeAnIdlePool(except: TenantPool): boolean {
    for (const pool of this.#pools.values()) {
      if (pool === except || pool.busy || pool.connections === 0) continue;
      pool.rest();
      if (this.connections < this.#limits.overall) return true;
    }
    return false;
  }
}
