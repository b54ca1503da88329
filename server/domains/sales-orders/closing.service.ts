import { notFound, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { amount, money, quantity, rounded, sum, withTax, zero } from '../documents/amounts.service.ts';
import type { Amount } from '../documents/amounts.service.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { fillBackorders } from './backorders.service.ts';
import { owed, paymentStatusOf } from './payments.service.ts';
import { readReservations, takeReservations, writeProgress } from './reservations.repo.ts';
import { finish, lockedOrder, requirePossible } from './sales-order-record.ts';
import type { RecordVersion } from './sales-order-record.ts';
import type { SalesOrder } from './sales-orders.contract.ts';
import { readLines } from './sales-orders.repo.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';
import { addOutstanding } from './transitions.repo.ts';

/** What of a line was neither shipped nor cancelled. */
function openQuantity(line: LockedLine): Amount {
  return amount(line.ordered).minus(line.shipped).minus(line.cancelled);
}

/** Short-closes one line: the open quantity is cancelled and its reservation given to others who wait. */
export async function closeSalesOrderLine(
  scope: TenantScope,
  input: RecordVersion & { lineId: string; reason: string | null },
): Promise<SalesOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'closeLine');
  const lines = await readLines(scope.db, order.id);
  const line = lines.find(({ id }) => id === input.lineId);
  if (!line) throw notFound('line of this order');
  if (openQuantity(line).isZero()) {
    throw new Problem('NOT_ALLOWED_IN_STATE', `Nothing is open on line ${line.lineNumber} any more.`, {
      state: order.status,
      possible: ['ship', 'close'],
    });
  }
  const change = await cancelOpen(scope, order, lines, [line]);
  return finish(
    scope,
    order,
    'close_line',
    { ...change, status: stateAfterClosing(lines, line), statusReason: input.reason },
    { after: { lines: [{ lineNumber: line.lineNumber, cancelled: quantity(openQuantity(line)) }] } },
  );
}

function stateAfterClosing(lines: readonly LockedLine[], closed: LockedLine): SalesOrder['status'] {
  const shipped = lines.some((line) => amount(line.shipped).greaterThan(0));
  const open = lines.some((line) => line !== closed && openQuantity(line).greaterThan(0));
  if (open) return shipped ? 'partially_shipped' : 'confirmed';
  return shipped ? 'shipped' : 'closed';
}

/** Ends the order: whatever is open is cancelled and its reservations given to others who wait. */
export async function closeSalesOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string | null },
): Promise<SalesOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'close');
  const lines = await readLines(scope.db, order.id);
  const change = await cancelOpen(scope, order, lines, lines);
  return finish(scope, order, 'close', { ...change, status: 'closed', statusReason: input.reason });
}

/** Calls an order off that nothing was shipped on. */
export async function cancelSalesOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string | null },
): Promise<SalesOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'cancel');
  const lines = await readLines(scope.db, order.id);
  const change = { status: 'cancelled', statusReason: input.reason };
  if (order.status === 'draft') {
    await writeProgress(scope.db, cancelledLines(lines));
    return finish(scope, order, 'cancel', change);
  }
  await addOutstanding(scope.db, order.customerId, money(owed(order).negated()));
  await releaseAndCancel(scope, order, lines);
  return finish(scope, order, 'cancel', { ...change, cancelledValue: order.total });
}

async function cancelOpen(
  scope: TenantScope,
  order: LockedOrder,
  lines: readonly LockedLine[],
  closing: readonly LockedLine[],
): Promise<{ cancelledValue: string; paymentStatus: SalesOrder['paymentStatus'] }> {
  // Only header and shipped quantities decide about money, and those are held by the order's own lock.
  const cancelledValue = money(amount(order.cancelledValue).plus(sum(closing.map(openValue))));
  const after = { ...order, cancelledValue };
  await addOutstanding(scope.db, order.customerId, money(owed(after).minus(owed(order))));
  const affected = closing.filter((line) => openQuantity(line).greaterThan(0));
  if (affected.length > 0) await releaseAndCancel(scope, order, affected);
  return { cancelledValue, paymentStatus: lines.length > 0 ? paymentStatusOf(after) : order.paymentStatus };
}

/** Gives back what is reserved for these lines, cancels what is open, and serves whoever waits. */
async function releaseAndCancel(
  scope: TenantScope,
  order: LockedOrder,
  lines: readonly LockedLine[],
): Promise<void> {
  const products = lines
    .filter((line) => line.tracked)
    .map(({ productId }) => ({ productId, warehouseId: order.warehouseId }));
  const stock = await lockStock(scope, products);
  const ids = new Set(lines.map((line) => line.id));
  const released = (await readReservations(scope.db, order.id)).filter((part) => ids.has(part.lineId));
  for (const { placeId, quantity: reserved } of released) {
    stock.release({ placeId, quantity: amount(reserved) });
  }
  await Promise.all([takeReservations(scope.db, released), writeProgress(scope.db, cancelledLines(lines))]);
  await fillBackorders(scope, stock, products);
  await stock.write();
}

function cancelledLines(lines: readonly LockedLine[]) {
  return lines.map((line) => ({
    id: line.id,
    reserved: quantity(zero),
    backordered: quantity(zero),
    shipped: line.shipped,
    cancelled: quantity(amount(line.cancelled).plus(openQuantity(line))),
    cost_of_goods: line.costOfGoods,
  }));
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
