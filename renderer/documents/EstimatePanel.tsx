import { t } from '@lingui/core/macro';
import type { OrderTaxation } from '../../server/documents/place-of-supply.contract.ts';
import { Money } from '../ui/Figures.tsx';
import { formatMoney } from '../ui/formats.ts';
import { TotalsPanel } from '../ui/TotalsPanel.tsx';
import { gstWords } from './gst-words.ts';
import { isZero } from './order-lines.ts';
import type { OrderValues } from './order-values.ts';
import { useEstimate } from './use-estimate.ts';

/** The sums while an order is typed. Clearly an estimate: tax and totals are settled by the server when it is saved. */
export function EstimatePanel({
  values,
  taxation,
  currency,
}: {
  values: Pick<OrderValues, 'lines' | 'shipping' | 'orderDate'>;
  taxation: OrderTaxation | null;
  currency: string;
}) {
  const estimate = useEstimate(values, taxation);
  const money = (value: string) => <Money value={value} currency={currency} />;
  const gst = estimate.taxation ? gstWords(estimate.taxation) : { tax: 'GST' };
  return (
    <TotalsPanel
      rows={[
        { label: t`Goods`, value: money(estimate.subtotal) },
        !isZero(estimate.discount) && {
          label: t`Discount`,
          value: `−${formatMoney(estimate.discount, { currency })}`,
        },
        {
          label: estimate.taxUnknown ? t`${gst.tax}, as far as known` : gst.tax,
          value: money(estimate.tax),
        },
        !isZero(estimate.shipping) && { label: t`Shipping`, value: money(estimate.shipping) },
        { label: t`Estimated total`, value: money(estimate.total), strong: true },
      ]}
    />
  );
}
