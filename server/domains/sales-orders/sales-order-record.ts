import { requireNearDays } from '../../ground/days.ts';
import { possibleIn } from '../../documents/document-kind.contract.ts';
import type { LinesAsked } from '../../documents/lines.contract.ts';
import type { PricedDescription } from '../../documents/order-description.ts';
import { invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type {
  CreateSalesOrder,
  SalesOrder,
  SalesOrderCommand,
  SalesOrderStatus,
} from './sales-orders.contract.ts';
import { salesOrderKind } from './sales-orders.kinds.contract.ts';
import { lockSalesOrder, readSalesOrder, salesOrderTables } from './sales-orders.repo.ts';
import type { LockedLine, LockedOrder } from './sales-orders.repo.ts';
import { columnsOf } from './transitions.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

export interface SalesOrderTypes {
  status: SalesOrderStatus;
  command: SalesOrderCommand;
  locked: LockedOrder;
  order: SalesOrder;
  change: HeaderChange;
  draft: Omit<CreateSalesOrder, 'id' | 'orderDate' | 'answerLines'> & { orderDate: string };
}

/** The order with what is possible next, and all its lines or those asked for. @throws NOT_FOUND */
export async function currentSalesOrder(
  scope: TenantScope,
  id: string,
  lines?: LinesAsked,
): Promise<SalesOrder> {
  const record = await readSalesOrder(scope.db, id, lines);
  if (!record) throw notFound(salesOrderKind);
  return { ...record, possible: possibleIn(salesOrderKind, record.status) };
}

/** How far a line has come, in the terms of all orders. */
export function progressOf<Line extends LockedLine>(line: Line) {
  return { ...line, done: line.shipped };
}

/** Sales orders as their commands know them. */
export const salesOrders: PricedDescription<SalesOrderTypes> = {
  kind: salesOrderKind,
  side: 'sale',
  tables: salesOrderTables,
  traced: ['status', 'paymentStatus'],
  progressOf,
  lock: (scope, id, only) => lockSalesOrder(scope.db, id, only),
  current: currentSalesOrder,
  columnsOf,
  requireDays({ orderDate, promisedDate }) {
    requireNearDays({ orderDate, promisedDate });
    if (promisedDate !== null && promisedDate < orderDate) {
      throw invalidField('promisedDate', 'order.promised_before_order');
    }
  },
};
