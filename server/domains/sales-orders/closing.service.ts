import { inOrder } from '../../db/statement-order.ts';
import { notFound, Problem } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { amount, money, quantity, sum, zero } from '../../ground/decimals.contract.ts';
import { perform, withShippingShares } from '../../documents/perform.ts';
import type { RecordVersion } from '../../documents/perform.ts';
import { openQuantity, owedOf, paymentStatusOf, worthOfOpen } from '../../documents/progress.contract.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { fillBackorders } from './backorders.service.ts';
import { readReservations, takeReservations, writeProgress } from './reservations.repo.ts';
import { finish, salesOrders } from './sales-order-record.ts';
import type { SalesOrder } from './sales-orders.contract.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';
import { addOutstanding } from './transitions.repo.ts';

/** How far a line has come, in the words of all orders. */
function progressOf<Line extends LockedLine>(line: Line) {
  return { ...line, done: line.shipped };
}

/** Short-closes one line: the open quantity is cancelled and its reservation given to others who wait. */
export async function closeSalesOrderLine(
  scope: TenantScope,
  input: RecordVersion & { lineId: string; reason: string | null },
): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'closeLine', input, async ({ order }) => {
    const line = order.lines.find(({ id }) => id === input.lineId);
    if (!line) throw notFound('line of this order');
    const open = openQuantity(progressOf(line));
    if (open.isZero()) {
      throw new Problem('NOT_ALLOWED_IN_STATE', `Nothing is open on line ${line.lineNumber} any more.`, {
        state: order.status,
        possible: ['ship', 'close'],
      });
    }
    const change = await giveUp(scope, order, [line]);
    const status = stateAfterClosing(order.lines, line);
    return finish(
      scope,
      order,
      'close_line',
      { ...change, status, statusReason: input.reason },
      { after: { lines: [{ lineNumber: line.lineNumber, cancelled: quantity(open) }] } },
    );
  });
}

function stateAfterClosing(lines: readonly LockedLine[], closed: LockedLine): SalesOrder['status'] {
  const shipped = lines.some((line) => amount(line.shipped).greaterThan(0));
  const open = lines.some((line) => line !== closed && openQuantity(progressOf(line)).greaterThan(0));
  if (open) return shipped ? 'partially_shipped' : 'confirmed';
  return shipped ? 'shipped' : 'closed';
}

/** Ends the order: whatever is open is cancelled and its reservations given to others who wait. */
export async function closeSalesOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string | null },
): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'close', input, async ({ order }) => {
    const change = await giveUp(scope, order, order.lines);
    return finish(scope, order, 'close', { ...change, status: 'closed', statusReason: input.reason });
  });
}

/** Calls an order off that nothing was shipped on. What was paid for it belongs back to the customer. */
export async function cancelSalesOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string | null },
): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'cancel', input, async ({ order }) => {
    const { cancelledValue, paymentStatus } = await giveUp(scope, order, order.lines);
    return finish(scope, order, 'cancel', {
      status: 'cancelled',
      statusReason: input.reason,
      cancelledValue,
      // Of an order that is called off unpaid nobody says that it was paid.
      paymentStatus: amount(order.paid).isZero() ? order.paymentStatus : paymentStatus,
    });
  });
}

/**
 * Gives up what is open on the lines: what it is worth, with its share of shipping and its tax, is owed by nobody any
 * more; reserved goods go to others who wait. Only header and shipped quantities decide about money, and those are held
 * by the order's own lock.
 */
async function giveUp(scope: TenantScope, order: LockedOrder, closing: readonly LockedLine[]) {
  const ids = new Set(closing.map((line) => line.id));
  const shared = withShippingShares(order.lines, order.shipping).filter((line) => ids.has(line.id));
  const value = sum(shared.map((line) => worthOfOpen(progressOf(line))));
  const cancelledValue = money(amount(order.cancelledValue).plus(value));
  const after = { ...order, cancelledValue };
  const affected = closing.filter((line) => openQuantity(progressOf(line)).greaterThan(0));
  if (order.status === 'draft') {
    await writeProgress(scope.db, cancelledLines(affected));
    return { cancelledValue, paymentStatus: order.paymentStatus };
  }
  await addOutstanding(scope.db, order.customerId, money(owedOf(after).minus(owedOf(order))));
  if (affected.length > 0) await releaseAndCancel(scope, order, affected);
  return { cancelledValue, paymentStatus: paymentStatusOf(after) };
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
  await inOrder(
    () => takeReservations(scope.db, released),
    () => writeProgress(scope.db, cancelledLines(lines)),
  );
  await fillBackorders(scope, stock, products);
  await stock.write();
}

function cancelledLines(lines: readonly LockedLine[]) {
  return lines.map((line) => ({
    id: line.id,
    reserved: quantity(zero),
    backordered: quantity(zero),
    shipped: line.shipped,
    cancelled: quantity(amount(line.cancelled).plus(openQuantity(progressOf(line)))),
    cost_of_goods: line.costOfGoods,
  }));
}
