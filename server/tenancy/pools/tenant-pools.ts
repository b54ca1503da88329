import { atMost } from '../../ground/at-most.ts';
import type { TenantSource } from '../../db/tenant-source.ts';
import { busy, defaultPoolLimits, minimumTenureMs, TenantPool } from './tenant-pool.ts';
import type { Admission, TenantPoolLimits } from './tenant-pool.ts';
import type { TenantAddress } from '../../control-plane/tenant-records.ts';
import { WaitingTenants } from './waiting-tenants.ts';

/**
 * A tenant without any connection that waits longer than this, in milliseconds, gets one that comes back from another
 * tenant: opening it costs a few milliseconds, so a busy tenant keeps its own until then.
 */
const patience = 100;

/** How long what began before a tenant moved may go on at the old place, in milliseconds. */
const farewellMs = 3000;

/**
 * One immutable pool per tenant. All pools together never hold more connections than `overall`, as PostgreSQL counts
 * them: one that is being closed counts until it is gone. A request that finds none free waits in a queue of bounded
 * length, first come first served within a tenant; between tenants the one that holds the fewest is next, so that no
 * tenant's backlog delays the others. Room is made by closing the connection of the tenant that has left its own idle
 * for longest. Every decision costs the same with ten tenants and with ten thousand.
 */
export class TenantPools implements Admission {
  readonly #limits: TenantPoolLimits;
  readonly #pools = new Map<string, TenantPool>();
  readonly #waiting: WaitingTenants;
  /** Called with the time that a caller had to wait, in milliseconds. */
  onWaited: (milliseconds: number) => void = () => {};
  /** Called for a tenant whose database refuses its login. */
  onRefused: (tenantId: string) => void = () => {};
  /**
   * Pools with an idle connection and since when, the least recently used first; never more than there are connections.
   */
  readonly #idle = new Map<TenantPool, number>();
  #later: NodeJS.Timeout | undefined;
  /** Pools of tenants that have moved, with what is still under way at the old place. */
  readonly #leaving = new Set<TenantPool>();
  readonly #onError: (tenantId: string, error: Error) => void;
  #connections = 0;
  /** Connections being closed so that others can open one. */
  #yielding = 0;
  #dispatching = false;

  constructor(
    limits: Partial<TenantPoolLimits> = {},
    onError: (tenantId: string, error: Error) => void = () => {},
  ) {
    this.#limits = { ...defaultPoolLimits, ...limits };
    this.#waiting = new WaitingTenants(this.#limits.perTenant);
    this.#onError = onError;
  }

  /**
   * The tenant's pool. A pool's address never changes: a tenant that has moved gets a new one, and the old one closes
   * when the requests that began with it have ended. No connection is opened here.
   */
  of(address: TenantAddress): TenantSource {
    let pool = this.#pools.get(address.tenantId);
    if (pool && !pool.isAt(address)) {
      this.#sayFarewell(pool);
      pool = undefined;
    }
    if (!pool) {
      pool = new TenantPool(address, this.#limits, this, this.#onError);
      this.#pools.set(address.tenantId, pool);
    }
    return pool;
  }

  /** Closes a tenant's pool as its connections come back: after a move, a suspension, a deletion. */
  async drop(tenantId: string): Promise<void> {
    const pool = this.#pools.get(tenantId);
    if (!pool) return;
    this.#pools.delete(tenantId);
    await this.#end(pool);
  }

  /** Requests that hold on to the old address may finish reading there: its database is kept for a while too. */
  #sayFarewell(pool: TenantPool): void {
    this.#leaving.add(pool);
    setTimeout(() => {
      this.#leaving.delete(pool);
      void this.#end(pool).catch((error: Error) => this.#onError(pool.tenantId, error));
    }, farewellMs).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#later);
    const pools = [...this.#pools.values(), ...this.#leaving];
    this.#leaving.clear();
    this.#pools.clear();
    await atMost(3000, Promise.all(pools.map((pool) => this.#end(pool))));
  }

  /** Open connections over all tenants, those being opened and closed included. */
  get connections(): number {
    return this.#connections;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get tenants(): number {
    return this.#pools.size;
  }

  /** Reserves a connection of `pool`, waiting for one when needed. Called by the pools only. */
  async admit(pool: TenantPool): Promise<void> {
    if (pool.closed || (!pool.full && (pool.hasIdle || this.#hasRoom))) {
      pool.reserve();
      return;
    }
    if (this.#waiting.size >= this.#limits.queue) throw busy();
    await new Promise<void>((resolve, reject) => {
      const since = performance.now();
      const waiter = () => {
        clearTimeout(timer);
        this.onWaited(performance.now() - since);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.leave(pool, waiter);
        this.onWaited(performance.now() - since);
        reject(busy());
      }, this.#limits.waitMs);
      this.#waiting.join(pool, waiter);
      this.#dispatch();
    });
  }

  mustYield(pool: TenantPool): boolean {
    const starving = this.#waiting.withoutAny(this.#yielding);
    return starving !== undefined && starving.pool !== pool && starving.since < performance.now() - patience;
  }

  changed(pool: TenantPool, more: number): void {
    this.#connections += more;
    this.#idle.delete(pool);
    if (pool.hasIdle && !pool.closed) this.#idle.set(pool, performance.now());
    this.#waiting.place(pool);
    this.#dispatch();
  }

  refused(pool: TenantPool): void {
    this.onRefused(pool.tenantId);
  }

  yielding(more: 1 | -1): void {
    this.#yielding += more;
    if (more < 0) this.#dispatch();
  }

  get #hasRoom(): boolean {
    return this.#connections < this.#limits.overall;
  }

  /** Hands what is free to those who wait, and makes room for the others as far as connections lie idle. */
  #dispatch(): void {
    if (this.#dispatching || this.#waiting.size === 0) return;
    this.#dispatching = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        next.reserve();
        this.#waiting.shift(next)?.();
      }
      while (this.#yielding < this.#waiting.tenants && this.#shedIdle());
    } finally {
      this.#dispatching = false;
    }
  }

  /**
   * The next tenant to be served: with room, any that may have one more; otherwise only one that has an idle connection
   * already.
   */
  #next(): TenantPool | undefined {
    if (this.#hasRoom) return this.#waiting.withFewest();
    let next: TenantPool | undefined;
    for (const pool of this.#idle.keys()) {
      if (!pool.hasIdle || pool.full || !this.#waiting.has(pool)) continue;
      if (!next || pool.inUse < next.inUse) next = pool;
    }
    return next;
  }

  #shedIdle(): boolean {
    const longEnough = performance.now() - minimumTenureMs;
    for (const [pool, since] of this.#idle) {
      if (!pool.hasIdle || pool.full || pool.closed || this.#waiting.has(pool)) continue;
      if (since <= longEnough) {
        void pool.shed();
        return true;
      }
      // All others are younger still.
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        this.#dispatch();
      }, since - longEnough);
      return false;
    }
    return false;
  }

  #end(pool: TenantPool): Promise<void> {
    const ended = pool.end();
    // Its waiting callers are refused at once.
    for (let waiter = this.#waiting.shift(pool); waiter; waiter = this.#waiting.shift(pool)) {
      pool.reserve();
      waiter();
    }
    return ended;
  }
}
