import { plural, t } from '@lingui/core/macro';
import { statusReasonWords } from './status-reason-words.ts';
import { became, lineClosed, type Deed, type OwnDeeds } from '../../documents/document-history.ts';

/** How many lines a deed moved on; null where it does not say. */
function linesOf({ changes }: Deed): string | null {
  const received = changes.received?.after;
  return Array.isArray(received) ? plural(received.length, { one: '# line', other: '# lines' }) : null;
}

/** What a purchase order tells of its own deeds. */
export const purchaseOrderDeeds: OwnDeeds = {
  reprice: () => ({ what: t`Repriced`, reason: statusReasonWords({ code: 'total_rose', note: null }) }),
  receive(deed) {
    const receipt = became(deed, 'receipt');
    return { what: receipt === null ? t`Goods received` : t`Received ${receipt}`, detail: linesOf(deed) };
  },
  reverse_receipt(deed) {
    const receiptNumber = became(deed, 'receipt');
    return { what: receiptNumber === null ? t`Receipt taken back` : t`${receiptNumber} taken back` };
  },
  close_line: lineClosed,
};
