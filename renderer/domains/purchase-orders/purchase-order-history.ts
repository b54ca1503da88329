import { plural, t } from '@lingui/core/macro';
import { statusReasonWords } from './status-reason-words.ts';
import { became, lineClosed, type HistoryEntry, type OwnEntries } from '../../documents/document-history.ts';

/** How many lines an entry is about; null if it does not say. */
function linesOf({ changes }: HistoryEntry): string | null {
  const received = changes.received?.after;
  return Array.isArray(received) ? plural(received.length, { one: '# line', other: '# lines' }) : null;
}

/** The entries that purchase orders word themselves. */
export const purchaseOrderEntries: OwnEntries = {
  reprice: () => ({ what: t`Repriced`, reason: statusReasonWords({ code: 'total_rose', note: null }) }),
  receive(entry) {
    const receipt = became(entry, 'receipt');
    return { what: receipt === null ? t`Goods received` : t`Received ${receipt}`, detail: linesOf(entry) };
  },
  reverse_receipt(entry) {
    const receiptNumber = became(entry, 'receipt');
    return { what: receiptNumber === null ? t`Receipt taken back` : t`${receiptNumber} taken back` };
  },
  close_line: lineClosed,
};
