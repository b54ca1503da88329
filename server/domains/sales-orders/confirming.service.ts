import type { TenantScope } from '../../ladder/scope.ts';
import { amount, quantity, sum } from '../../ground/decimals.contract.ts';
import { perform } from '../../documents/perform.ts';
import type { RecordVersion } from '../../documents/perform.ts';
import { keepPrices } from '../../documents/repricing.ts';
import { writeProgress } from '../../documents/progress.repo.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { requireCredit } from '../customers/credit.service.ts';
import { updateOwed } from './owing.service.ts';
import { salesOrders } from './sales-order-record.ts';
import type { SalesOrder } from './sales-orders.contract.ts';
import type { LockedOrder } from './sales-orders.repo.ts';

/**
 * Confirms a draft within the customer's credit limit: per line what is available is reserved, the rest is a backorder.
 * @throws INVALID on `exceedCredit` above the limit, FORBIDDEN without the permission to go above it
 */
export async function confirmSalesOrder(
  scope: TenantScope,
  input: RecordVersion & { exceedCredit: boolean },
): Promise<SalesOrder> {
  const confirmed = await perform(salesOrders, scope, 'confirm', input, async ({ order, repriced }) => {
    const { due, details } = await keepPrices(salesOrders, scope, order, repriced());
    await requireCredit(scope, order, amount(due), input.exceedCredit);
    const after = { status: 'confirmed', total: due, cancelledValue: '0' };
    const paymentStatus = await updateOwed(scope, order, after);
    await reserveGoods(scope, order);
    return {
      change: { status: 'confirmed', paymentStatus, confirmedNow: true, statusReason: null },
      ...details,
    };
  });
  // The trail's entry about it is written together with the number, after the order was read.
  return { ...confirmed, confirmedBy: scope.actor.name };
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
