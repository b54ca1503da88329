import type { TenantScope } from '../../ladder/scope.ts';
import { lockPlaces } from './ledger.repo.ts';
import type { WantedPlace } from './ledger.repo.ts';
import { LockedStock } from './locked-stock.ts';
import type { Movement, PostedMovement } from './stock-place.ts';

export type { LockedStock } from './locked-stock.ts';
export { missingLot } from './movement-rules.ts';
export type { Allocation, Movement, PostedMovement, StockPlace } from './stock-place.ts';

/**
 * Locks all places of the products in the warehouses, in the one fixed order of all documents, for the rest of the
 * transaction. Nothing is written before `write()`.
 */
export async function lockStock(scope: TenantScope, wanted: readonly WantedPlace[]): Promise<LockedStock> {
  const rows = wanted.length === 0 ? [] : await lockPlaces(scope.db, wanted);
  return new LockedStock(scope, rows);
}

/**
 * Posts movements to the ledger and keeps the running totals, all of them or none.
 * @throws INVALID when a place would fall below zero or below what is reserved, when its last movement is later than
 * the posting, or when the posting lies in the future; the field is `lines.<index>.quantity` or `occurredAt`.
 */
export async function postMovements(
  scope: TenantScope,
  movements: readonly Movement[],
): Promise<PostedMovement[]> {
  const stock = await lockStock(scope, movements);
  const posted = movements.map((movement, index) =>
    stock.post(movement, {
      quantity: `lines.${String(index)}.quantity`,
      lot: `lines.${String(index)}.lot`,
      occurredAt: 'occurredAt',
    }),
  );
  await stock.write();
  return posted;
}
