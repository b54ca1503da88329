import { may, forbidden } from '../../auth/permissions.ts';
import { invalidField, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { amount, quantity, sum, zero } from '../documents/amounts.service.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { fillBackorders } from './backorders.service.ts';
import { addReservations, writeProgress } from './reservations.repo.ts';
import type { LineProgress, ReservedPart } from './reservations.repo.ts';
import { finish, lockedOrder, requirePossible } from './sales-order-record.ts';
import type { RecordVersion } from './sales-order-record.ts';
import type { SalesOrder } from './sales-orders.contract.ts';
import { readLines, retiredReferences } from './sales-orders.repo.ts';
import type { LockedOrder } from './sales-orders.repo.ts';
import { addOutstanding, lockAccount } from './transitions.repo.ts';

/**
 * Confirms a draft within the customer's credit limit: per line what is available is reserved, the rest is a backorder.
 * @throws INVALID on `exceedCredit` above the limit, FORBIDDEN without the permission to go above it
 */
export async function confirmSalesOrder(
  scope: TenantScope,
  input: RecordVersion & { exceedCredit: boolean },
): Promise<SalesOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'confirm');
  await requireReferencesInUse(scope, order);
  await requireCredit(scope, order, input.exceedCredit);
  await addOutstanding(scope.db, order.customerId, order.total);
  const lines = await readLines(scope.db, order.id);
  const stock = await lockStock(
    scope,
    lines
      .filter((line) => line.tracked)
      .map(({ productId }) => ({ productId, warehouseId: order.warehouseId })),
  );
  const parts: ReservedPart[] = [];
  const progress: LineProgress[] = lines.map((line) => {
    const ordered = amount(line.ordered);
    let reserved = ordered;
    if (line.tracked) {
      const found = stock.reserve(line.productId, order.warehouseId, ordered);
      for (const part of found)
        parts.push({ lineId: line.id, placeId: part.placeId, quantity: quantity(part.quantity) });
      reserved = sum(found.map((part) => part.quantity));
    }
    return {
      id: line.id,
      reserved: quantity(reserved),
      backordered: quantity(ordered.minus(reserved)),
      shipped: line.shipped,
      cancelled: line.cancelled,
      cost_of_goods: line.costOfGoods,
    };
  });
  await Promise.all([stock.write(), addReservations(scope.db, parts), writeProgress(scope.db, progress)]);
  return finish(scope, order, 'confirm', { status: 'confirmed', confirmedNow: true, statusReason: null });
}

/** Tries again to reserve what waits; orders that have waited longer for the same products come first. */
export async function reserveSalesOrder(scope: TenantScope, input: RecordVersion): Promise<SalesOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'reserve');
  const waiting = (await readLines(scope.db, order.id)).filter((line) =>
    amount(line.backordered).greaterThan(0),
  );
  const products = waiting.map(({ productId }) => ({ productId, warehouseId: order.warehouseId }));
  const stock = await lockStock(scope, products);
  await fillBackorders(scope, stock, products);
  await stock.write();
  return finish(scope, order, 'reserve', {});
}

async function requireReferencesInUse(scope: TenantScope, order: LockedOrder): Promise<void> {
  const retired = await retiredReferences(scope.db, order.id);
  const fields = retired.map(({ field, name, status }) => ({
    path: field,
    message: `${name} is ${status}: no new orders are possible.`,
  }));
  const [first] = fields;
  if (first) throw new Problem('INVALID', first.message, { fields });
}

async function requireCredit(scope: TenantScope, order: LockedOrder, exceed: boolean): Promise<void> {
  const account = await lockAccount(scope.db, order.customerId);
  if (account.creditLimit === null) return;
  const after = amount(account.outstanding).plus(order.total);
  if (!after.greaterThan(account.creditLimit)) return;
  if (!exceed) {
    const owed = amount(account.outstanding);
    throw invalidField(
      'exceedCredit',
      `${account.name} owes ₹${(owed.isNegative() ? zero : owed).toFixed(2)}; with this order it would be ₹${after.toFixed(2)}, over the credit limit of ₹${account.creditLimit}.`,
    );
  }
  if (!may(scope.ability, 'sales_orders:exceed_credit')) throw forbidden('sales_orders:exceed_credit');
}
