import { inOrder } from '../../db/statement-order.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { lockPlaces } from './ledger.repo.ts';
import type { WantedPlace } from './ledger.repo.ts';
import { LockedStock } from './locked-stock.ts';
import { LotBalances } from './lot-balances.ts';
import { readHeldLots, readLyingLots } from './lots.repo.ts';

export type { LockedStock } from './locked-stock.ts';
export { LotPicking } from './lot-picking.ts';
export type { Picked } from './lot-picking.ts';
export { missingLot, lotRefusal } from './movement-rules.ts';
export type { Reservation } from './reservations.ts';
export type { Allocation, Movement, PostedMovement, StockPlace } from './stock-place.ts';

/**
 * Locks all places of the products in the warehouses, in the one fixed order of all documents, for the rest of the
 * transaction. Nothing is written before `write()`. `day` (`YYYY-MM-DD`) is when goods leave, if that isn't today: what
 * left on the last usable day of its lot may be posted later, and is kept for it.
 */
export async function lockStock(
  scope: TenantScope,
  wanted: readonly WantedPlace[],
  day?: string,
): Promise<LockedStock> {
  const rows = wanted.length === 0 ? [] : await lockPlaces(scope.db, wanted);
  const kept = rows.filter((row) => row.tracks_lots);
  const [lying, held] =
    kept.length === 0
      ? [[], []]
      : await inOrder(
          () =>
            readLyingLots(
              scope.db,
              kept.map(({ id }) => id),
            ),
          () => readHeldLots(scope.db, [...new Set(kept.map((row) => row.product_id))]),
        );
  const stock = new LockedStock(scope, rows, new LotBalances(lying, held));
  await stock.freeUnusable(day);
  return stock;
}
