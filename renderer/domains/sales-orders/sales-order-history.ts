import { t } from '@lingui/core/macro';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { historyEvent, documentHistory, takenBack } from '../../documents/document-history.ts';
import { salesOrderStateWords } from '../../lib/document-words.ts';
import { formatMoney } from '../../ui/formats.ts';
import type { TimelineEntry } from '../../ui/Timeline.tsx';

/** What happened to the order, newest first, from what it carries itself. */
export function salesOrderHistory(order: SalesOrder): TimelineEntry[] {
  return documentHistory(order, salesOrderStateWords[order.status].label, [
    ...historyEvent('confirmed', order.confirmedAt, t`Confirmed`, order.confirmedBy),
    ...order.shipments.flatMap((shipment) =>
      historyEvent(
        shipment.id,
        shipment.shippedAt,
        t`Shipped ${shipment.shipmentNumber}`,
        shipment.shippedBy,
        shipment.trackingNumber,
      ),
    ),
    ...order.payments.flatMap(({ id, amount, paidOn, recordedBy, reference, reversal }) => [
      ...historyEvent(id, paidOn, t`Paid ${formatMoney(amount)}`, recordedBy, reference),
      ...takenBack(id, reversal, t`Payment of ${formatMoney(amount)} taken back`),
    ]),
  ]);
}
