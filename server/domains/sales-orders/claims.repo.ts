import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** A line that stock is set aside for, or that waits for it. */
export interface Claim {
  lineId: string;
  documentId: string;
  documentNumber: string;
  productId: string;
  warehouseId: string;
  backordered: string;
}

/**
 * What each line of a sales order holds of the stock and waits for: line_id, document_id, document_number, confirmed_at,
 * product_id, warehouse_id, reserved, backordered. SQL for a FROM: stock reads it beside its own tables, in one statement.
 */
export const claimsOnStock = `(
  select l.id as line_id, o.id as document_id, o.so_number as document_number, o.confirmed_at, l.product_id, o.warehouse_id,
    l.reserved, l.backordered
  from sales_order_lines l join sales_orders o on o.id = l.sales_order_id)`;

const claims = (condition: string) => `
  select l.id as "lineId", o.id as "documentId", o.so_number as "documentNumber", l.product_id as "productId",
    o.warehouse_id as "warehouseId", l.backordered
  from sales_order_lines l join sales_orders o on o.id = l.sales_order_id
  where ${condition} order by o.confirmed_at, o.id, l.line_number`;

/** Lines that wait for these products in these warehouses, the oldest order first. */
export async function readWaitingClaims(
  db: Db,
  products: readonly { productId: string; warehouseId: string }[],
): Promise<Claim[]> {
  return rowsOf<Claim>(
    db,
    claims(`l.backordered > 0 and l.product_id = any ($1::uuid[]) and o.status in ('confirmed', 'partially_shipped')
      and (l.product_id, o.warehouse_id) in (select * from unnest($1::uuid[], $2::uuid[]))`),
    [products.map((each) => each.productId), products.map((each) => each.warehouseId)],
  );
}

/** These lines, the oldest order first. */
export async function readClaims(db: Db, lineIds: readonly string[]): Promise<Claim[]> {
  return rowsOf<Claim>(db, claims('l.id = any ($1::uuid[])'), [lineIds]);
}

/** Moves quantities of lines from backordered to reserved; below zero the other way. */
export async function serveLines(
  db: Db,
  served: readonly { lineId: string; quantity: string }[],
): Promise<void> {
  await rowsOf(
    db,
    `update sales_order_lines l set reserved = l.reserved + s.quantity, backordered = l.backordered - s.quantity
     from unnest($1::uuid[], $2::numeric[]) as s (line_id, quantity) where l.id = s.line_id`,
    [served.map((each) => each.lineId), served.map((each) => each.quantity)],
  );
}

/** Whether any sales order names the product. */
export async function namesProduct(db: Db, productId: string): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`
    select exists (select 1 from sales_order_lines where product_id = ${productId}) as named`.execute(db);
  return rows[0]?.named ?? false;
}
