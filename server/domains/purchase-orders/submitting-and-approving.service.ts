import { amount } from '../../ground/decimals.contract.ts';
import { perform } from '../../documents/perform.ts';
import type { RecordVersion } from '../../documents/perform.ts';
import { keepPrices } from '../../documents/repricing.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { dueOf, openQuantity } from '../../documents/progress.contract.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { countPurchases } from '../vendors/purchases.service.ts';
import { purchaseOrders } from './purchase-order-record.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';
import type { LockedOrder } from './purchase-orders.repo.ts';

/**
 * Submits an order at today's prices: over the tenant's approval threshold it waits for approval, otherwise it is
 * confirmed at once.
 */
export async function submitPurchaseOrder(scope: TenantScope, input: RecordVersion): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'submit', input, async ({ order, repriced }) => {
    const { due, details } = await keepPrices(purchaseOrders, scope, order, repriced());
    const submittedBy = { id: scope.actor.userId, name: scope.actor.name };
    if (amount(due).greaterThan(order.approvalThreshold)) {
      return { change: { status: 'pending_approval', submittedBy, statusReason: null }, ...details };
    }
    await confirmed(scope, order, due);
    return { change: { status: 'confirmed', submittedBy, statusReason: null }, ...details };
  });
}

/**
 * Approves, by someone other than the submitter. An order whose total has risen since it was shown stays where it is,
 * with its new amounts: nobody approves what they haven't seen. @throws FORBIDDEN for the submitter
 */
export async function approvePurchaseOrder(scope: TenantScope, input: RecordVersion): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'approve', input, async ({ order, repriced }) => {
    const { due, details } = await keepPrices(purchaseOrders, scope, order, repriced());
    if (amount(due).greaterThan(dueOf(order))) {
      // Without amounts, since every reader of the order reads this. The earlier total is in its history.
      const reason = { statusReason: null, statusReasonCode: 'total_rose' } as const;
      return { action: 'reprice', change: { status: order.status, ...reason }, ...details };
    }
    await confirmed(scope, order, due);
    const approvedBy = { id: scope.actor.userId, name: scope.actor.name };
    return { change: { status: 'confirmed', approvedBy, statusReason: null }, ...details };
  });
}

/** Rejects: back to draft with a reason, by someone other than the submitter. @throws FORBIDDEN for the submitter */
export async function rejectPurchaseOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string },
): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'reject', input, async () => ({
    change: { status: 'draft', submittedBy: null, statusReason: input.reason },
  }));
}

/** Counts the goods as in transit, and the order and its total for the vendor. */
async function confirmed(scope: TenantScope, order: LockedOrder, due: string): Promise<void> {
  await countPurchases(scope, order.vendorId, { orders: 1, spent: due });
  const goods = order.lines.filter((line) => line.tracked);
  const stock = await lockStock(
    scope,
    goods.map(({ productId }) => ({ productId, warehouseId: order.warehouseId })),
  );
  for (const line of goods) {
    stock.expect(line.productId, order.warehouseId, openQuantity({ ...line, done: line.received }));
  }
  await stock.write();
}
