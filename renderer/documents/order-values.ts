import { t } from '@lingui/core/macro';
import { orNull } from '../lib/form-errors.ts';
import { today } from '../../server/ground/days.contract.ts';
import {
  changedLinePath,
  changesOfLines,
  emptyLine,
  isBlank,
  isZero,
  lineFieldPath,
  lineLabels,
  linesInput,
  lineValues,
  trimmed,
  type WithLines,
} from './order-lines.ts';

/** The values that every kind of order has; party, expected day and reference differ by kind. */
export interface OrderValues extends WithLines {
  warehouseId: string;
  orderDate: string;
  shipping: string;
  notes: string;
}

/** The names of these fields, for comparing two versions of an order; a domain adds its own. */
export const orderLabels: Readonly<Record<string, string>> = {
  orderDate: t`Order date`,
  shipping: t`Shipping`,
  notes: t`Notes`,
  ...lineLabels,
};

export function emptyOrder(): OrderValues {
  return { warehouseId: '', orderDate: today(), shipping: '', notes: '', lines: [emptyLine()] };
}

/** A saved order as the fields show it. `shipping` is null where the reader sees no prices. */
export function orderValues(order: {
  warehouse: { id: string };
  orderDate: string;
  shipping: string | null;
  notes: string | null;
  lines: readonly Parameters<typeof lineValues>[0][];
}): OrderValues {
  return {
    warehouseId: order.warehouse.id,
    orderDate: order.orderDate,
    shipping: shippingValue(order.shipping),
    notes: order.notes ?? '',
    lines: order.lines.map(lineValues),
  };
}

export function shippingValue(shipping: string | null): string {
  return shipping === null || isZero(shipping) ? '' : trimmed(shipping);
}

/**
 * The fields as the contracts want them; `ahead` is the day on which it is expected or promised. Of a saved order, as it is
 * in `saved`, only the lines that differ are sent, and the answer needs none.
 */
export function orderInput<Ahead extends string>(
  values: OrderValues & Record<Ahead, string>,
  ahead: Ahead,
  saved?: WithLines,
) {
  const { warehouseId, orderDate, shipping, notes } = values;
  return {
    warehouseId,
    orderDate,
    [ahead]: orNull(values[ahead]),
    shipping: shipping === '' ? '0' : shipping,
    notes,
    lines: saved ? changesOfLines(saved.lines, values.lines) : linesInput(values.lines),
    answerLines: { limit: 0 },
  };
}

/** Where a path of the input is among the fields: lines nobody typed into were left out. */
export function orderFieldPath(path: string, { lines }: WithLines, saved?: WithLines): string {
  if (saved && /^lines\.(set|add)\./.test(path)) {
    return changedLinePath(path, lines, changesOfLines(saved.lines, lines));
  }
  return lineFieldPath(path, lines, (line) => !isBlank(line));
}
