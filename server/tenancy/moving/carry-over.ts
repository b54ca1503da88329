import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { quoted } from '../../db/databases.ts';
import { listed } from './tenant-tables.ts';
import type { TenantTable } from './tenant-tables.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';

/** One round of carrying rows over. */
export interface Round {
  rows: number;
  /** The next round takes what was written by this transaction or a later one. */
  horizon: string;
}

/**
 * Carries over what changed since `horizon`, or everything without one, so that afterwards the target holds exactly what
 * the source's snapshot does. The source must be in a transaction that sees one moment (repeatable read, or with its
 * tables locked), the target in a transaction of its own with its guards laid down.
 *
 * Which rows changed is read off `xmin`, the transaction that wrote a row: everything older than the oldest transaction
 * that ran at the horizon has been seen. It takes a few rows too many, never one too few, and nothing is installed in
 * the source. What was deleted shows in the number of rows.
 */
export async function carryOver(
  source: pg.Client,
  target: pg.Client,
  tables: readonly TenantTable[],
  horizon?: string,
): Promise<Round> {
  const { rows } = await source.query<{ horizon: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
  );
  let carried = 0;
  for (const table of tables) {
    carried +=
      horizon === undefined
        ? await stream(source, target, selectAll(table), `public.${quoted(table.name)}`, table.columns)
        : await replaceChanged(source, target, table, horizon);
  }
  return { rows: carried, horizon: rows[0]?.horizon ?? '0' };
}

const selectAll = ({ name, columns }: TenantTable) => `select ${listed(columns)} from public.${quoted(name)}`;

async function replaceChanged(
  source: pg.Client,
  target: pg.Client,
  table: TenantTable,
  horizon: string,
): Promise<number> {
  const { columns, key } = table;
  const name = `public.${quoted(table.name)}`;
  const same = key.map((column) => `t.${quoted(column)} = c.${quoted(column)}`).join(' and ');
  await target.query(
    `create temp table changed on commit drop as select ${listed(columns)} from ${name} limit 0`,
  );
  const changed = await stream(
    source,
    target,
    `${selectAll(table)} where ${writtenSince(horizon)}`,
    'changed',
    columns,
  );
  if (changed > 0) await target.query(`delete from ${name} t using changed c where ${same}`);
  if ((await countOf(source, name)) !== (await countOf(target, name)) + changed) {
    await deleteGone(source, target, table);
  }
  if (changed > 0) {
    await target.query(
      `insert into ${name} (${listed(columns)}) overriding system value select ${listed(columns)} from changed`,
    );
  }
  await target.query('drop table changed');
  return changed;
}

/** Deletes rows in the target that are no longer in the source. */
async function deleteGone(source: pg.Client, target: pg.Client, { name, key }: TenantTable): Promise<void> {
  const table = `public.${quoted(name)}`;
  const same = key.map((column) => `t.${quoted(column)} = k.${quoted(column)}`).join(' and ');
  await target.query(`create temp table kept on commit drop as select ${listed(key)} from ${table} limit 0`);
  await stream(source, target, `select ${listed(key)} from ${table}`, 'kept', key);
  await target.query(`delete from ${table} t where not exists (select from kept k where ${same})`);
  await target.query('drop table kept');
}

/** Compared by age: transaction numbers of rows have 32 bits and wrap around. */
function writtenSince(horizon: string): string {
  return `age(xmin) <= age('${String(BigInt(horizon) % 4_294_967_296n)}'::xid)`;
}

async function countOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${table}`);
  return Number(rows[0]?.count ?? 0);
}

async function stream(
  source: pg.Client,
  target: pg.Client,
  query: string,
  into: string,
  columns: readonly string[],
): Promise<number> {
  const writing = target.query(copyFrom(`copy ${into} (${listed(columns)}) from stdin`));
  await pipeline(source.query(copyTo(`copy (${query}) to stdout`)), writing);
  return writing.rowCount;
}

/** Number and sum of the hashes of a table's rows: equal for equal contents, whatever their order. */
async function fingerprintOf(client: pg.Client, { name, columns }: TenantTable): Promise<string> {
  const { rows } = await client.query<{ print: string }>(
    `select count(*) || ' ' || coalesce(sum(hashtextextended(row(${listed(columns)})::text, 0)::numeric), 0) as print
     from public.${quoted(name)}`,
  );
  return rows[0]?.print ?? '';
}

/**
 * Proves that both sides hold the same rows.
 * @throws Error naming the first table that differs.
 */
export async function proveSame(
  source: pg.Client,
  target: pg.Client,
  tables: readonly TenantTable[],
): Promise<void> {
  for (const table of tables) {
    const [there, here] = await Promise.all([fingerprintOf(source, table), fingerprintOf(target, table)]);
    if (there !== here) throw new Error(storedText('move.copy_differs', { table: table.name }));
  }
}
