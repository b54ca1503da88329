import { t } from '@lingui/core/macro';
import { amount } from '../../../server/ground/decimals.contract.ts';
import { became, lineClosed, was, type Deed, type OwnDeeds } from '../../documents/document-history.ts';
import { formatMoney } from '../../ui/formats.ts';

/** By how much a deed changed what was paid; null where it does not say. */
function moneyOf(deed: Deed): string | null {
  const [before, after] = [was(deed, 'paid'), became(deed, 'paid')];
  if (before === null || after === null) return null;
  return formatMoney(amount(after).minus(before).abs().toFixed(2));
}

/** What a sales order tells of its own deeds. */
export const salesOrderDeeds: OwnDeeds = {
  ship(deed) {
    const shipment = became(deed, 'shipment');
    return { what: shipment === null ? t`Goods shipped` : t`Shipped ${shipment}` };
  },
  record_payment(deed) {
    const money = moneyOf(deed);
    return {
      what: money === null ? t`Payment recorded` : t`Paid ${money}`,
      detail: became(deed, 'reference'),
    };
  },
  reverse_payment(deed) {
    const money = moneyOf(deed);
    return {
      what: money === null ? t`Payment taken back` : t`Payment of ${money} taken back`,
      detail: became(deed, 'reference'),
    };
  },
  close_line: lineClosed,
};
