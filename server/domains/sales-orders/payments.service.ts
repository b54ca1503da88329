import { v7 as uuidv7 } from 'uuid';
import { inputHash } from '../../db/input-hash.ts';
import { invalidField, Problem } from '../../trpc/problem.ts';
import type { TenantScope } from '../../trpc/scope.ts';
import { amount, money, zero } from '../documents/amounts.service.ts';
import type { Amount } from '../documents/amounts.service.ts';
import { today } from '../documents/document-days.service.ts';
import { currentSalesOrder, finish, lockedOrder, requirePossible } from './sales-order-record.ts';
import type { RecordPayment, SalesOrder } from './sales-orders.contract.ts';
import type { LockedOrder } from './sales-orders.repo.ts';
import { findPayment, insertPayment } from './shipments.repo.ts';
import { addOutstanding } from './transitions.repo.ts';

type Money = Pick<LockedOrder, 'total' | 'cancelledValue' | 'paid'>;

/** What the customer has to pay for the order, without what was cancelled of it. */
function due({ total, cancelledValue }: Money): Amount {
  return amount(total).minus(cancelledValue);
}

/** What is still to be paid: never below zero. */
export function owed(order: Money): Amount {
  const open = due(order).minus(order.paid);
  return open.isNegative() ? zero : open;
}

export function paymentStatusOf(order: Money): SalesOrder['paymentStatus'] {
  if (amount(order.paid).isZero()) return 'unpaid';
  return owed(order).isZero() ? 'paid' : 'partially_paid';
}

/**
 * Records money received for an order. The same payment id with the same content again changes nothing.
 * @throws INVALID when it is more than what is open or was paid in the future; CONFLICT when the id stands for another
 */
export async function recordPayment(scope: TenantScope, input: RecordPayment): Promise<SalesOrder> {
  const order = await lockedOrder(scope, input.id);
  const { version, ...content } = input;
  const contentHash = input.paymentId === undefined ? null : inputHash(content);
  if (input.paymentId !== undefined) {
    const earlier = await findPayment(scope.db, input.paymentId);
    if (earlier) {
      const current = await currentSalesOrder(scope, order.id);
      const same = contentHash !== null && earlier.contentHash?.equals(contentHash);
      if (earlier.orderId === order.id && same) return current;
      throw new Problem('CONFLICT', 'This payment id is already used for another payment.', { current });
    }
  }
  await requirePossible(scope, order, version, 'recordPayment');
  const open = owed(order);
  if (amount(input.amount).greaterThan(open)) {
    throw invalidField('amount', `Only ₹${open.toFixed(2)} of ${order.number} is still to be paid.`);
  }
  const paidOn = input.paidOn ?? today();
  if (paidOn > today()) throw invalidField('paidOn', 'This lies in the future.');
  const paid = money(amount(order.paid).plus(input.amount));
  await Promise.all([
    insertPayment(scope.db, {
      id: input.paymentId ?? uuidv7(),
      orderId: order.id,
      amount: input.amount,
      paidOn,
      reference: input.reference,
      recordedBy: scope.actor.name,
      contentHash,
    }),
    addOutstanding(scope.db, order.customerId, money(amount(input.amount).negated())),
  ]);
  return finish(
    scope,
    order,
    'record_payment',
    { paid, paymentStatus: paymentStatusOf({ ...order, paid }) },
    { before: { paid: order.paid }, after: { paid, reference: input.reference } },
  );
}
