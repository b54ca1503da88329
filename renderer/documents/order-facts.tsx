import { t } from '@lingui/core/macro';
import { paths } from '../lib/paths.ts';
import { AppLink } from '../ui/AppLink.tsx';
import type { Fact } from '../ui/Facts.tsx';
import { Money } from '../ui/Figures.tsx';
import { formatMoney } from '../ui/formats.ts';
import { formatDay } from '../ui/moments.ts';
import { TotalsPanel } from '../ui/TotalsPanel.tsx';
import classes from './documents.module.css';
import { gstOfOrder } from './gst-words.ts';
import { isZero } from './order-lines.ts';

/** The day on which something is expected or promised, in red once it is late. */
export function DueDay({ day, late }: { day: string | null; late: boolean }) {
  return (
    <span className={late ? classes.late : undefined}>
      {formatDay(day)}
      {late ? t` · late` : ''}
    </span>
  );
}

/** The facts of every order: warehouse, days, reference, taxation. */
export function orderFacts(
  order: {
    warehouse: { id: string; code: string; name: string };
    orderDate: string;
    interState: boolean;
    mixedTax?: boolean;
    tax: string | null;
  },
  own: {
    warehouseLabel: string;
    due: { label: string; day: string | null; late: boolean };
    reference: string | null;
  },
): Fact[] {
  const { id, code, name } = order.warehouse;
  return [
    { label: own.warehouseLabel, value: <AppLink to={paths.warehouse(id)}>{`${code} ${name}`}</AppLink> },
    { label: t`Ordered`, value: formatDay(order.orderDate) },
    { label: own.due.label, value: <DueDay day={own.due.day} late={own.due.late} /> },
    { label: t`Their reference`, value: own.reference },
    { label: 'GST', value: gstOfOrder(order).fact },
  ];
}

type Figure = string | null;

/** The total of an order, and how much of it is owed; null where the reader may not see it. */
export function OrderTotals({
  order,
  currency,
}: {
  order: {
    interState: boolean;
    mixedTax?: boolean;
    subtotal: Figure;
    discount: Figure;
    tax: Figure;
    shipping: Figure;
    total: Figure;
    givenUp: Figure;
    due: Figure;
    /** Of kinds that keep account of it. */
    paid?: Figure;
  };
  currency: string;
}) {
  const money = (value: Figure) => <Money value={value} currency={currency} />;
  const less = (value: Figure) => `−${formatMoney(value, { currency })}`;
  const isGiven = (value: Figure | undefined): value is string => value != null && !isZero(value);
  return (
    <TotalsPanel
      rows={[
        { label: t`Goods`, value: money(order.subtotal) },
        isGiven(order.discount) && { label: t`Discount`, value: less(order.discount) },
        { label: gstOfOrder(order).tax, value: money(order.tax) },
        isGiven(order.shipping) && { label: t`Shipping`, value: money(order.shipping) },
        { label: t`Total`, value: money(order.total), strong: true },
        isGiven(order.givenUp) && { label: t`Cancelled`, value: less(order.givenUp) },
        isGiven(order.givenUp) && { label: t`Due`, value: money(order.due), strong: true },
        isGiven(order.paid) && { label: t`Paid`, value: money(order.paid) },
      ]}
    />
  );
}
