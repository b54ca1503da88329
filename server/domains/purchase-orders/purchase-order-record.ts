import { notFound } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { requireCommand, requireVersion } from '../documents/states.service.ts';
import { purchaseOrderStates } from './purchase-order-states.ts';
import type { PurchaseOrder, PurchaseOrderCommand } from './purchase-orders.contract.ts';
import { lockPurchaseOrder, readPurchaseOrder } from './purchase-orders.repo.ts';
import type { LockedOrder } from './purchase-orders.repo.ts';

/** The whole order with what is possible next. @throws NOT_FOUND */
export async function currentPurchaseOrder(scope: TenantScope, id: string): Promise<PurchaseOrder> {
  const record = await readPurchaseOrder(scope.db, id);
  if (!record) throw notFound('purchase order');
  return { ...record, possible: [...purchaseOrderStates[record.status]] };
}

/** Locks an order for a command. @throws NOT_FOUND */
export async function lockedOrder(scope: TenantScope, id: string): Promise<LockedOrder> {
  const order = await lockPurchaseOrder(scope.db, id);
  if (!order) throw notFound('purchase order');
  return order;
}

/** @throws CONFLICT on an older version, NOT_ALLOWED_IN_STATE when the table of states says no. */
export async function requirePossible(
  scope: TenantScope,
  order: LockedOrder,
  version: number,
  command: PurchaseOrderCommand,
): Promise<void> {
  await requireVersion(order, version, () => currentPurchaseOrder(scope, order.id));
  requireCommand(purchaseOrderStates, command, order);
}
