import { amount, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { may, requirePermission } from '../../permissions/abilities.ts';
import { addOutstanding, lockAccount } from './account.repo.ts';
import { customerKind } from './customers.kinds.contract.ts';
import { salesOrderRights } from '../sales-orders/sales-orders.kinds.contract.ts';

/** Changes what a customer owes by an amount; decimal, below zero for what is no longer owed. */
export function changeOutstanding(scope: TenantScope, customerId: string, change: string): Promise<void> {
  return addOutstanding(scope.db, customerId, change);
}

/**
 * Locks what the customer owes, and checks that this much more is within the credit limit. Always before any place of
 * stock is locked.
 * @throws INVALID on `exceedCredit` above the limit, FORBIDDEN without the permission to go above it
 */
export async function requireCredit(
  scope: TenantScope,
  customerId: string,
  more: Amount,
  exceed: boolean,
): Promise<void> {
  const account = await lockAccount(scope.db, customerId);
  if (account.creditLimit === null) return;
  const after = amount(account.outstanding).plus(more);
  if (!after.greaterThan(account.creditLimit)) return;
  if (!exceed) {
    // Only those who read customers learn what a customer owes and may owe.
    if (!may(scope.ability, customerKind.readWith)) {
      throw invalidField('exceedCredit', 'order.over_credit_limit', { name: account.name });
    }
    const owed = amount(account.outstanding);
    throw invalidField('exceedCredit', 'order.credit_limit', {
      name: account.name,
      owed: (owed.isNegative() ? zero : owed).toFixed(2),
      total: after.toFixed(2),
      limit: account.creditLimit,
    });
  }
  requirePermission(scope.ability, salesOrderRights.exceedCredit);
}
