import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** A lot is a number within a product. */
export interface LotOfProduct {
  productId: string;
  lot: string;
}

/**
 * The last usable day most recently recorded for each lot, by the lots as requested: capitals and small letters are the
 * same lot. Unknown lots are left out.
 */
export async function readExpiries(
  db: Kysely<TenantDatabase>,
  lots: readonly LotOfProduct[],
): Promise<(LotOfProduct & { expiresOn: string })[]> {
  return rowsOf(
    db,
    `select asked.product_id as "productId", asked.lot, said.expires_on as "expiresOn"
     from (select distinct * from unnest($1::uuid[], $2::text[])) as asked (product_id, lot)
     cross join lateral (
       select m.expires_on from stock_movements m
       where m.product_id = asked.product_id and upper(m.lot) = upper(asked.lot) and m.lot is not null
         and m.expires_on is not null
       order by m.sequence desc limit 1) as said`,
    [lots.map(({ productId }) => productId), lots.map(({ lot }) => lot)],
  );
}
