import pg from 'pg';
import type { Kysely } from 'kysely';
import { kyselyOnPool } from '../../db/dialect.ts';
import type { PooledClient } from '../../db/dialect.ts';
import { wireTypes } from '../../db/pg-types.ts';
import { isRefusedLogin } from '../../db/error-mapping.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { TenantSource } from '../../db/tenant-source.ts';
import { Problem } from '../../ground/problem.ts';
import type { TenantAddress } from '../../control-plane/tenant-records.ts';
import { BatchedWrites } from './batched-writes.ts';
import { observedClient, socketOf } from './observed-client.ts';

export interface TenantPoolLimits {
  /** Connections per tenant. */
  perTenant: number;
  /** Connections of this process over all tenants. */
  overall: number;
  /** How many callers may wait for one; the next is asked to come back. */
  queue: number;
  /** How long a caller waits, in milliseconds. */
  waitMs: number;
  /** An unused connection is closed after this many milliseconds. */
  idleMs: number;
  /** A statement without an answer after this many milliseconds has lost its connection. */
  answerMs: number;
}

export const defaultPoolLimits: TenantPoolLimits = {
  perTenant: 4,
  overall: 60,
  queue: 2000,
  waitMs: 5000,
  idleMs: 60_000,
  answerMs: 20_000,
};

/** Decides whether another connection may be taken. */
export interface Admission {
  /** Resolves once a connection of `pool` is reserved for the caller. */
  admit(pool: TenantPool): Promise<void>;
  /** Whether a connection of `pool` is to be closed when it comes back, because another tenant has waited too long. */
  mustYield(pool: TenantPool): boolean;
  /**
   * Called whenever callers or connections of `pool` come or go; `more` is the number of connections it has grown by.
   */
  changed(pool: TenantPool, more: number): void;
  /** The database refuses the login of `pool`: somebody else has changed its password. */
  refused(pool: TenantPool): void;
  /** One connection begins (+1) or ends (−1) being closed for the sake of others. */
  yielding(more: 1 | -1): void;
}

/** UNAVAILABLE: no connection was free in time. */
export function busy(): Problem {
  return new Problem('UNAVAILABLE', 'database.busy', {}, { retryAfterSeconds: 2 });
}

/** A tenant's connections. The address never changes; all connections may be closed, the next use opens new ones. */
export class TenantPool implements TenantSource {
  readonly db: Kysely<TenantDatabase>;
  readonly tenantId: string;
  readonly #config: pg.PoolConfig;
  readonly #owner: Admission;
  readonly #perTenant: number;
  readonly #onError: (error: Error) => void;
  #pool: pg.Pool | undefined;
  readonly #connectedAt = new WeakMap<pg.PoolClient, number>();
  #reserved = 0;
  /** Connections that exist, those being opened and being closed included. */
  #existing = 0;
  #told = 0;
  closed = false;

  constructor(
    address: TenantAddress,
    limits: TenantPoolLimits,
    owner: Admission,
    onError: (tenantId: string, error: Error) => void,
  ) {
    this.tenantId = address.tenantId;
    this.#owner = owner;
    this.#perTenant = limits.perTenant;
    this.#onError = (error) => onError(address.tenantId, error);
    this.#config = {
      host: address.host,
      port: address.port,
      ssl: address.ssl,
      database: address.database,
      user: address.user,
      password: address.password,
      ...(address.options === undefined ? {} : { options: address.options }),
      max: limits.perTenant,
      idleTimeoutMillis: limits.idleMs,
      connectionTimeoutMillis: limits.waitMs,
      // Beyond the login's statement_timeout: only a connection that has silently died gets here.
      query_timeout: limits.answerMs,
      keepAlive: true,
      application_name: 'quartermaster',
      types: wireTypes,
      pipeline: true,
      // Opening one doesn't change the total, since its place was reserved before. Waiting requests are told when one
      // has closed.
      Client: observedClient(
        () => (this.#existing += 1),
        () => {
          this.#existing -= 1;
          this.#tell();
        },
      ),
    };
    this.db = kyselyOnPool<TenantDatabase>(this);
  }

  /** Whether the pool leads there. */
  isAt({ host, port, database, user, password }: TenantAddress): boolean {
    const { host: ourHost, port: ourPort, database: ours, user: login, password: secret } = this.#config;
    return host === ourHost && port === ourPort && database === ours && user === login && password === secret;
  }

  /**
   * The connections that count against the cap: open ones until PostgreSQL has closed them, and promised ones before
   * they open.
   */
  get connections(): number {
    const usable = this.#usable;
    return this.#existing + (this.closed ? 0 : Math.max(0, this.#reserved - usable));
  }

  get hasIdle(): boolean {
    return this.#reserved < this.#usable;
  }

  get full(): boolean {
    return this.#reserved >= this.#perTenant;
  }

  /** Connections that callers hold. */
  get inUse(): number {
    return this.#reserved;
  }

  get #usable(): number {
    return this.#pool?.totalCount ?? 0;
  }

  reserve(): void {
    this.#reserved += 1;
    this.#tell();
  }

  async connect(): Promise<PooledClient> {
    if (this.hasIdle && !this.full && !this.closed) this.reserve();
    else await this.#owner.admit(this);
    try {
      if (this.closed) throw busy();
      const client = await this.#open().connect();
      return new CheckedOutClient(
        client,
        (isLost) => {
          // The cause that cut or silenced one connection has hardly spared the idle ones: no request should have to
          // find that out one by one.
          if (isLost) this.rest();
          this.#giveBack();
        },
        () => this.#yields(client),
      );
    } catch (error) {
      this.#giveBack();
      if (isRefusedLogin(error)) this.#owner.refused(this);
      throw error;
    }
  }

  /** Closes one idle connection; there must be one. */
  async shed(): Promise<void> {
    this.reserve();
    this.#owner.yielding(1);
    try {
      const client = await this.#open().connect();
      client.once('end', () => this.#owner.yielding(-1));
      client.release(true);
    } catch (error) {
      this.#owner.yielding(-1);
      this.#onError(error as Error);
    } finally {
      this.#giveBack();
    }
  }

  /** Closes idle connections now, and the others as they come back; the next use opens new ones. */
  rest(): void {
    const pool = this.#pool;
    this.#pool = undefined;
    this.#tell();
    void pool?.end().catch(this.#onError);
  }

  /** Closes for good, once what is out has come back. */
  async end(): Promise<void> {
    this.closed = true;
    const pool = this.#pool;
    this.#pool = undefined;
    this.#tell();
    await pool?.end();
  }

  #open(): pg.Pool {
    if (!this.#pool) {
      this.#pool = new pg.Pool(this.#config);
      this.#pool.on('error', this.#onError);
      this.#pool.on('connect', (client) => {
        this.#connectedAt.set(client, performance.now());
        // Also while it is lent out: a connection that drops without a listener would end the process.
        client.on('error', () => {});
      });
    }
    return this.#pool;
  }

  #yields(client: pg.PoolClient): boolean {
    const since = this.#connectedAt.get(client) ?? 0;
    if (performance.now() - since < minimumTenureMs || !this.#owner.mustYield(this)) return false;
    // It may have died while in use: then there is no end to wait for.
    if (this.#existing < this.#usable) return true;
    this.#owner.yielding(1);
    client.once('end', () => this.#owner.yielding(-1));
    return true;
  }

  #giveBack(): void {
    this.#reserved -= 1;
    this.#tell();
  }

  #tell(): void {
    const now = this.connections;
    const more = now - this.#told;
    this.#told = now;
    this.#owner.changed(this, more);
  }
}

/**
 * A connection serves its tenant at least so long, at work or between two statements of one request, before another
 * tenant's need closes it; in milliseconds. Without it, with many tenants waiting, every statement would cost a sign-in.
 */
export const minimumTenureMs = 50;

class CheckedOutClient implements PooledClient {
  readonly #client: pg.PoolClient;
  readonly #writes: BatchedWrites;
  readonly #released: (isLost: boolean) => void;
  readonly #yields: () => boolean;

  constructor(client: pg.PoolClient, released: (isLost: boolean) => void, yields: () => boolean) {
    this.#client = client;
    this.#writes = new BatchedWrites(socketOf(client));
    this.#released = released;
    this.#yields = yields;
  }

  query<R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<R>> {
    this.#writes.gather();
    return this.#client.query<R>(config);
  }

  release(destroy?: Error | boolean): void {
    const isLost = destroy !== undefined && destroy !== false;
    this.#client.release(isLost ? destroy : this.#yields());
    this.#released(isLost);
  }
}
