import pg from 'pg';
import { atMost } from '../../ground/at-most.ts';

/** The key of the lock, in the control plane's database, that the one run of all nodes holds. */
const lockKey = 4_871_004;

/** Whether somebody holds it; in pg_locks the halves of a bigint key are classid and objid. */
export const isRunHeld = `exists (
  select 1 from pg_locks where locktype = 'advisory' and classid = 0 and objid = ${String(lockKey)} and objsubid = 1
    and granted and database = (select oid from pg_database where datname = current_database()))`;

const beatEvery = 2000;

/**
 * The right to run migrations, held on a connection of its own: PostgreSQL takes it back when the holder dies, also one
 * whose machine has lost its power (within some 20 s).
 */
export class MigrationRunLock {
  readonly #url: string;
  readonly #isStillOurs: () => Promise<boolean>;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #released = false;
  /** Somebody else has it, or has had it meanwhile. */
  lost = false;

  private constructor(url: string, isStillOurs: () => Promise<boolean>) {
    this.#url = url;
    this.#isStillOurs = isStillOurs;
  }

  /**
   * Takes the lock, or returns undefined while another holds it. After a lost connection it is taken again;
   * `isStillOurs` then tells whether the run continues, or was ended in between.
   */
  static async take(url: string, isStillOurs: () => Promise<boolean>): Promise<MigrationRunLock | undefined> {
    const lock = new MigrationRunLock(url, isStillOurs);
    if (!(await lock.#connect())) return undefined;
    lock.#timer = setInterval(() => {
      lock.#beating ??= lock.#beat().finally(() => (lock.#beating = undefined));
    }, beatEvery);
    lock.#timer.unref();
    return lock;
  }

  async release(): Promise<void> {
    this.#released = true;
    clearInterval(this.#timer);
    await this.#beating;
    await this.#disconnect();
  }

  async #connect(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
      application_name: 'quartermaster-migrations',
    });
    client.on('error', () => {});
    this.#client = client;
    try {
      await client.connect();
      await client.query(
        'set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3',
      );
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
        lockKey,
      ]);
      if (rows[0]?.taken === true) return true;
    } catch (error) {
      await this.#disconnect();
      throw error;
    }
    await this.#disconnect();
    return false;
  }

  async #beat(): Promise<void> {
    try {
      await this.#client?.query('select 1');
    } catch {
      await this.#disconnect();
    }
    if (this.#client || this.#released || this.lost) return;
    try {
      if (!(await this.#connect()) || !(await this.#isStillOurs())) {
        this.lost = true;
        await this.#disconnect();
      }
    } catch {
      // The control plane is away: the next beat tries again.
    }
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client)
      await atMost(
        1000,
        client.end().catch(() => {}),
      );
  }
}
