import type { Kysely } from 'kysely';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { OrderTables } from './order-tables.ts';

/** Writes how far lines of an order have come, all in one statement. */
export async function writeProgress(
  db: Kysely<TenantDatabase>,
  { lines: table, progress }: OrderTables,
  lines: readonly { id: string }[],
): Promise<void> {
  const columns = Object.values(progress);
  const rows = lines.map((line) => {
    const fields = line as Readonly<Record<string, unknown>>;
    const kept = Object.entries(progress).map(([field, column]): [string, unknown] => [
      column,
      fields[field],
    ]);
    return { id: line.id, ...Object.fromEntries(kept) };
  });
  await rowsOf(
    db,
    `update ${table} l set ${columns.map((column) => `${column} = p.${column}`).join(', ')}
     from json_to_recordset($1::json) as p (id uuid, ${columns.map((column) => `${column} numeric`).join(', ')})
     where l.id = p.id`,
    [JSON.stringify(rows)],
  );
}
