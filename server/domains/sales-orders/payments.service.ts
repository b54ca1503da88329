import { inOrder } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { may } from '../../permissions/abilities.ts';
import { inputHash } from '../../db/input-hash.ts';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { amount, money } from '../../ground/decimals.contract.ts';
import { today } from '../../ground/days.contract.ts';
import { requireNotBefore } from '../../ground/days.ts';
import { isSameAgain } from '../../documents/parts.ts';
import { perform } from '../../documents/perform.ts';
import type { Outcome } from '../../documents/perform.ts';
import { owedOf } from '../../documents/progress.contract.ts';
import { updateOwed } from './owing.service.ts';
import { currentSalesOrder, salesOrders } from './sales-order-record.ts';
import type { RecordPayment, SalesOrder } from './sales-orders.contract.ts';
import type { LockedOrder } from './sales-orders.repo.ts';
import { findPayment, insertPayment } from './shipments.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';
import { salesOrderRights } from './sales-orders.kinds.contract.ts';

/**
 * Records money received for an order. The same payment id with the same content again changes nothing.
 * @throws INVALID when it is more than is owed or dated in the future; CONFLICT when the id belongs to another
 */
export async function recordPayment(scope: TenantScope, input: RecordPayment): Promise<SalesOrder> {
  // The override belongs to the request, not to the payment.
  const { version: _version, backdate: _backdate, ...content } = input;
  const contentHash = input.paymentId === undefined ? null : inputHash(content);
  return perform(
    salesOrders,
    scope,
    'recordPayment',
    input,
    ({ order }) => keepPayment(scope, order, input, contentHash),
    {
      again: async (order) =>
        input.paymentId !== undefined &&
        isSameAgain('payment', order.id, contentHash, await findPayment(scope.db, input.paymentId), () =>
          currentSalesOrder(scope, order.id),
        ),
    },
  );
}

async function keepPayment(
  scope: TenantScope,
  order: LockedOrder,
  input: RecordPayment,
  contentHash: Buffer | null,
): Promise<Outcome<HeaderChange, SalesOrder>> {
  const open = owedOf(order);
  if (amount(input.amount).greaterThan(open)) {
    throw invalidField('amount', 'order.overpaid', { open: open.toFixed(2), number: order.number });
  }
  const paidOn = input.paidOn ?? today();
  if (paidOn > today()) throw invalidField('paidOn', 'date.future');
  requireNotBefore(order, paidOn, 'paidOn', {
    asked: input.backdate,
    allowed: may(scope.ability, salesOrderRights.backdate),
  });
  const paid = money(amount(order.paid).plus(input.amount));
  const [, paymentStatus] = await inOrder(
    () =>
      insertPayment(scope.db, {
        id: input.paymentId ?? uuidv7(),
        orderId: order.id,
        amount: input.amount,
        paidOn,
        reference: input.reference,
        recordedBy: scope.actor.name,
        contentHash,
      }),
    () => updateOwed(scope, order, { paid }),
  );
  return {
    change: { paid, paymentStatus },
    before: { paid: order.paid },
    after: { paid, reference: input.reference },
  };
}
