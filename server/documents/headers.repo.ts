import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { OrderTables } from './order-tables.ts';

/** Writes a command's outcome on the locked order and counts its version up. */
export async function changeHeader(
  db: Kysely<TenantDatabase>,
  { orders }: OrderTables,
  id: string,
  columns: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<void> {
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  await db
    .updateTable(orders)
    .set({
      ...Object.fromEntries(given),
      version: sql`version + 1`,
      updated_at: sql`now()`,
      updated_by: actor,
    })
    .where('id', '=', id)
    .execute();
}
