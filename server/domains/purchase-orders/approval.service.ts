import { Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { amount } from '../documents/amounts.service.ts';
import { lockStock } from '../inventory/ledger.service.ts';
import { currentPurchaseOrder, lockedOrder, requirePossible } from './purchase-order-record.ts';
import type { PurchaseOrder } from './purchase-orders.contract.ts';
import { retiredReferences } from './purchase-orders.repo.ts';
import type { LockedOrder } from './purchase-orders.repo.ts';
import { addToVendor, changeHeader } from './transitions.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

export interface RecordVersion {
  id: string;
  version: number;
}

/** Over the tenant's approval threshold the order waits for an approval, else it is confirmed at once. */
export async function submitPurchaseOrder(scope: TenantScope, input: RecordVersion): Promise<PurchaseOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'submit');
  await requireReferencesInUse(scope, order);
  const submittedBy = { id: scope.actor.userId, name: scope.actor.name };
  if (amount(order.total).greaterThan(order.approvalThreshold)) {
    return finish(scope, order, 'submit', { status: 'pending_approval', submittedBy, statusReason: null });
  }
  await confirmed(scope, order);
  return finish(scope, order, 'submit', { status: 'confirmed', submittedBy, statusReason: null });
}

/** By someone other than the submitter. @throws FORBIDDEN for the submitter */
export async function approvePurchaseOrder(scope: TenantScope, input: RecordVersion): Promise<PurchaseOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'approve');
  requireSomeoneElse(scope, order);
  await requireReferencesInUse(scope, order);
  await confirmed(scope, order);
  const approvedBy = { id: scope.actor.userId, name: scope.actor.name };
  return finish(scope, order, 'approve', { status: 'confirmed', approvedBy, statusReason: null });
}

/** Back to draft with a reason, by someone other than the submitter. @throws FORBIDDEN for the submitter */
export async function rejectPurchaseOrder(
  scope: TenantScope,
  input: RecordVersion & { reason: string },
): Promise<PurchaseOrder> {
  const order = await lockedOrder(scope, input.id);
  await requirePossible(scope, order, input.version, 'reject');
  requireSomeoneElse(scope, order);
  return finish(scope, order, 'reject', { status: 'draft', submittedBy: null, statusReason: input.reason });
}

function requireSomeoneElse(scope: TenantScope, order: LockedOrder): void {
  if (order.submittedById !== scope.actor.userId) return;
  throw new Problem(
    'FORBIDDEN',
    `You submitted ${order.number} yourself: someone else must decide about it.`,
  );
}

async function requireReferencesInUse(scope: TenantScope, order: LockedOrder): Promise<void> {
  const retired = await retiredReferences(scope.db, order.id);
  const fields = retired.map(({ field, name, status }) => ({
    path: field,
    message: `${name} is ${status}: it can't be ordered${field === 'vendorId' ? ' from' : ''}.`,
  }));
  const [first] = fields;
  if (first) throw new Problem('INVALID', first.message, { fields });
}

/** The goods are on their way now, and the vendor has an order more. */
async function confirmed(scope: TenantScope, order: LockedOrder): Promise<void> {
  await addToVendor(scope.db, order.vendorId, 1, order.total);
  const goods = order.lines.filter((line) => line.tracked);
  const stock = await lockStock(
    scope,
    goods.map(({ productId }) => ({ productId, warehouseId: order.warehouseId })),
  );
  for (const line of goods) stock.expect(line.productId, order.warehouseId, amount(line.ordered));
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
  const [, record] = await Promise.all([
    changeHeader(scope.db, order.id, change, scope.actor.name),
    currentPurchaseOrder(scope, order.id),
    recordChange(scope, {
      action,
      kind: 'purchase_order',
      id: order.id,
      label: order.number,
      before: { status: order.status, ...details.before },
      after: { status: change.status, statusReason: change.statusReason ?? null, ...details.after },
    }),
  ]);
  return record;
}
