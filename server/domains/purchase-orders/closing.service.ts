import { amount, money, quantity, sum } from '../../ground/decimals.contract.ts';
import { closeLine } from '../../documents/closing.ts';
import type { Closing } from '../../documents/closing.ts';
import { perform } from '../../documents/perform.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { openQuantity, worthOfOpen } from '../../documents/progress.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { countPurchases } from '../vendors/purchases.service.ts';
import { progressOf, purchaseOrders } from './purchase-order-record.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';
import type { LockedLine, LockedOrder } from './purchase-orders.repo.ts';
import { stateByLines } from './state-by-lines.ts';

/** Short-closes one line: what is open on it is cancelled. @throws NOT_FOUND when the order has no such line */
export function closePurchaseOrderLine(
  scope: TenantScope,
  input: Closing & { lineId: string },
): Promise<PurchaseOrder> {
  return closeLine(purchaseOrders, { cancelOpen, stateByLines }, scope, input);
}

/** Ends the order: whatever is open is cancelled and no longer expected. */
export function closePurchaseOrder(scope: TenantScope, input: Closing): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'close', input, async ({ order }) => {
    const change = await cancelOpen(scope, order, order.lines);
    return { change: { ...change, status: 'closed', statusReason: input.reason } };
  });
}

/** Cancels an order before anything was received. A confirmed one no longer counts as an order of the vendor. */
export function cancelPurchaseOrder(scope: TenantScope, input: Closing): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'cancel', input, async ({ order }) => {
    const change = await cancelOpen(scope, order, order.lines, -1);
    return { change: { ...change, status: 'cancelled', statusReason: input.reason } };
  });
}

/**
 * Cancels the open quantity of the lines: it is no longer in transit, and its worth, with its share of shipping and its
 * tax, is neither owed nor spent. Updates the lines and returns what was cancelled of the order so far.
 */
async function cancelOpen(
  scope: TenantScope,
  order: LockedOrder,
  closing: readonly LockedLine[],
  orders = 0,
): Promise<{ cancelledValue: string }> {
  const value = sum(closing.map((line) => worthOfOpen(progressOf(line))));
  const counts = order.status !== 'draft' && order.status !== 'pending_approval';
  if (counts && (orders !== 0 || !value.isZero())) {
    await countPurchases(scope, order.vendorId, { orders, spent: money(value.negated()) });
  }
  if (counts) await expectLess(scope, order, closing);
  for (const line of closing) {
    line.cancelled = quantity(amount(line.cancelled).plus(openQuantity(progressOf(line))));
  }
  await writeProgress(scope.db, purchaseOrders.tables, closing);
  return { cancelledValue: money(amount(order.cancelledValue).plus(value)) };
}

async function expectLess(
  scope: TenantScope,
  order: LockedOrder,
  closing: readonly LockedLine[],
): Promise<void> {
  const goods = closing.filter((line) => line.tracked && openQuantity(progressOf(line)).greaterThan(0));
  const stock = await lockStock(
    scope,
    goods.map(({ productId }) => ({ productId, warehouseId: order.warehouseId })),
  );
  for (const line of goods) {
    stock.expect(line.productId, order.warehouseId, openQuantity(progressOf(line)).negated());
  }
  await stock.write();
}
