import { money, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { owedOf, paymentStatusOf } from '../../documents/progress.contract.ts';
import type { OrderMoney } from '../../documents/progress.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { changeOutstanding } from '../customers/account.service.ts';
import type { SalesOrder } from './sales-orders.contract.ts';
import type { LockedOrder } from './sales-orders.repo.ts';

/** The fields of an order that decide its money. */
type Owing = OrderMoney & { status: string };

/** How much more the customer owes for the order after a change than before it; below zero for less. */
export function riseOf(before: Owing, after: Owing): Amount {
  return owedIn(after).minus(owedIn(before));
}

/** Nobody owes a draft. */
function owedIn(order: Owing): Amount {
  return order.status === 'draft' ? zero : owedOf(order);
}

/**
 * Every command that changes what an order comes to, what was cancelled or paid of it, or its state, keeps its money by
 * this: the customer's account follows what is owed, and the payment status is given. Before any place of stock is locked.
 */
export async function updateOwed(
  scope: TenantScope,
  before: LockedOrder,
  changed: Partial<Owing>,
): Promise<SalesOrder['paymentStatus']> {
  const after = { ...before, ...changed };
  const rise = riseOf(before, after);
  if (!rise.isZero()) await changeOutstanding(scope, before.customerId, money(rise));
  return paymentStatusOf(after);
}
