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

/** What lies of a lot in a place, as it is kept. */
export interface LyingLotRow {
  placeId: string;
  lot: string;
  expiresOn: string | null;
  quantity: string;
}

/**
 * What lies of which lots in these places, which must be locked: asked after the lock, it is what stands. null in a schema
 * one version older, which keeps no balances.
 */
export async function readLyingLots(
  db: Kysely<TenantDatabase>,
  placeIds: readonly string[],
): Promise<LyingLotRow[] | null> {
  const [kept] = await rowsOf<{ kept: boolean }>(
    db,
    `select to_regclass('lot_stock') is not null as kept`,
    [],
  );
  if (!kept?.kept) return null;
  return rowsOf<LyingLotRow>(
    db,
    `select s.inventory_id as "placeId", l.number as lot, l.expires_on as "expiresOn", s.quantity
     from lot_stock s join lots l on l.id = s.lot_id
     where s.inventory_id = any ($1::uuid[]) and s.quantity > 0 order by s.inventory_id, l.number`,
    [placeIds],
  );
}
