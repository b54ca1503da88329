import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { wireTypes } from '../../db/pg-types.ts';
import { takeTenantLock } from '../../control-plane/tenant-lock.ts';

/**
 * The lock of a tenant (see tenant-lock.ts) with a connection to write through: a process that dies loses it at once,
 * and only its holder can write through `client`.
 */
export class ProvisioningLock {
  readonly client: pg.Client;

  private constructor(client: pg.Client) {
    this.client = client;
  }

  /** Takes the lock, waiting for at most `waitMs`; undefined when somebody else keeps it. */
  static async take(
    url: string,
    tenantId: string,
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<ProvisioningLock | undefined> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
      application_name: 'quartermaster-provisioning',
      types: wireTypes,
    });
    // A connection that drops between two statements reports here; the next statement fails and tells the caller.
    client.on('error', () => {});
    const lock = new ProvisioningLock(client);
    try {
      await client.connect();
      // A machine that vanishes without a goodbye must not keep the lock for the two hours that TCP would wait.
      await client.query(
        `set statement_timeout = '10s'; set idle_session_timeout = 0;
         set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`,
      );
      for (const until = Date.now() + waitMs; ; await sleep(50 + Math.random() * 50, undefined, { signal })) {
        if (await takeTenantLock(client, tenantId)) return lock;
        if (Date.now() >= until) break;
      }
      await lock.release();
      return undefined;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** @throws what `isConnectionLoss` knows when the lock is lost: somebody else may be at work. */
  async ensureHeld(): Promise<void> {
    await this.client.query('select 1');
  }

  /** Runs `work` in a transaction of the lock's connection. */
  async transaction<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    await this.client.query('begin');
    try {
      const result = await work(this.client);
      await this.client.query('commit');
      return result;
    } catch (error) {
      await this.client.query('rollback').catch(() => {});
      throw error;
    }
  }

  async release(): Promise<void> {
    await this.client.end().catch(() => {});
  }
}
