import { amount, money } from '../../ground/decimals.contract.ts';
import { notFound } from '../../ground/problem.ts';
import { said } from '../../ground/reasons/reasons.contract.ts';
import { perform } from '../../documents/perform.ts';
import { markReversed } from '../../documents/reversals.repo.ts';
import { requireStanding } from '../../documents/reversing.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { updateOwed } from './owing.service.ts';
import { salesOrders } from './sales-order-record.ts';
import type { ReversePayment, SalesOrder } from './sales-orders.contract.ts';

/**
 * Takes a payment back that was recorded by mistake: the customer owes again what it had covered. The record of it stays.
 * @throws NOT_FOUND for a payment of another order, NOT_ALLOWED_IN_STATE when it was taken back before
 */
export async function reversePayment(scope: TenantScope, input: ReversePayment): Promise<SalesOrder> {
  return perform(salesOrders, scope, 'reversePayment', input, async ({ order }) => {
    const { payments } = await salesOrders.current(scope, order.id);
    const payment = payments.find(({ id }) => id === input.paymentId);
    if (!payment) throw notFound('payment_of_order');
    await requireStanding(scope, {
      reversed: payment.reversal !== null,
      before: said('order.payment_reversed_before'),
    });
    const paid = money(amount(order.paid).minus(payment.amount));
    const { actor } = scope;
    await markReversed(scope.db, 'payments', payment.id, { actor: actor.name, reason: input.reason });
    return {
      change: { paid, paymentStatus: await updateOwed(scope, order, { paid }) },
      before: { paid: order.paid },
      after: { paid, reference: payment.reference, reason: input.reason },
    };
  });
}
