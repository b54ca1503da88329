import { may, forbidden } from '../../permissions/abilities.ts';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { amount, quantity, sum, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { perform } from '../../documents/perform.ts';
import type { RecordVersion } from '../../documents/perform.ts';
import { keepPrices } from '../../documents/repricing.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { owedOf, paymentStatusOf } from '../../documents/progress.contract.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { salesOrders } from './sales-order-record.ts';
import type { SalesOrder } from './sales-orders.contract.ts';
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
  return perform(salesOrders, scope, 'confirm', input, async ({ order, repriced }) => {
    const { details, total } = await keepPrices(salesOrders, scope, order, repriced());
    const money = { ...order, total };
    await requireCredit(scope, order.customerId, amount(total), input.exceedCredit);
    await addOutstanding(scope.db, order.customerId, owedOf(money).toFixed(2));
    await reserveGoods(scope, order);
    const paymentStatus = paymentStatusOf(money);
    return {
      change: { status: 'confirmed', paymentStatus, confirmedNow: true, statusReason: null },
      ...details,
    };
  });
}

/** Reserves per line what is available; the rest is a backorder. */
async function reserveGoods(scope: TenantScope, { warehouseId, lines }: LockedOrder): Promise<void> {
  const stock = await lockStock(
    scope,
    lines.filter((line) => line.tracked).map(({ productId }) => ({ productId, warehouseId })),
  );
  const progress = lines.map((line) => {
    const ordered = amount(line.ordered);
    const found = line.tracked ? stock.reserve(line.id, line.productId, warehouseId, ordered) : [];
    const reserved = line.tracked ? sum(found.map((part) => part.quantity)) : ordered;
    return {
      ...line,
      reserved: quantity(reserved),
      backordered: quantity(ordered.minus(reserved)),
    };
  });
  await stock.write(() => writeProgress(scope.db, salesOrders.tables, progress));
}

/** Tries again to reserve what waits; orders that have waited longer for the same products come first. */
export async function reserveSalesOrder(scope: TenantScope, input: RecordVersion): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'reserve', input, async ({ order }) => {
    const products = order.lines
      .filter((line) => amount(line.backordered).greaterThan(0))
      .map(({ productId }) => ({ productId, warehouseId: order.warehouseId }));
    const stock = await lockStock(scope, products);
    for (const each of products) stock.serve(each);
    await stock.write();
    return { change: {} };
  });
}

/**
 * Locks what the customer owes, and looks whether so much more is within the credit limit.
 * @throws INVALID on `exceedCredit` above the limit, FORBIDDEN without the permission to go above it
 */
export async function requireCredit(
  scope: TenantScope,
  customerId: string,
  more: Amount,
  exceed: boolean,
): Promise<void> {
  const account = await lockAccount(scope.db, customerId);
  if (account.creditLimit === null) return;
  const after = amount(account.outstanding).plus(more);
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
