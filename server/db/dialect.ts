import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import type { QueryResult as PgResult, QueryResultRow } from 'pg';
import { isPostgresError } from './error-mapping.ts';
import { namedStatements } from './named-statements.ts';

/** The part of a pooled node-postgres client that is used here. */
export interface PooledClient {
  query<R extends QueryResultRow>(config: {
    name?: string;
    text: string;
    values?: unknown[];
  }): Promise<PgResult<R>>;
  release(destroy?: Error | boolean): void;
}

/** Where connections come from: a tenant's pool. */
export interface ConnectionSource {
  connect(): Promise<PooledClient>;
}

const counted = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** True when a migration changed a table under a prepared statement; the connection must be given up. */
export function isStalePlan(error: unknown): boolean {
  return isPostgresError(error) && error.code === '0A000' && error.message.includes('cached plan');
}

/** Kysely's view of one pooled client; statements are prepared under a name. */
export class ClientConnection implements DatabaseConnection {
  readonly client: PooledClient;
  stale = false;

  constructor(client: PooledClient) {
    this.client = client;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.send(namedStatements.config(query.sql, query.parameters));
    } catch (error) {
      if (isStalePlan(error)) this.stale = true;
      throw error;
    }
  }

  protected async send<R>(config: Parameters<PooledClient['query']>[0]): Promise<QueryResult<R>> {
    const result = await this.client.query<QueryResultRow>(config);
    return {
      rows: result.rows as R[],
      ...(counted.has(result.command) ? { numAffectedRows: BigInt(result.rowCount ?? 0) } : {}),
    };
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator; pipelined connections have no cursors
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not available: read pages by key instead.');
  }
}

const noTransactions = 'A transaction is opened by the call (tenantMutation), never by a service.';

/**
 * One statement outside of a transaction. A plan that a migration made stale was refused before anything was done, so
 * the statement is sent again without its name: readers notice nothing of the migration.
 */
class LoneStatement extends ClientConnection {
  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await super.executeQuery(query);
    } catch (error) {
      if (!this.stale) throw error;
      return this.send({ text: query.sql, values: [...query.parameters] });
    }
  }
}

/** Statements outside of a transaction: each takes a connection of the pool and gives it back. */
class PooledDriver implements Driver {
  readonly #source: ConnectionSource;

  constructor(source: ConnectionSource) {
    this.#source = source;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new LoneStatement(await this.#source.connect());
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const { client, stale } = connection as ClientConnection;
    client.release(stale);
  }

  async beginTransaction(): Promise<void> {
    throw new Error(noTransactions);
  }

  async commitTransaction(): Promise<void> {
    throw new Error(noTransactions);
  }

  async rollbackTransaction(): Promise<void> {
    throw new Error(noTransactions);
  }

  async destroy(): Promise<void> {}
}

/** All statements on one client whose transaction somebody else begins and ends. */
class BoundDriver extends PooledDriver {
  readonly #connection: ClientConnection;

  constructor(connection: ClientConnection) {
    super({ connect: () => Promise.reject(new Error('bound to one connection')) });
    this.#connection = connection;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  override async releaseConnection(): Promise<void> {}
}

const adapter = new PostgresAdapter();

function dialectOf(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createAdapter: () => adapter,
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** Kysely over a pool. */
export function kyselyOnPool<DB>(source: ConnectionSource): Kysely<DB> {
  return new Kysely<DB>({ dialect: dialectOf(new PooledDriver(source)) });
}

/** Kysely over one client, for the time of a transaction. */
export function kyselyOnConnection<DB>(connection: ClientConnection): Kysely<DB> {
  return new Kysely<DB>({ dialect: dialectOf(new BoundDriver(connection)) });
}
