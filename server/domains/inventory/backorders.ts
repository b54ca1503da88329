import { recordChange } from '../../documents/audit/record-change.ts';
import { inOrder } from '../../db/statement-order.ts';
import { amount, quantity, sum, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { claimsOf, moveToReserved, waitingClaims } from '../sales-orders/claims.service.ts';
import type { Claim } from '../sales-orders/claims.service.ts';
import { readReservations } from './reservations.repo.ts';
import type { Reservation } from './reservations.ts';
import type { Allocation } from './stock-place.ts';
import { salesOrderKind } from '../sales-orders/sales-orders.kinds.contract.ts';

/** The locked places, as far as waiting orders need them. */
interface FreeStock {
  available(productId: string, warehouseId: string): Amount;
  reserve(lineId: string, productId: string, warehouseId: string, wanted: Amount): Reservation[];
  release(reservation: Reservation): void;
}

/** A product in a warehouse. */
export interface StockedProduct {
  productId: string;
  warehouseId: string;
}

/**
 * Promises the free quantity of these products to the lines that wait for it, the oldest first, and returns the
 * statements that update the lines.
 */
export async function serveBackorders(
  scope: TenantScope,
  stock: FreeStock,
  products: readonly StockedProduct[],
): Promise<(() => Promise<void>)[]> {
  const free = products.filter((each) => stock.available(each.productId, each.warehouseId).greaterThan(0));
  if (free.length === 0) return [];
  const served: ClaimMove[] = [];
  for (const claim of await waitingClaims(scope, free)) {
    const wanted = amount(claim.backordered);
    const found = sum(
      stock.reserve(claim.lineId, claim.productId, claim.warehouseId, wanted).map((part) => part.quantity),
    );
    if (found.greaterThan(0)) served.push({ claim, moved: found });
  }
  return moving(scope, 'fill_backorder', served);
}

/**
 * Frees goods in these places that are reserved for orders: the youngest orders wait again first. The places must hold
 * that much in reservations.
 */
export async function releaseReservations(
  scope: TenantScope,
  stock: FreeStock,
  wanted: readonly Allocation[],
): Promise<void> {
  if (wanted.length === 0) return;
  const open = new Map(wanted.map(({ placeId, quantity: missing }) => [placeId, missing]));
  const kept = await readReservations(scope.db, { placeIds: [...open.keys()] });
  const byLine = Map.groupBy(kept, ({ lineId }) => lineId);
  const given: ClaimMove[] = [];
  for (const claim of (await claimsOf(scope, [...byLine.keys()])).toReversed()) {
    let freed = zero;
    for (const { lineId, placeId, quantity: held } of byLine.get(claim.lineId) ?? []) {
      const missing = open.get(placeId) ?? zero;
      const part = missing.lessThan(held) ? missing : amount(held);
      open.set(placeId, missing.minus(part));
      if (part.greaterThan(0)) stock.release({ lineId, placeId, quantity: part });
      freed = freed.plus(part);
    }
    if (freed.greaterThan(0)) given.push({ claim, moved: freed.negated() });
  }
  await inOrder(...moving(scope, 'give_up_reservation', given));
}

interface ClaimMove {
  claim: Claim;
  /** From waiting to reserved; below zero the other way. */
  moved: Amount;
}

/** The statements that move the lines on, and leave a trace on their documents. */
function moving(scope: TenantScope, action: string, moves: readonly ClaimMove[]): (() => Promise<void>)[] {
  if (moves.length === 0) return [];
  const documents = Map.groupBy(moves, ({ claim }) => claim.documentId);
  return [
    () =>
      moveToReserved(
        scope,
        moves.map(({ claim, moved }) => ({ lineId: claim.lineId, quantity: quantity(moved) })),
      ),
    ...[...documents].map(
      ([id, ofDocument]) =>
        () =>
          recordChange(scope, {
            action,
            kind: salesOrderKind,
            id,
            label: ofDocument[0]?.claim.documentNumber ?? '',
            after: action === 'fill_backorder' ? { linesServed: ofDocument.length } : {},
          }),
    ),
  ];
}
