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

/** The quantity neither done nor cancelled. A quantity done beyond the order leaves nothing open. */
export function openQuantity({ ordered, done, cancelled }: LineProgress): Amount {
  const open = amount(ordered).minus(done).minus(cancelled);
  return open.isNegative() ? zero : open;
}

/**
 * The part of the line's worth (net, its share of shipping, tax) that is no longer owed once the open quantity is
 * cancelled. If a line is cancelled in parts and nothing of it was done, the parts add up to exactly its worth.
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

/** Stored money of an order, as decimal strings. */
export interface OrderMoney {
  total: string;
  /** The cancelled part of it. */
  cancelledValue: string;
  paid: string;
}

/** The order's total without its cancelled part. */
export function dueOf({ total, cancelledValue }: Pick<OrderMoney, 'total' | 'cancelledValue'>): Amount {
  return amount(total).minus(cancelledValue);
}

/** The amount still to be paid, never below zero. */
export function owedOf(order: OrderMoney): Amount {
  const open = dueOf(order).minus(order.paid);
  return open.isNegative() ? zero : open;
}

/** The amount paid beyond what is due, which belongs back to the payer; never below zero. */
export function owedBackOf(order: OrderMoney): Amount {
  const beyond = amount(order.paid).minus(dueOf(order));
  return beyond.isNegative() ? zero : beyond;
}

/**
 * The payment status of an order. One with nothing owed counts as paid, even if its total was zero; but a cancelled
 * order does not: a payment for it is too much, and without one it is unpaid.
 */
export function paymentStatusOf(
  order: OrderMoney & { status: string },
): 'unpaid' | 'partially_paid' | 'paid' | 'overpaid' {
  if (!owedBackOf(order).isZero()) return 'overpaid';
  if (owedOf(order).isZero() && order.status !== 'cancelled') return 'paid';
  return amount(order.paid).isZero() ? 'unpaid' : 'partially_paid';
}
