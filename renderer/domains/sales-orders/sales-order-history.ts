import { t } from '@lingui/core/macro';
import { amount } from '../../../server/ground/decimals.contract.ts';
import {
  became,
  lineClosed,
  was,
  type HistoryEntry,
  type OwnEntries,
} from '../../documents/document-history.ts';
import { formatMoney } from '../../ui/formats.ts';

/** How much was paid or taken back; null if the entry does not say. */
function moneyOf(entry: HistoryEntry): string | null {
  const [before, after] = [was(entry, 'paid'), became(entry, 'paid')];
  if (before === null || after === null) return null;
  return formatMoney(amount(after).minus(before).abs().toFixed(2));
}

/** The entries that sales orders word themselves. */
export const salesOrderEntries: OwnEntries = {
  ship(entry) {
    const shipment = became(entry, 'shipment');
    return { what: shipment === null ? t`Goods shipped` : t`Shipped ${shipment}` };
  },
  record_payment(entry) {
    const money = moneyOf(entry);
    return {
      what: money === null ? t`Payment recorded` : t`Paid ${money}`,
      detail: became(entry, 'reference'),
    };
  },
  reverse_payment(entry) {
    const money = moneyOf(entry);
    return {
      what: money === null ? t`Payment taken back` : t`Payment of ${money} taken back`,
      detail: became(entry, 'reference'),
    };
  },
  close_line: lineClosed,
};
