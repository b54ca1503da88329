import { atMost } from './databases.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import { busy, defaultPoolLimits, TenantPool } from './tenant-pool.ts';
import type { Admission, TenantAddress, TenantPoolLimits } from './tenant-pool.ts';

interface Waiter {
  since: number;
  go: () => void;
}

/**
 * A tenant without any connection that waits longer than this, in milliseconds, gets one that comes back from another
 * tenant: opening it costs a few milliseconds, so a busy tenant keeps its own until then.
 */
const patience = 100;

/**
 * One immutable pool per tenant, least recently used first to be closed. All pools together never hold more
 * connections than `overall`: who finds none free waits in a queue of bounded length, first come first served within a
 * tenant. Between tenants the one that holds the fewest is next, so that nobody's backlog holds up the others.
 */
export class TenantPools implements Admission {
  readonly #limits: TenantPoolLimits;
  readonly #pools = new Map<string, TenantPool>();
  /** Queues are never empty: the last one out takes its queue along. */
  readonly #queues = new Map<TenantPool, Waiter[]>();
  #waiting = 0;
  /** Told how long each caller waited who had to, in milliseconds. */
  onWaited: (milliseconds: number) => void = () => {};
  readonly #onError: (tenantId: string, error: Error) => void;

  constructor(
    limits: Partial<TenantPoolLimits> = {},
    onError: (tenantId: string, error: Error) => void = () => {},
  ) {
    this.#limits = { ...defaultPoolLimits, ...limits };
    this.#onError = onError;
  }

  /**
   * The tenant's pool. A pool's address never changes: a tenant that has moved gets a new one, and the old one closes
   * once what is out has come back. No connection is opened here.
   */
  of(address: TenantAddress): TenantSource {
    let pool = this.#pools.get(address.tenantId);
    if (pool && !pool.isAt(address)) {
      void pool.end().catch((error: Error) => this.#onError(address.tenantId, error));
      pool = undefined;
    }
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
    for (const pool of [...this.#queues.keys()]) while (this.#queues.has(pool)) this.#admitNext(pool);
    await atMost(3000, Promise.all(ended));
  }

  /** Open connections over all tenants. */
  get connections(): number {
    let sum = 0;
    for (const pool of this.#pools.values()) sum += pool.connections;
    return sum;
  }

  get waiting(): number {
    return this.#waiting;
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
    if (this.#waiting >= this.#limits.queue) throw busy();
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        since: performance.now(),
        go: () => {
          clearTimeout(timer);
          this.onWaited(performance.now() - waiter.since);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#leave(pool, waiter);
        this.onWaited(performance.now() - waiter.since);
        reject(busy());
      }, this.#limits.waitMs);
      const queue = this.#queues.get(pool);
      if (queue) queue.push(waiter);
      else this.#queues.set(pool, [waiter]);
      this.#waiting += 1;
    });
  }

  mustYield(pool: TenantPool): boolean {
    if (this.#waiting === 0) return false;
    const since = performance.now() - patience;
    for (const [other, [first]] of this.#queues) {
      if (other !== pool && other.inUse === 0 && !other.hasIdle && first && first.since < since) return true;
    }
    return false;
  }

  /** A connection came back or was closed: it is handed to the tenant with the fewest that can use it. */
  freed(): void {
    if (this.#waiting === 0) return;
    const inOrder = [...this.#queues].sort(
      ([one, [first]], [other, [second]]) =>
        one.inUse - other.inUse || (first?.since ?? 0) - (second?.since ?? 0),
    );
    const next = inOrder.find(([pool]) => this.#mayTake(pool));
    if (next) this.#admitNext(next[0]);
  }

  #admitNext(pool: TenantPool): void {
    const waiter = this.#queues.get(pool)?.[0];
    if (!waiter) return;
    this.#leave(pool, waiter);
    pool.reserve();
    waiter.go();
  }

  #leave(pool: TenantPool, waiter: Waiter): void {
    const left = this.#queues.get(pool)?.filter((other) => other !== waiter) ?? [];
    if (left.length > 0) this.#queues.set(pool, left);
    else this.#queues.delete(pool);
    this.#waiting -= 1;
  }

  #mayTake(pool: TenantPool): boolean {
    if (pool.closed) return true;
    if (pool.full) return false;
    return pool.hasIdle || this.connections < this.#limits.overall || this.#closeAnIdlePool(pool);
  }

  #closeAnIdlePool(except: TenantPool): boolean {
    for (const pool of this.#pools.values()) {
      if (pool === except || pool.inUse > 0 || pool.connections === 0) continue;
      pool.rest();
      if (this.connections < this.#limits.overall) return true;
    }
    return false;
  }
}
