import { together } from '../../db/statement-order.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { countPurchaseOrders, listPurchaseOrders, purchaseOrderOrder } from './list.repo.ts';
import type { ListPurchaseOrders, PurchaseOrderRow } from './purchase-orders.contract.ts';
import { ordersInto } from './purchase-orders.repo.ts';

export { approvePurchaseOrder, rejectPurchaseOrder, submitPurchaseOrder } from './approval.service.ts';
export { cancelPurchaseOrder, closePurchaseOrder, closePurchaseOrderLine } from './closing.service.ts';
export { createPurchaseOrder, updatePurchaseOrder } from './drafts.service.ts';
export { currentPurchaseOrder } from './purchase-order-record.ts';
export { reverseReceipt } from './receipt-reversal.service.ts';
export { receivePurchaseOrder } from './receiving.service.ts';
export { revisePurchaseOrder } from './revising.service.ts';

/** Purchase orders, the newest day first unless asked otherwise. */
export async function purchaseOrderList(
  scope: TenantScope,
  input: ListPurchaseOrders,
): Promise<Page<PurchaseOrderRow>> {
  const page = purchaseOrderOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listPurchaseOrders(scope.db, input, page),
    input.total ? countPurchaseOrders(scope.db, input) : undefined,
  ]);
  return { ...page.page(rows, (row) => row), ...total };
}

/** Numbers of a few orders whose goods are to arrive in the warehouse; it can't be closed before. */
export function purchaseOrdersInto(scope: TenantScope, warehouseId: string): Promise<string[]> {
  return ordersInto(scope.db, warehouseId);
}
