import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/**
 * What confirmed purchase orders have still to bring: product_id, warehouse_id, expected_date, quantity, a row for each line.
 * SQL for a FROM: stock reads it beside its own tables, in one statement.
 */
export const arrivals = `(
  select l.product_id, o.warehouse_id, o.expected_date, greatest(l.ordered - l.received - l.cancelled, 0.000) as quantity
  from purchase_orders o join purchase_order_lines l on l.purchase_order_id = o.id
  where o.status in ('confirmed', 'partially_delivered'))`;

/** Whether any purchase order names the product. */
export async function namesProduct(db: Kysely<TenantDatabase>, productId: string): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`
    select exists (select 1 from purchase_order_lines where product_id = ${productId}) as named`.execute(db);
  return rows[0]?.named ?? false;
}
