import { lineWorth, shareOfLine } from './amounts.contract.ts';
import { Decimal } from 'decimal.js';
import { amount, zero } from '../ground/decimals.contract.ts';
import { placesOf } from '../ground/india.contract.ts';
import type { LineMoney } from './amounts.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';

/** How far a line of an order has come, as decimal strings; `done` is what was received or shipped. */
export interface LineProgress {
  ordered: string;
  done: string;
  cancelled: string;
}

/** What is neither done nor cancelled. What was done beyond the order leaves nothing open. */
export function openQuantity({ ordered, done, cancelled }: LineProgress): Amount {
  const open = amount(ordered).minus(done).minus(cancelled);
  return open.isNegative() ? zero : open;
}

/**
 * How much of the line's worth (net, its share of shipping, tax) is no longer owed once the open quantity is cancelled.
 * If a line is cancelled in parts and nothing of it was done, the parts add up to exactly its worth.
 */
export function worthOfOpen(line: LineProgress & LineMoney): Amount {
  return shareOfLine(lineWorth(line), amount(line.ordered), amount(line.cancelled), openQuantity(line));
}

/**
 * The most that may still come in on a line without the override: what is open, and the tolerance on what was ordered,
 * in percent, rounded down to what the unit can be counted in. A line with nothing open is finished, whether it was
 * received, short-closed or revised down to what had come: it has no tolerance left, and neither has a line that was
 * cancelled in part.
 */
export function receivableQuantity(line: LineProgress & { tolerancePercent: string; unit: string }): Amount {
  const open = openQuantity(line);
  if (open.isZero() || amount(line.cancelled).greaterThan(0)) return open;
  const tolerance = amount(line.ordered)
    .times(line.tolerancePercent)
    .dividedBy(100)
    .toDecimalPlaces(placesOf(line.unit), Decimal.ROUND_DOWN);
  return open.plus(tolerance);
}

/** Money of an order as it is kept, as decimal strings. */
export interface OrderMoney {
  total: string;
  /** What was cancelled of it. */
  cancelledValue: string;
  paid: string;
}

/** What the order comes to without what was cancelled. */
export function dueOf({ total, cancelledValue }: Pick<OrderMoney, 'total' | 'cancelledValue'>): Amount {
  return amount(total).minus(cancelledValue);
}

/** What is still to be paid, never below zero. */
export function owedOf(order: OrderMoney): Amount {
  const open = dueOf(order).minus(order.paid);
  return open.isNegative() ? zero : open;
}

/** What was paid beyond what is due and belongs back to the payer, never below zero. */
export function owedBackOf(order: OrderMoney): Amount {
  const beyond = amount(order.paid).minus(dueOf(order));
  return beyond.isNegative() ? zero : beyond;
}

/**
 * How an order stands with its payments. One of which nothing is owed counts as paid, also when it came to nothing; but
 * not one that was called off: what was paid for that is too much, and where nothing was it is unpaid.
 */
export function paymentStatusOf(
  order: OrderMoney & { status: string },
): 'unpaid' | 'partially_paid' | 'paid' | 'overpaid' {
  if (!owedBackOf(order).isZero()) return 'overpaid';
  if (owedOf(order).isZero() && order.status !== 'cancelled') return 'paid';
  return amount(order.paid).isZero() ? 'unpaid' : 'partially_paid';
}
