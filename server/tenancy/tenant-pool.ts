import pg from 'pg';
import type { Kysely } from 'kysely';
import { kyselyOnPool } from '../db/dialect.ts';
import type { PooledClient } from '../db/dialect.ts';
import { wireTypes } from '../db/pg-types.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import { Problem } from '../trpc/problem.ts';

/** Where a tenant's database is and how its login signs in. */
export interface TenantAddress {
  tenantId: string;
  host: string;
  port: number;
  ssl: boolean;
  database: string;
  user: string;
  password: string;
  /** Settings that come with every connection, where the login cannot carry them. */
  options: string | undefined;
}

export interface TenantPoolLimits {
  /** Connections per tenant. */
  perTenant: number;
  /** Connections of this process over all tenants. */
  overall: number;
  /** Callers that may wait for one; the next is told to come back. */
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

/** Who decides whether another connection may be taken. */
export interface Admission {
  /** Resolves once a connection of `pool` is reserved for the caller. */
  admit(pool: TenantPool): Promise<void>;
  /** Whether a connection of `pool` is to be closed when it comes back, because another tenant has waited too long. */
  mustYield(pool: TenantPool): boolean;
  /** Told whenever a connection comes back or is closed. */
  freed(): void;
}

/** UNAVAILABLE: no connection was free in time. */
export function busy(): Problem {
  return new Problem('UNAVAILABLE', 'The server is very busy right now. Nothing was changed; try again.', {
    retryAfterSeconds: 2,
  });
}

/** A tenant's connections. The address never changes; a rested pool opens new connections at its next use. */
export class TenantPool implements TenantSource {
  readonly db: Kysely<TenantDatabase>;
  readonly #config: pg.PoolConfig;
  readonly #owner: Admission;
  readonly #perTenant: number;
  readonly #onError: (error: Error) => void;
  #pool: pg.Pool | undefined;
  #reserved = 0;
  closed = false;

  constructor(
    address: TenantAddress,
    limits: TenantPoolLimits,
    owner: Admission,
    onError: (tenantId: string, error: Error) => void,
  ) {
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
    };
    this.db = kyselyOnPool<TenantDatabase>(this);
  }

  /** Whether the pool leads there. */
  isAt({ host, port, database, user, password }: TenantAddress): boolean {
    const { host: ourHost, port: ourPort, database: ours, user: login, password: secret } = this.#config;
    return host === ourHost && port === ourPort && database === ours && user === login && password === secret;
  }

  get connections(): number {
    return Math.max(this.#pool?.totalCount ?? 0, this.#reserved);
  }

  get hasIdle(): boolean {
    return this.#reserved < (this.#pool?.totalCount ?? 0);
  }

  get full(): boolean {
    return this.#reserved >= this.#perTenant;
  }

  /** Connections that callers hold. */
  get inUse(): number {
    return this.#reserved;
  }

  reserve(): void {
    this.#reserved += 1;
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
          // What cut or silenced one connection has hardly spared the idle ones: nobody is to wait for them in turn.
          if (isLost) this.rest();
          this.#giveBack();
        },
        () => this.#owner.mustYield(this),
      );
    } catch (error) {
      this.#giveBack();
      throw error;
    }
  }

  /** Closes the connections; the next use opens new ones. */
  rest(): void {
    const pool = this.#pool;
    this.#pool = undefined;
    void pool?.end().catch(this.#onError);
  }

  /** Closes for good, once what is out has come back. */
  async end(): Promise<void> {
    this.closed = true;
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }

  #open(): pg.Pool {
    if (!this.#pool) {
      this.#pool = new pg.Pool(this.#config);
      this.#pool.on('error', this.#onError);
      // Also while it is lent out: a connection that drops without a listener would end the process.
      this.#pool.on('connect', (client) => client.on('error', () => {}));
      this.#pool.on('remove', () => this.#owner.freed());
    }
    return this.#pool;
  }

  #giveBack(): void {
    this.#reserved -= 1;
    this.#owner.freed();
  }
}

class CheckedOutClient implements PooledClient {
  readonly #client: pg.PoolClient;
  readonly #released: (isLost: boolean) => void;
  readonly #mustYield: () => boolean;

  constructor(client: pg.PoolClient, released: (isLost: boolean) => void, mustYield: () => boolean) {
    this.#client = client;
    this.#released = released;
    this.#mustYield = mustYield;
  }

  query<R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<R>> {
    return this.#client.query<R>(config);
  }

  release(destroy?: Error | boolean): void {
    const isLost = destroy !== undefined && destroy !== false;
    this.#client.release(isLost ? destroy : this.#mustYield());
    this.#released(isLost);
  }
}
