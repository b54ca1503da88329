import { notFound, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { amount, money, quantity, rounded, sum, withTax, zero } from '../documents/amounts.service.ts';
import type { Amount } from '../documents/amounts.service.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { finish } from './approval.service.ts';
import type { RecordVersion } from './approval.service.ts';
import { lockedOrder, requirePossible } from './purchase-order-record.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';
import type { LockedLine, LockedOrder } from './purchase-orders.repo.ts';
import { addToVendor, writeProgress } from './transitions.repo.ts';

/** What is still expected on a line; over-received lines expect nothing. */
export function openQuantity(line: Pick<LockedLine, 'ordered' | 'received' | 'cancelled'>): Amount {
  const open = amount(line.ordered).minus(line.received).minus(line.cancelled);
  return open.isNegative() ? zero : open;
}

/** The state an order is in once some of it was received or closed. A short-closed order never looks fully received. */
export function stateAfter(
  lines: readonly Pick<LockedLine, 'ordered' | 'received' | 'cancelled'>[],
): 'partially_delivered' | 'confirmed' | 'delivered' | 'closed' {
  const somethingOpen = lines.some((line) => openQuantity(line).greaterThan(0));
  if (!somethingOpen)
    return lines.some((line) => amount(line.cancelled).greaterThan(0)) ? 'closed' : 'delivered';
  return lines.some((line) => amount(line.received).greaterThan(0)) ? 'partially_delivered' : 'confirmed';
}

/** Short-closes one line: what is open on it is cancelled. @throws NOT_FOUND when the order has no such line */
export async function closePurchaseOrderLine(
  scope: TenantScope,
  input: RecordVersion & { lineId: string; reason: string | null },
): Promise<PurchaseOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'closeLine');
  const line = order.lines.find(({ id }) => id === input.lineId);
  if (!line) throw notFound('line of this order');
  if (openQuantity(line).isZero()) {
    throw new Problem('NOT_ALLOWED_IN_STATE', `Nothing is open on line ${line.lineNumber} any more.`, {
      state: order.status,
      possible: ['receive', 'close'],
    });
  }
  const { lines, cancelledValue } = await cancelOpen(scope, order, [line]);
  const change = { status: stateAfter(lines), statusReason: input.reason, cancelledValue };
  return finish(scope, order, 'close_line', change, {
    before: { lines: [{ lineNumber: line.lineNumber, cancelled: line.cancelled }] },
    after: { lines: [{ lineNumber: line.lineNumber, cancelled: cancelledOf(lines, line.id) }] },
  });
}

/** Ends the order: whatever is open is cancelled and no longer expected. */
export async function closePurchaseOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string | null },
): Promise<PurchaseOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'close');
  const { cancelledValue } = await cancelOpen(scope, order, order.lines);
  return finish(scope, order, 'close', { status: 'closed', statusReason: input.reason, cancelledValue });
}

/** Calls an order off that nothing was received on. */
export async function cancelPurchaseOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string | null },
): Promise<PurchaseOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'cancel');
  const change = { status: 'cancelled', statusReason: input.reason };
  if (order.status === 'confirmed') {
    await addToVendor(
      scope.db,
      order.vendorId,
      -1,
      amount(order.cancelledValue).minus(order.total).toFixed(2),
    );
    await expectLess(scope, order, order.lines);
  }
  await writeProgress(scope.db, withOpenCancelled(order.lines, order.lines));
  return finish(scope, order, 'cancel', change);
}

async function cancelOpen(
  scope: TenantScope,
  order: LockedOrder,
  closing: readonly LockedLine[],
): Promise<{ lines: LockedLine[]; cancelledValue: string }> {
  const value = sum(closing.map(openValue));
  if (!value.isZero()) await addToVendor(scope.db, order.vendorId, 0, money(value.negated()));
  await expectLess(scope, order, closing);
  const progress = withOpenCancelled(order.lines, closing);
  await writeProgress(scope.db, progress);
  const lines = order.lines.map((line) => ({ ...line, cancelled: cancelledOf(progress, line.id) }));
  return { lines, cancelledValue: money(amount(order.cancelledValue).plus(value)) };
}

async function expectLess(
  scope: TenantScope,
  order: LockedOrder,
  closing: readonly LockedLine[],
): Promise<void> {
  const goods = closing.filter((line) => line.tracked && openQuantity(line).greaterThan(0));
  const stock = await lockStock(
    scope,
    goods.map(({ productId }) => ({ productId, warehouseId: order.warehouseId })),
  );
  for (const line of goods) stock.expect(line.productId, order.warehouseId, openQuantity(line).negated());
  await stock.write();
}

function withOpenCancelled(lines: readonly LockedLine[], closing: readonly LockedLine[]) {
  const closed = new Set(closing.map((line) => line.id));
  return lines.map((line) => ({
    id: line.id,
    received: line.received,
    received_value: line.receivedValue,
    cancelled: closed.has(line.id)
      ? quantity(amount(line.cancelled).plus(openQuantity(line)))
      : line.cancelled,
  }));
}

function cancelledOf(lines: readonly { id: string; cancelled: string }[], id: string): string {
  return lines.find((line) => line.id === id)?.cancelled ?? '0.000';
}

/** Net and tax of what is open on a line. */
function openValue(line: LockedLine): Amount {
  const whole = withTax({
    net: amount(line.net),
    cgst: amount(line.cgst),
    sgst: amount(line.sgst),
    igst: amount(line.igst),
  });
  return rounded(whole.times(openQuantity(line)).dividedBy(line.ordered));
}
