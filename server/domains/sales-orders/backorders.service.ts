import { inOrder } from '../../db/statement-order.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { amount, quantity, sum } from '../../ground/decimals.contract.ts';
import type { LockedStock } from '../inventory/ledger.service.ts';
import { addReservations, readWaitingLines, serveLines } from './reservations.repo.ts';
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
