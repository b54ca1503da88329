import { together } from '../../db/statement-order.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { countSalesOrders, listSalesOrders, salesOrderOrder } from './list.repo.ts';
import type { ListSalesOrders, SalesOrderRow } from './sales-orders.contract.ts';
import { ordersFrom } from './sales-orders.repo.ts';

export { cancelSalesOrder, closeSalesOrder, closeSalesOrderLine } from './closing.service.ts';
export { confirmSalesOrder, reserveSalesOrder } from './confirming.service.ts';
export { createSalesOrder, updateSalesOrder } from './drafts.service.ts';
export { reversePayment } from './payment-reversal.service.ts';
export { recordPayment } from './payments.service.ts';
export { reviseSalesOrder } from './revising.service.ts';
export { currentSalesOrder } from './sales-order-record.ts';
export { deliverSalesOrder, shipSalesOrder } from './shipping.service.ts';

/** Sales orders, the newest day first unless asked otherwise. */
export async function salesOrderList(
  scope: TenantScope,
  input: ListSalesOrders,
): Promise<Page<SalesOrderRow>> {
  const page = salesOrderOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listSalesOrders(scope.db, input, page),
    input.total ? countSalesOrders(scope.db, input) : undefined,
  ]);
  return { ...page.page(rows, (row) => row), ...total };
}

/** Numbers of a few orders whose goods are to leave from the warehouse; it can't be closed before. */
export function salesOrdersFrom(scope: TenantScope, warehouseId: string): Promise<string[]> {
  return ordersFrom(scope.db, warehouseId);
}
