import { inOrder } from '../../db/statement-order.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { amount, quantity, sum, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import type { Allocation, LockedStock } from '../inventory/ledger.service.ts';
import {
  addReservations,
  readHoldingLines,
  readWaitingLines,
  serveLines,
  takeReservations,
} from './reservations.repo.ts';
import type { ReservedPart } from './reservations.repo.ts';

/**
 * Promises free stock to the orders that wait for it, the oldest first. Called by everything that frees stock or brings
 * some, in its own transaction and with the products' places locked; the caller writes `stock` afterwards.
 */
export async function fillBackorders(
  scope: TenantScope,
  stock: LockedStock,
  products: readonly { productId: string; warehouseId: string }[],
): Promise<void> {
  const free = products.filter((each) => stock.available(each.productId, each.warehouseId).greaterThan(0));
  if (free.length === 0) return;
  const waiting = await readWaitingLines(scope.db, free);
  const parts: ReservedPart[] = [];
  const served: { lineId: string; quantity: string }[] = [];
  const orders = new Map<string, { number: string; lines: number }>();
  for (const line of waiting) {
    const found = stock.reserve(line.productId, line.warehouseId, amount(line.backordered));
    if (found.length === 0) continue;
    for (const part of found)
      parts.push({ lineId: line.lineId, placeId: part.placeId, quantity: quantity(part.quantity) });
    served.push({ lineId: line.lineId, quantity: quantity(sum(found.map((part) => part.quantity))) });
    const order = orders.get(line.orderId) ?? { number: line.orderNumber, lines: 0 };
    orders.set(line.orderId, { ...order, lines: order.lines + 1 });
  }
  if (served.length === 0) return;
  await inOrder(
    () => addReservations(scope.db, parts),
    () => serveLines(scope.db, served),
    ...[...orders].map(
      ([id, order]) =>
        () =>
          recordChange(scope, {
            action: 'fill_backorder',
            kind: 'sales_order',
            id,
            label: order.number,
            after: { linesServed: order.lines },
          }),
    ),
  );
}

/**
 * Makes goods in these places free again that are set aside for orders: they wait again, the youngest order first. The
 * places must be locked, and hold so much in reservations; the caller writes `stock` afterwards.
 */
export async function giveUpReservations(
  scope: TenantScope,
  stock: LockedStock,
  wanted: readonly Allocation[],
): Promise<void> {
  if (wanted.length === 0) return;
  const holding = await readHoldingLines(
    scope.db,
    wanted.map(({ placeId }) => placeId),
  );
  const open = new Map(wanted.map(({ placeId, quantity: missing }) => [placeId, missing]));
  const taken: ReservedPart[] = [];
  const waiting = new Map<string, Amount>();
  const orders = new Map<string, string>();
  for (const line of holding) {
    const missing = open.get(line.placeId) ?? zero;
    if (!missing.greaterThan(0)) continue;
    const given = missing.lessThan(line.quantity) ? missing : amount(line.quantity);
    open.set(line.placeId, missing.minus(given));
    stock.release({ placeId: line.placeId, quantity: given });
    taken.push({ lineId: line.lineId, placeId: line.placeId, quantity: quantity(given) });
    waiting.set(line.lineId, (waiting.get(line.lineId) ?? zero).plus(given));
    orders.set(line.orderId, line.orderNumber);
  }
  await inOrder(
    () => takeReservations(scope.db, taken),
    () =>
      serveLines(
        scope.db,
        [...waiting].map(([lineId, given]) => ({ lineId, quantity: quantity(given.negated()) })),
      ),
    ...[...orders].map(
      ([id, label]) =>
        () =>
          recordChange(scope, { action: 'give_up_reservation', kind: 'sales_order', id, label }),
    ),
  );
}
