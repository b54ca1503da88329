import type pg from 'pg';
import { isConnectionLoss } from './error-mapping.ts';

/** Runs `work` in one transaction on a connection of the pool; one that broke is given up. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: boolean | Error = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = isConnectionLoss(error);
    if (!broken) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    }
    throw error;
  } finally {
    client.release(broken);
  }
}
