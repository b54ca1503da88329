import { t } from '@lingui/core/macro';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderStateWords } from '../../lib/document-words.ts';
import { formatMoney } from '../../ui/formats.ts';
import { Timeline, type TimelineEntry } from '../../ui/Timeline.tsx';

/** What happened to the order, newest first, from what it carries itself. */
export function salesOrderHistory(order: SalesOrder): TimelineEntry[] {
  const ended = order.status === 'closed' || order.status === 'cancelled';
  const entries: (TimelineEntry | null)[] = [
    { id: 'created', at: order.createdAt, what: t`Draft written`, who: order.createdBy },
    order.confirmedAt
      ? { id: 'confirmed', at: order.confirmedAt, what: t`Confirmed`, who: order.confirmedBy }
      : null,
    ...order.revisions.map((revision) => ({
      id: revision.id,
      at: revision.at,
      what: t`Changed`,
      who: revision.by,
      detail: revision.reason,
    })),
    ...order.shipments.map((shipment) => ({
      id: shipment.id,
      at: shipment.shippedAt,
      what: t`Shipped ${shipment.shipmentNumber}`,
      who: shipment.shippedBy,
      detail: shipment.trackingNumber,
    })),
    ...order.payments.map((payment) => ({
      id: payment.id,
      at: payment.paidOn,
      what: t`Paid ${formatMoney(payment.amount)}`,
      who: payment.recordedBy,
      detail: payment.reference,
    })),
    ...order.payments.map(({ id, amount, reversal }) =>
      reversal
        ? {
            id: `${id} back`,
            at: reversal.at,
            what: t`Payment of ${formatMoney(amount)} taken back`,
            who: reversal.by,
            detail: reversal.reason,
          }
        : null,
    ),
    ended
      ? {
          id: 'ended',
          at: order.updatedAt,
          what: salesOrderStateWords[order.status].label,
          who: order.updatedBy,
          detail: order.statusReason,
        }
      : null,
  ];
  return entries
    .filter((entry) => entry !== null)
    .sort((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
}

export function SalesOrderHistory({ order }: { order: SalesOrder }) {
  return <Timeline entries={salesOrderHistory(order)} />;
}
