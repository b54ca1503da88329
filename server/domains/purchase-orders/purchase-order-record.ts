import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { OrderDescription } from '../../documents/perform.ts';
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

/** Purchase orders as their commands know them. */
export const purchaseOrders: OrderDescription<
  PurchaseOrder['status'],
  PurchaseOrderCommand,
  LockedOrder,
  PurchaseOrder
> = {
  kind: 'purchase',
  noun: 'purchase order',
  states: purchaseOrderStates,
  goesOn: ['submit', 'approve', 'receive'],
  partyOf: (order) => order.vendorId,
  lock: (scope, id) => lockPurchaseOrder(scope.db, id),
  current: currentPurchaseOrder,
};
