import { RateLimiter } from '../../auth/rate-limiter.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { amount, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { invalidField, problemAt } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { may, requirePermission } from '../../permissions/abilities.ts';
import { salesOrderKind, salesOrderRights } from '../sales-orders/sales-orders.kinds.contract.ts';
import { lockAccount } from './account.repo.ts';
import { customerKind } from './customers.kinds.contract.ts';

/** The order that needs more credit. */
interface Wanting {
  id: string;
  number: string;
  customerId: string;
}

/**
 * Each refusal tells a person who may not read customers on which side of an amount the limit lies. Three refusals and
 * one a day place it no closer than to an eighth at first, and halve that once a day.
 */
const refusals = new RateLimiter(1 / 86_400, 3);

/**
 * Locks the customer's debt, and checks whether this much more is within the credit limit. Always before any place of
 * stock is locked.
 * @throws INVALID on `exceedCredit` above the limit, FORBIDDEN without the permission to go above it; without a check,
 * for a person who may not read customers and was refused too often
 */
export async function requireCredit(
  scope: TenantScope,
  order: Wanting,
  more: Amount,
  exceed: boolean,
): Promise<void> {
  const account = await lockAccount(scope.db, order.customerId);
  const readsCustomers = may(scope.ability, customerKind.readWith);
  const mayExceed = exceed && may(scope.ability, salesOrderRights.exceedCredit);
  const tries = `${scope.tenant.id} ${scope.actor.userId} ${order.customerId}`;
  if (!readsCustomers && !mayExceed && !refusals.hasLeft(tries)) {
    throw problemAt('FORBIDDEN', 'exceedCredit', 'order.credit_tries');
  }
  if (account.creditLimit === null) return;
  const after = amount(account.outstanding).plus(more);
  if (!after.greaterThan(account.creditLimit) || mayExceed) return;
  if (!readsCustomers) {
    refusals.take(tries);
    scope.afterRollback((anew) =>
      recordChange(anew, {
        action: 'credit_refused',
        kind: salesOrderKind,
        id: order.id,
        label: order.number,
      }),
    );
  }
  if (exceed) requirePermission(scope.ability, salesOrderRights.exceedCredit);
  // Only people who read customers learn a customer's debt and limit.
  if (!readsCustomers) throw invalidField('exceedCredit', 'order.over_credit_limit', { name: account.name });
  const owed = amount(account.outstanding);
  throw invalidField('exceedCredit', 'order.credit_limit', {
    name: account.name,
    owed: (owed.isNegative() ? zero : owed).toFixed(2),
    total: after.toFixed(2),
    limit: account.creditLimit,
  });
}
