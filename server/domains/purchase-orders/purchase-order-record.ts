import { requireNearDays } from '../../ground/days.ts';
import { possibleIn } from '../../documents/document-kind.contract.ts';
import type { LinesAsked } from '../../documents/lines.contract.ts';
import type { PricedDescription } from '../../documents/order-description.ts';
import { answerIn } from '../../ground/answers/answers.contract.ts';
import type { Language } from '../../ground/languages.contract.ts';
import { invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type {
  CreatePurchaseOrder,
  PurchaseOrder,
  PurchaseOrderCommand,
  PurchaseOrderStatus,
} from './purchase-orders.contract.ts';
import { purchaseOrderKind } from './purchase-orders.kinds.contract.ts';
import { lockPurchaseOrder, purchaseOrderTables, readPurchaseOrder } from './purchase-orders.repo.ts';
import type { LockedOrder, PurchaseOrderRecord } from './purchase-orders.repo.ts';
import { earlierReason } from './status-reason.contract.ts';
import type { StatusReason, StatusReasonCode } from './status-reason.contract.ts';
import { columnsOf } from './transitions.repo.ts';
import type { HeaderChange } from './transitions.repo.ts';

export interface PurchaseOrderTypes {
  status: PurchaseOrderStatus;
  command: PurchaseOrderCommand;
  locked: LockedOrder;
  order: PurchaseOrder;
  change: HeaderChange;
  draft: Omit<CreatePurchaseOrder, 'id' | 'orderDate' | 'answerLines'> & { orderDate: string };
}

/** The order with what is possible next, and all its lines or those asked for. @throws NOT_FOUND */
export async function currentPurchaseOrder(
  scope: TenantScope,
  id: string,
  lines?: LinesAsked,
): Promise<PurchaseOrder> {
  const record = await readPurchaseOrder(scope.db, id, lines);
  if (!record) throw notFound(purchaseOrderKind);
  const { code, note } = reasonOf(record);
  return {
    ...record,
    statusReason: reasonWords(scope.language, code, note),
    statusReasonCode: code,
    statusNote: note,
    possible: possibleIn(purchaseOrderKind, record.status),
  };
}

/** The reason of a record, also where one text holds both its parts. */
function reasonOf({ status, statusReasonCode: code, statusNote: note }: PurchaseOrderRecord): StatusReason {
  return status === 'pending_approval' && code === null && note !== null
    ? earlierReason(note)
    : { code, note };
}

function reasonWords(language: Language, code: StatusReasonCode | null, note: string | null): string | null {
  switch (code) {
    case 'total_rose':
      return answerIn(language, 'order.total_rose');
    case 'revised':
      return answerIn(language, 'order.revised', { note: note ?? '' });
    case null:
      return note;
  }
}

/** How far a line has come, in the terms of all orders. */
export function progressOf<Line extends { received: string }>(line: Line) {
  return { ...line, done: line.received };
}

/** Purchase orders as their commands know them. */
export const purchaseOrders: PricedDescription<PurchaseOrderTypes> = {
  kind: purchaseOrderKind,
  side: 'purchase',
  tables: purchaseOrderTables,
  traced: ['status'],
  progressOf,
  lock: (scope, id, only) => lockPurchaseOrder(scope.db, id, only),
  current: currentPurchaseOrder,
  columnsOf,
  requireDays({ orderDate, expectedDate }) {
    requireNearDays({ orderDate, expectedDate });
    if (expectedDate !== null && expectedDate < orderDate) {
      throw invalidField('expectedDate', 'order.expected_before_ordered');
    }
  },
};
