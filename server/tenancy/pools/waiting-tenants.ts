import type { TenantPool } from './tenant-pool.ts';

type Waiter = () => void;

interface Queue {
  /** In the order in which they came. */
  waiters: Set<Waiter>;
  /** The tenant's connections at the last check; undefined: as many as it may have. */
  held: number | undefined;
  /** Since when it has stood in its place; of the performance clock. */
  since: number;
}

/**
 * The callers who wait for a connection, by tenant, and the tenants by how many connections they hold. Within such a rank
 * the tenant that has stood there longest is first, and one that was served goes to the end: so everybody's turn comes.
 */
export class WaitingTenants {
  /** Queues are never empty: the last one out takes its queue along. */
  readonly #queues = new Map<TenantPool, Queue>();
  readonly #ranks: Set<TenantPool>[];
  #size = 0;

  constructor(perTenant: number) {
    this.#ranks = Array.from({ length: perTenant }, () => new Set<TenantPool>());
  }

  /** Callers over all tenants. */
  get size(): number {
    return this.#size;
  }

  /** Tenants with a caller who waits. */
  get tenants(): number {
    return this.#queues.size;
  }

  has(pool: TenantPool): boolean {
    return this.#queues.has(pool);
  }

  join(pool: TenantPool, waiter: Waiter): void {
    this.#size += 1;
    const queue = this.#queues.get(pool);
    if (queue) {
      queue.waiters.add(waiter);
      return;
    }
    this.#queues.set(pool, { waiters: new Set([waiter]), held: undefined, since: performance.now() });
    this.place(pool);
  }

  leave(pool: TenantPool, waiter: Waiter): void {
    const queue = this.#queues.get(pool);
    if (!queue?.waiters.delete(waiter)) return;
    this.#size -= 1;
    if (queue.waiters.size > 0) return;
    this.#queues.delete(pool);
    if (queue.held !== undefined) this.#ranks[queue.held]?.delete(pool);
  }

  /** Takes out who of this tenant came first. */
  shift(pool: TenantPool): Waiter | undefined {
    const [first] = this.#queues.get(pool)?.waiters ?? [];
    if (first) this.leave(pool, first);
    return first;
  }

  /** Puts a tenant where it belongs after the number of its connections has changed. */
  place(pool: TenantPool): void {
    const queue = this.#queues.get(pool);
    const held = pool.full ? undefined : pool.inUse;
    if (!queue || queue.held === held) return;
    if (queue.held !== undefined) this.#ranks[queue.held]?.delete(pool);
    queue.held = held;
    queue.since = performance.now();
    if (held !== undefined) this.#ranks[held]?.add(pool);
  }

  /** The tenant whose turn it is: the one with the fewest connections. */
  withFewest(): TenantPool | undefined {
    for (const rank of this.#ranks) for (const pool of rank) return pool;
    return undefined;
  }

  /** Of the tenants that hold no connection and have none idle, the one after the first `helped`. */
  withoutAny(helped: number): { pool: TenantPool; since: number } | undefined {
    let left = helped;
    for (const pool of this.#ranks[0] ?? []) {
      if (pool.hasIdle) continue;
      if (left > 0) left -= 1;
      else return { pool, since: this.#queues.get(pool)?.since ?? Infinity };
    }
    return undefined;
  }
}
