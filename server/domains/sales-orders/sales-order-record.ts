import { inOrder } from '../../db/statement-order.ts';
import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import type { OrderDescription } from '../../documents/perform.ts';
import { salesOrderStates } from './sales-order-states.ts';
import type { SalesOrder, SalesOrderCommand } from './sales-orders.contract.ts';
import { lockSalesOrder, readSalesOrder } from './sales-orders.repo.ts';
import type { LockedOrder } from './sales-orders.repo.ts';
import { changeHeader } from './transitions.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

/** The whole order with what is possible next. @throws NOT_FOUND */
export async function currentSalesOrder(scope: TenantScope, id: string): Promise<SalesOrder> {
  const record = await readSalesOrder(scope.db, id);
  if (!record) throw notFound('sales order');
  return { ...record, possible: [...salesOrderStates[record.status]] };
}

/** Sales orders as their commands know them. */
export const salesOrders: OrderDescription<SalesOrder['status'], SalesOrderCommand, LockedOrder, SalesOrder> =
  {
    kind: 'sale',
    noun: 'sales order',
    states: salesOrderStates,
    goesOn: ['confirm', 'reserve', 'ship'],
    partyOf: (order) => order.customerId,
    lock: (scope, id) => lockSalesOrder(scope.db, id),
    current: currentSalesOrder,
  };

/** Writes the outcome of a command and its trace, and gives the order as it is now. */
export async function finish(
  scope: TenantScope,
  order: LockedOrder,
  action: string,
  change: HeaderChange,
  details: { before?: object; after?: object } = {},
): Promise<SalesOrder> {
  const [, , record] = await inOrder(
    () => changeHeader(scope.db, order.id, change, scope.actor.name),
    () =>
      recordChange(scope, {
        action,
        kind: 'sales_order',
        id: order.id,
        label: order.number,
        before: { status: order.status, paymentStatus: order.paymentStatus, ...details.before },
        after: {
          status: change.status ?? order.status,
          paymentStatus: change.paymentStatus ?? order.paymentStatus,
          statusReason: change.statusReason ?? null,
          ...details.after,
        },
      }),
    () => currentSalesOrder(scope, order.id),
  );
  return record;
}
