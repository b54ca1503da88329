import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import type { QueryResult as PgResult, QueryResultRow } from 'pg';
import { isConnectionLoss, isPostgresError } from './error-mapping.ts';
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
  /** The connection is gone, or its next answer is unknown. */
  lost = false;

  constructor(client: PooledClient) {
    this.client = client;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return resultOf<R>(
        await this.client.query<QueryResultRow>(namedStatements.config(query.sql, query.parameters)),
      );
    } catch (error) {
      if (isConnectionLoss(error)) this.lost = true;
      if (!isStalePlan(error)) throw error;
      this.stale = true;
      return this.afterStalePlan<R>(query, error);
    }
  }

  /** Outside of a transaction a refused plan may be sent once more. */
  protected afterStalePlan<R>(_query: CompiledQuery, error: unknown): Promise<QueryResult<R>> {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator; pipelined connections have no cursors
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not available: read pages by key instead.');
  }
}

function resultOf<R>(result: PgResult<QueryResultRow>): QueryResult<R> {
  return {
    rows: result.rows as R[],
    ...(counted.has(result.command) ? { numAffectedRows: BigInt(result.rowCount ?? 0) } : {}),
  };
}

/** Outside of a transaction a refused plan has done nothing: the statement is sent once more, unprepared. */
class SingleStatementConnection extends ClientConnection {
  protected override async afterStalePlan<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql: text, parameters } = query;
    return resultOf<R>(await this.client.query<QueryResultRow>({ text, values: parameters as unknown[] }));
  }
}

const noTransactions = 'A transaction is opened by the call (tenantMutation), never by a service.';

/** Statements outside of a transaction: each takes a connection of the pool and gives it back. */
class PooledDriver implements Driver {
  readonly #source: ConnectionSource;

  constructor(source: ConnectionSource) {
    this.#source = source;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SingleStatementConnection(await this.#source.connect());
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const { client, stale, lost } = connection as ClientConnection;
    client.release(stale || lost);
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

/** "current transaction is aborted" only says that an earlier statement failed. */
const abortedTransaction = '25P02';

/**
 * The statements of one transaction. The first error decides: statements that were sent along with the failed one are
 * refused by the database because of it, and their callers get that error instead. Nothing is sent after an error or
 * after the end: the client may belong to somebody else by then.
 */
export class TransactionConnection extends ClientConnection {
  #failure: Error | undefined;
  #over = false;

  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#failure) throw this.#failure;
    if (this.#over) throw new Error('A statement came after the end of its transaction.');
    try {
      return await super.executeQuery<R>(query);
    } catch (error) {
      throw this.#decisive(error);
    }
  }

  /** The first error, which caused the others. */
  #decisive(error: unknown): Error {
    const given = error instanceof Error ? error : new Error(String(error));
    if (this.#failure && isPostgresError(given) && given.code === abortedTransaction) return this.#failure;
    this.#failure ??= given;
    return given;
  }

  /** Takes no more statements. @throws what failed in it, also when the caller went on all the same */
  end(): void {
    this.abandon();
    if (this.#failure) throw this.#failure;
  }

  /** Takes no more statements: none may arrive after the transaction was rolled back. */
  abandon(): void {
    this.#over = true;
  }
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
