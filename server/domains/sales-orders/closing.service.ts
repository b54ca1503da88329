import { amount, money, quantity, sum, zero } from '../../ground/decimals.contract.ts';
import { closeLine } from '../../documents/closing.ts';
import type { Closing } from '../../documents/closing.ts';
import { perform } from '../../documents/perform.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { openQuantity, worthOfOpen } from '../../documents/progress.contract.ts';
import { inOrder } from '../../db/statement-order.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { updateOwed } from './owing.service.ts';
import { progressOf, salesOrders } from './sales-order-record.ts';
import type { SalesOrder, SalesOrderStatus } from './sales-orders.contract.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';

/** Short-closes one line: the open quantity is cancelled and its reservation given to others who wait. */
export function closeSalesOrderLine(
  scope: TenantScope,
  input: Closing & { lineId: string },
): Promise<SalesOrder> {
  return closeLine(salesOrders, { cancelOpen, stateByLines }, scope, input);
}

function stateByLines(lines: readonly LockedLine[]): SalesOrderStatus {
  const shipped = lines.some((line) => amount(line.shipped).greaterThan(0));
  const open = lines.some((line) => openQuantity(progressOf(line)).greaterThan(0));
  if (open) return shipped ? 'partially_shipped' : 'confirmed';
  return shipped ? 'shipped' : 'closed';
}

/** Ends the order: whatever is open is cancelled and its reservations given to others who wait. */
export function closeSalesOrder(scope: TenantScope, input: Closing): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'close', input, ({ order }) =>
    end(scope, order, 'closed', input.reason),
  );
}

/** Cancels an order before anything was shipped. What the customer paid for it is to be refunded. */
export function cancelSalesOrder(scope: TenantScope, input: Closing): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'cancel', input, ({ order }) =>
    end(scope, order, 'cancelled', input.reason),
  );
}

async function end(
  scope: TenantScope,
  order: LockedOrder,
  status: 'closed' | 'cancelled',
  reason: string | null,
) {
  const change = await cancelOpen(scope, order, order.lines, status);
  return { change: { ...change, status, statusReason: reason } };
}

/**
 * Cancels what is open on the lines: their worth, with its share of shipping and its tax, is no longer owed; reserved
 * goods go to others who wait. Money depends only on the header and the shipped quantities, and the order's own lock
 * holds those.
 */
async function cancelOpen(
  scope: TenantScope,
  order: LockedOrder,
  closing: readonly LockedLine[],
  status: string = order.status,
) {
  const value = sum(closing.map((line) => worthOfOpen(progressOf(line))));
  const cancelledValue = money(amount(order.cancelledValue).plus(value));
  const paymentStatus = await updateOwed(scope, order, { cancelledValue, status });
  const affected = closing.filter((line) => openQuantity(progressOf(line)).greaterThan(0));
  if (order.status === 'draft') await writeProgress(scope.db, salesOrders.tables, cancelled(affected));
  else if (affected.length > 0) await releaseAndCancel(scope, order, affected);
  return { cancelledValue, paymentStatus };
}

/** Gives back what is reserved for these lines, and cancels what is open. */
async function releaseAndCancel(
  scope: TenantScope,
  order: LockedOrder,
  lines: readonly LockedLine[],
): Promise<void> {
  const products = lines
    .filter((line) => line.tracked)
    .map(({ productId }) => ({ productId, warehouseId: order.warehouseId }));
  const stock = await lockStock(scope, products);
  const reservations = await stock.reservationsOf(lines.map((line) => line.id));
  for (const reserved of [...reservations.values()].flat()) stock.release(reserved);
  await inOrder(
    () => writeProgress(scope.db, salesOrders.tables, cancelled(lines)),
    () => stock.write(),
  );
}

/** The lines with nothing open on them any more. */
function cancelled(lines: readonly LockedLine[]): readonly LockedLine[] {
  for (const line of lines) {
    line.cancelled = quantity(amount(line.cancelled).plus(openQuantity(progressOf(line))));
    line.reserved = quantity(zero);
    line.backordered = quantity(zero);
  }
  return lines;
}
