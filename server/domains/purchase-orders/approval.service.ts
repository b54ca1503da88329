import { inOrder } from '../../db/statement-order.ts';
import { amount, money } from '../../ground/decimals.contract.ts';
import { keptLines, keptTotals } from '../../documents/kept-amounts.ts';
import { isRepriced, perform } from '../../documents/perform.ts';
import type { RecordVersion } from '../../documents/perform.ts';
import type { PricedOrder } from '../../documents/pricing.ts';
import { Problem } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { dueOf, openQuantity } from '../../documents/progress.contract.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { replaceAmounts } from './drafts.repo.ts';
import { currentPurchaseOrder, purchaseOrders } from './purchase-order-record.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';
import type { LockedOrder } from './purchase-orders.repo.ts';
import { addToVendor, changeHeader } from './transitions.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

/**
 * Over the tenant's approval threshold the order waits for an approval, else it is confirmed at once; by what it comes to
 * today.
 */
export async function submitPurchaseOrder(scope: TenantScope, input: RecordVersion): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'submit', input, async ({ order, repriced }) => {
    const { total, details } = await priceAnew(scope, order, repriced());
    const submittedBy = { id: scope.actor.userId, name: scope.actor.name };
    const change = { submittedBy, statusReason: null };
    if (amount(total).greaterThan(order.approvalThreshold)) {
      return finish(scope, order, 'submit', { ...change, status: 'pending_approval' }, details);
    }
    await confirmed(scope, order, total);
    return finish(scope, order, 'submit', { ...change, status: 'confirmed' }, details);
  });
}

/**
 * By someone other than the submitter. An order that comes to more by now than what was shown stays where it is, with its
 * new amounts: nobody approves what they haven't seen. @throws FORBIDDEN for the submitter
 */
export async function approvePurchaseOrder(scope: TenantScope, input: RecordVersion): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'approve', input, async ({ order, repriced }) => {
    requireSomeoneElse(scope, order);
    const { total, details } = await priceAnew(scope, order, repriced());
    if (amount(total).greaterThan(order.total)) {
      const statusReason = `The total rose from ₹${order.total} to ₹${total} since it was submitted: look at it again.`;
      return finish(scope, order, 'reprice', { status: order.status, statusReason }, details);
    }
    await confirmed(scope, order, total);
    const approvedBy = { id: scope.actor.userId, name: scope.actor.name };
    return finish(scope, order, 'approve', { status: 'confirmed', approvedBy, statusReason: null }, details);
  });
}

/** Back to draft with a reason, by someone other than the submitter. @throws FORBIDDEN for the submitter */
export async function rejectPurchaseOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string },
): Promise<PurchaseOrder> {
  return perform(purchaseOrders, scope, 'reject', input, async ({ order }) => {
    requireSomeoneElse(scope, order);
    const change = { status: 'draft', submittedBy: null, statusReason: input.reason };
    return finish(scope, order, 'reject', change);
  });
}

function requireSomeoneElse(scope: TenantScope, order: LockedOrder): void {
  if (order.submittedById !== scope.actor.userId) return;
  throw new Problem(
    'FORBIDDEN',
    `You submitted ${order.number} yourself: someone else must decide about it.`,
  );
}

/** Keeps what the order comes to now, and tells what changed. */
async function priceAnew(scope: TenantScope, order: LockedOrder, now: PricedOrder) {
  const total = money(now.total);
  if (!isRepriced(order, now)) return { total, details: {} };
  await replaceAmounts(scope.db, order.id, keptTotals(now), keptLines(now));
  const details = {
    before: { total: order.total, interState: order.interState },
    after: { total, interState: now.interState },
  };
  return { total, details };
}

/** The goods are on their way now, and the vendor has an order more. */
async function confirmed(scope: TenantScope, order: LockedOrder, total: string): Promise<void> {
  const { cancelledValue } = order;
  await addToVendor(scope.db, order.vendorId, 1, money(dueOf({ total, cancelledValue })));
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

/** Writes the outcome of a command and its trace, and gives the order as it is now. */
export async function finish(
  scope: TenantScope,
  order: LockedOrder,
  action: string,
  change: HeaderChange,
  details: { before?: object; after?: object } = {},
): Promise<PurchaseOrder> {
  const [, , record] = await inOrder(
    () => changeHeader(scope.db, order.id, change, scope.actor.name),
    () =>
      recordChange(scope, {
        action,
        kind: 'purchase_order',
        id: order.id,
        label: order.number,
        before: { status: order.status, ...details.before },
        after: { status: change.status, statusReason: change.statusReason ?? null, ...details.after },
      }),
    () => currentPurchaseOrder(scope, order.id),
  );
  return record;
}
