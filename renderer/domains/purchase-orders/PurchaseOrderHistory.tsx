import { plural, t } from '@lingui/core/macro';
import type { PurchaseOrder } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
import { Timeline, type TimelineEntry } from '../../ui/Timeline.tsx';

/** What happened to the order, newest first, from what it carries itself. */
export function purchaseOrderHistory(order: PurchaseOrder): TimelineEntry[] {
  const ended = order.status === 'closed' || order.status === 'cancelled';
  const entries: (TimelineEntry | null)[] = [
    { id: 'created', at: order.createdAt, what: t`Draft written`, who: order.createdBy },
    order.submittedAt
      ? { id: 'submitted', at: order.submittedAt, what: t`Submitted`, who: order.submittedBy }
      : null,
    order.approvedAt
      ? { id: 'approved', at: order.approvedAt, what: t`Approved`, who: order.approvedBy }
      : null,
    ...order.revisions.map((revision) => ({
      id: revision.id,
      at: revision.at,
      what: t`Changed`,
      who: revision.by,
      detail: revision.reason,
    })),
    ...order.receipts.map((receipt) => ({
      id: receipt.id,
      at: receipt.receivedAt,
      what: t`Received ${receipt.receiptNumber}`,
      who: receipt.receivedBy,
      detail: plural(receipt.lines.length, { one: '# line', other: '# lines' }),
    })),
    ...order.receipts.map(({ id, receiptNumber, reversal }) =>
      reversal
        ? {
            id: `${id} back`,
            at: reversal.at,
            what: t`${receiptNumber} taken back`,
            who: reversal.by,
            detail: reversal.reason,
          }
        : null,
    ),
    ended
      ? {
          id: 'ended',
          at: order.updatedAt,
          what: purchaseOrderStateWords[order.status].label,
          who: order.updatedBy,
          detail: order.statusReason,
        }
      : null,
  ];
  return entries
    .filter((entry) => entry !== null)
    .sort((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
}

export function PurchaseOrderHistory({ order }: { order: PurchaseOrder }) {
  return <Timeline entries={purchaseOrderHistory(order)} />;
}
