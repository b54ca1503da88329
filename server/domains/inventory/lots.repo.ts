import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { LotState } from './lot-state.contract.ts';

/** A lot is a number within a product. */
export interface LotOfProduct {
  productId: string;
  lot: string;
}

/** What is known of a lot, by the number as it is asked for. */
export interface KnownLotRow extends LotOfProduct, LotState {
  madeOn: string | null;
  vendorLot: string | null;
}

/**
 * What is known of these lots, by the lots as requested: capitals and small letters are the same lot. Of a product that
 * isn't kept by lots the ledger says the last usable day. Unknown lots are left out.
 */
export async function readKnownLots(
  db: Kysely<TenantDatabase>,
  lots: readonly LotOfProduct[],
): Promise<KnownLotRow[]> {
  return rowsOf<KnownLotRow>(
    db,
    `select asked.product_id as "productId", asked.lot, coalesce(l.expires_on, word.expires_on) as "expiresOn",
       l.made_on as "madeOn", l.vendor_lot as "vendorLot", coalesce(l.status, 'usable') as status
     from (select distinct * from unnest($1::uuid[], $2::text[])) as asked (product_id, lot)
     join products p on p.id = asked.product_id
     left join lots l on p.tracks_lots and l.product_id = asked.product_id and l.number_key = upper(asked.lot)
     left join lateral (
       select m.expires_on from stock_movements m
       where not p.tracks_lots and m.product_id = asked.product_id and upper(m.lot) = upper(asked.lot) and m.lot is not null
         and m.expires_on is not null
       order by m.sequence desc limit 1) as word on true
     where l.id is not null or word.expires_on is not null`,
    [lots.map(({ productId }) => productId), lots.map(({ lot }) => lot)],
  );
}

/** Keeps when lots were made and what the vendor calls them, where that wasn't known. */
export async function describeLots(
  db: Kysely<TenantDatabase>,
  lots: readonly Pick<KnownLotRow, 'productId' | 'lot' | 'madeOn' | 'vendorLot'>[],
): Promise<void> {
  await rowsOf(
    db,
    `update lots l set made_on = coalesce(l.made_on, d.made_on), vendor_lot = coalesce(l.vendor_lot, d.vendor_lot),
       version = l.version + 1, updated_at = now()
     from unnest($1::uuid[], $2::text[], $3::date[], $4::text[]) as d (product_id, lot, made_on, vendor_lot)
     where l.product_id = d.product_id and l.number_key = upper(d.lot)
       and (l.made_on is null and d.made_on is not null or l.vendor_lot is null and d.vendor_lot is not null)`,
    [
      lots.map(({ productId }) => productId),
      lots.map(({ lot }) => lot),
      lots.map(({ madeOn }) => madeOn),
      lots.map(({ vendorLot }) => vendorLot),
    ],
  );
}

/** What lies of a lot in a place, as it is kept. */
export interface LyingLotRow extends LotState {
  placeId: string;
  lot: string;
  quantity: string;
}

/** What lies of which lots in these places, which must be locked: asked after the lock, it is what stands. */
export async function readLyingLots(
  db: Kysely<TenantDatabase>,
  placeIds: readonly string[],
): Promise<LyingLotRow[]> {
  return rowsOf<LyingLotRow>(
    db,
    `select s.inventory_id as "placeId", l.number as lot, l.expires_on as "expiresOn", l.status, s.quantity
     from lot_stock s join lots l on l.id = s.lot_id
     where s.inventory_id = any ($1::uuid[]) and s.quantity > 0 order by s.inventory_id, l.number`,
    [placeIds],
  );
}

/** The lots of these products that are in quarantine or recalled, whether anything lies of them or not. */
export async function readHeldLots(
  db: Kysely<TenantDatabase>,
  productIds: readonly string[],
): Promise<(LotOfProduct & Pick<LotState, 'status'>)[]> {
  return rowsOf(
    db,
    `select product_id as "productId", number as lot, status from lots
     where product_id = any ($1::uuid[]) and status <> 'usable'`,
    [productIds],
  );
}
