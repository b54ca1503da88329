import { copyOf } from '../../documents/copying.ts';
import { createDraft, updateDraft } from '../../documents/drafts.ts';
import { pageOf } from '../../documents/pages.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { countPurchaseOrders, listPurchaseOrders, purchaseOrderOrder } from './list.repo.ts';
import { purchaseOrders } from './purchase-order-record.ts';
import type {
  CreatePurchaseOrder,
  ListPurchaseOrders,
  PurchaseOrder,
  PurchaseOrderCopy,
  PurchaseOrderRow,
  UpdatePurchaseOrder,
} from './purchase-orders.contract.ts';
import { ordersInto } from './purchase-orders.repo.ts';

export {
  approvePurchaseOrder,
  rejectPurchaseOrder,
  submitPurchaseOrder,
} from './submitting-and-approving.service.ts';
export { cancelPurchaseOrder, closePurchaseOrder, closePurchaseOrderLine } from './closing.service.ts';
export { currentPurchaseOrder } from './purchase-order-record.ts';
export { reverseReceipt } from './receipt-reversal.service.ts';
export { receivePurchaseOrder } from './receiving.service.ts';
export { revisePurchaseOrder } from './revising.service.ts';

/** Purchase orders, the newest day first unless asked otherwise. */
export function purchaseOrderList(
  scope: TenantScope,
  input: ListPurchaseOrders,
): Promise<Page<PurchaseOrderRow>> {
  return pageOf(scope, input, purchaseOrderOrder, { list: listPurchaseOrders, count: countPurchaseOrders });
}

/** What a copy of an order begins with; see `copyOf`. */
export function copyOfPurchaseOrder(scope: TenantScope, id: string): Promise<PurchaseOrderCopy> {
  return copyOf(purchaseOrders, scope, id);
}

/** A new draft; see `createDraft`. */
export function createPurchaseOrder(scope: TenantScope, input: CreatePurchaseOrder): Promise<PurchaseOrder> {
  return createDraft(purchaseOrders, scope, input);
}

/** Changes a draft; see `updateDraft`. */
export function updatePurchaseOrder(scope: TenantScope, input: UpdatePurchaseOrder): Promise<PurchaseOrder> {
  return updateDraft(purchaseOrders, scope, input);
}

/** Numbers of a few orders whose goods are to arrive in the warehouse; it can't be closed before. */
export function purchaseOrdersInto(scope: TenantScope, warehouseId: string): Promise<string[]> {
  return ordersInto(scope.db, warehouseId);
}
