import { copyOf } from '../../documents/copying.ts';
import { createDraft, updateDraft } from '../../documents/drafts.ts';
import { pageOf } from '../../documents/pages.ts';
import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { countSalesOrders, listSalesOrders, salesOrderOrder } from './list.repo.ts';
import { salesOrders } from './sales-order-record.ts';
import type {
  CreateSalesOrder,
  ListSalesOrders,
  ReservedPlaces,
  SalesOrder,
  SalesOrderCopy,
  SalesOrderRow,
  UpdateSalesOrder,
} from './sales-orders.contract.ts';
import { salesOrderKind } from './sales-orders.kinds.contract.ts';
import { ordersFrom, readReservedPlaces } from './sales-orders.repo.ts';

export { cancelSalesOrder, closeSalesOrder, closeSalesOrderLine } from './closing.service.ts';
export { confirmSalesOrder, reserveSalesOrder } from './confirming.service.ts';
export { reversePayment } from './payment-reversal.service.ts';
export { recordPayment } from './payments.service.ts';
export { reviseSalesOrder } from './revising.service.ts';
export { currentSalesOrder } from './sales-order-record.ts';
export { deliverSalesOrder, shipSalesOrder } from './shipping.service.ts';

/** Sales orders, the newest day first unless asked otherwise. */
export function salesOrderList(scope: TenantScope, input: ListSalesOrders): Promise<Page<SalesOrderRow>> {
  return pageOf(scope, input, salesOrderOrder, { list: listSalesOrders, count: countSalesOrders });
}

/** The places where an order's reserved goods lie, for the person who fetches them. @throws NOT_FOUND */
export async function reservedPlaces(scope: TenantScope, id: string): Promise<ReservedPlaces> {
  const places = await readReservedPlaces(scope.db, id);
  if (!places) throw notFound(salesOrderKind);
  return places;
}

/** What a copy of an order begins with; see `copyOf`. */
export function copyOfSalesOrder(scope: TenantScope, id: string): Promise<SalesOrderCopy> {
  return copyOf(salesOrders, scope, id);
}

/** A new draft; see `createDraft`. */
export function createSalesOrder(scope: TenantScope, input: CreateSalesOrder): Promise<SalesOrder> {
  return createDraft(salesOrders, scope, input);
}

/** Changes a draft; see `updateDraft`. */
export function updateSalesOrder(scope: TenantScope, input: UpdateSalesOrder): Promise<SalesOrder> {
  return updateDraft(salesOrders, scope, input);
}

/** Numbers of a few orders whose goods are to leave from the warehouse; it can't be closed before. */
export function salesOrdersFrom(scope: TenantScope, warehouseId: string): Promise<string[]> {
  return ordersFrom(scope.db, warehouseId);
}
