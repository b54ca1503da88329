import type pg from 'pg';
import { totalCap } from '../ground/list.contract.ts';

/**
 * How many rows there are, as far as it is cheap to say: `from` is the statement from FROM on. Beyond the cap the number
 * is the cap, and `totalCapped` says that there are more.
 */
export async function cappedCount(
  pool: pg.Pool,
  from: string,
  values: readonly unknown[],
): Promise<{ total: number; totalCapped: boolean }> {
  const { rows } = await pool.query<{ counted: number }>(
    `select count(*)::int as counted from (select ${from} limit ${String(totalCap + 1)}) as found`,
    [...values],
  );
  const counted = rows[0]?.counted ?? 0;
  return { total: Math.min(counted, totalCap), totalCapped: counted > totalCap };
}
