import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** A lot is a number within a product. */
export interface LotOfProduct {
  productId: string;
  lot: string;
}

/** The last usable day that each lot was said to have last; lots that nothing is known of are left out. */
export async function readExpiries(
  db: Kysely<TenantDatabase>,
  lots: readonly LotOfProduct[],
): Promise<(LotOfProduct & { expiresOn: string })[]> {
  return rowsOf(
    db,
    `select distinct on (m.product_id, m.lot) m.product_id as "productId", m.lot, m.expires_on as "expiresOn"
     from stock_movements m
     where (m.product_id, m.lot) in (select * from unnest($1::uuid[], $2::text[])) and m.expires_on is not null
     order by m.product_id, m.lot, m.sequence desc`,
    [lots.map(({ productId }) => productId), lots.map(({ lot }) => lot)],
  );
}
