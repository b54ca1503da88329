import { t } from '@lingui/core/macro';
import type { OrderCopy } from '../../server/documents/copying.contract.ts';
import { today } from '../../server/ground/days.contract.ts';
import { formatUnitPrice } from '../ui/formats.ts';
import { daysAfter } from '../ui/moments.ts';
import { Note } from '../ui/States.tsx';
import { newId } from '../lib/new-id.ts';
import { amountsDiffer, lineValues } from './order-lines.ts';
import { shippingValue } from './order-values.ts';

/** The address at which a copy of an order begins. */
export const copyPath = (list: string, id: string) => `${list}/new?copy=${id}`;

/** The values that every kind of order takes over from a copy. The lines become lines of a new order. */
export function copiedValues({ warehouseId, shipping, notes, lines }: OrderCopy) {
  return {
    warehouseId,
    shipping: shippingValue(shipping),
    notes: notes ?? '',
    lines: lines.map((line) => lineValues({ ...line, id: newId(), ordered: line.quantity })),
  };
}

/** The day on which the copy is expected or promised: as long after today as it was after the order's own day. */
export function copiedDay({ daysAhead }: OrderCopy): string {
  return daysAhead === null ? '' : daysAfter(today(), daysAhead);
}

/** Up to this many prices are named one by one; beyond that only their number is given. */
const told = 5;

/** Which prices are not those of the order that was copied. */
export function CopiedPrices({ copy, currency }: { copy: OrderCopy; currency: string }) {
  const changed = copy.lines.flatMap(({ product, earlierPrice, unitPrice }) =>
    earlierPrice !== null && unitPrice !== null && amountsDiffer(earlierPrice, unitPrice)
      ? [
          `${product.sku} ${formatUnitPrice(earlierPrice, currency)} → ${formatUnitPrice(unitPrice, currency)}`,
        ]
      : [],
  );
  if (changed.length === 0) return null;
  const shown = changed.slice(0, told).join(', ');
  const more = changed.length - told;
  return (
    <Note tone="waiting">
      {more > 0
        ? t`The prices are today’s. They differ from ${copy.number}: ${shown} and ${String(more)} more.`
        : t`The prices are today’s. They differ from ${copy.number}: ${shown}.`}
    </Note>
  );
}
