import { plural, t } from '@lingui/core/macro';
import type { PurchaseOrder } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { historyEvent, documentHistory, takenBack } from '../../documents/document-history.ts';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
import type { TimelineEntry } from '../../ui/Timeline.tsx';

/** What happened to the order, newest first, from what it carries itself. */
export function purchaseOrderHistory(order: PurchaseOrder): TimelineEntry[] {
  return documentHistory(order, purchaseOrderStateWords[order.status].label, [
    ...historyEvent('submitted', order.submittedAt, t`Submitted`, order.submittedBy),
    ...historyEvent('approved', order.approvedAt, t`Approved`, order.approvedBy),
    ...order.receipts.flatMap((receipt) => {
      const { id, receiptNumber, lines } = receipt;
      return [
        ...historyEvent(
          id,
          receipt.receivedAt,
          t`Received ${receipt.receiptNumber}`,
          receipt.receivedBy,
          plural(lines.length, { one: '# line', other: '# lines' }),
        ),
        ...takenBack(id, receipt.reversal, t`${receiptNumber} taken back`),
      ];
    }),
  ]);
}
