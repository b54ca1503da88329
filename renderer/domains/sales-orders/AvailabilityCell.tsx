import { t } from '@lingui/core/macro';
import type { LineAvailability } from '../../../server/domains/inventory/availability.contract.ts';
import { isZero } from '../../documents/order-lines.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { formatQuantity } from '../../ui/formats.ts';
import { formatDay } from '../../ui/moments.ts';
import classes from './sales-orders.module.css';

/** When what is short arrives, in a few words; `title` says the same at length. */
export function arrivalWords({ day, onOrder }: Pick<LineAvailability, 'day' | 'onOrder'>): {
  short: string;
  title: string;
} {
  if (!onOrder) return { short: t`not on order`, title: t`No purchase order brings enough of it` };
  if (day === null) return { short: t`no day`, title: t`On order, without an expected day` };
  if (day < today()) {
    return { short: t`overdue`, title: t`Was expected on ${formatDay(day)} and has not arrived` };
  }
  return { short: formatDay(day), title: t`Expected on ${formatDay(day)}` };
}

/** What is available for the line being typed and, when that is too little, when the rest arrives. */
export function AvailabilityCell({ stock }: { stock: LineAvailability | null | undefined }) {
  if (!stock) return null;
  if (isZero(stock.short)) return <span data-quiet>{formatQuantity(stock.free)}</span>;
  const { short, title } = arrivalWords(stock);
  return (
    <span title={t`${formatQuantity(stock.short)} short. ${title}`}>
      {formatQuantity(stock.free)}
      <span className={classes.arrives}>{short}</span>
    </span>
  );
}
