import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

export interface AdjustedPlace {
  product: { sku: string; kind: string; purchasePrice: string } | null;
  warehouse: { name: string; status: string } | null;
  /** The named bin, else the default one; null when the warehouse has no such active bin. */
  binId: string | null;
  /** Over all places of the product; for goods that come in without a cost. */
  onHand: string;
  value: string;
}

/** The records an adjustment refers to, in one statement. */
export async function readAdjustedPlace(
  db: Kysely<TenantDatabase>,
  wanted: { productId: string; warehouseId: string; binId: string | null },
): Promise<AdjustedPlace> {
  const [row] = await rowsOf<AdjustedPlace>(
    db,
    `select (select json_build_object('sku', p.sku, 'kind', p.kind, 'purchasePrice', p.purchase_price::text)
             from products p where p.id = $1) as product,
       (select json_build_object('name', w.name, 'status', w.status) from warehouses w where w.id = $2
         for key share) as warehouse,
       (select b.id from bins b where b.warehouse_id = $2 and b.status = 'active'
         and case when $3::uuid is null then b.is_default else b.id = $3 end) as "binId",
       (select coalesce(sum(i.quantity_on_hand), 0) from inventory i where i.product_id = $1) as "onHand",
       (select coalesce(sum(i.valuation), 0) from inventory i where i.product_id = $1) as value`,
    [wanted.productId, wanted.warehouseId, wanted.binId],
  );
  if (!row) throw new Error('The references could not be read.');
  return row;
}
