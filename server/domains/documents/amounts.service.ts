import { Decimal } from 'decimal.js';

/** Decimals of our own: 40 significant digits, rounded half up, never in exponential notation. */
export const Amount = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -40,
  toExpPos: 40,
});
export type Amount = Decimal;

/** A decimal string or number as an exact decimal. */
export function amount(value: Decimal.Value): Amount {
  return new Amount(value);
}

export const zero = amount(0);

/** Money: half up to 2 places. */
export function rounded(value: Amount): Amount {
  return value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** Money on its way to the database or the wire: always 2 places. */
export function money(value: Amount): string {
  return value.toFixed(2, Decimal.ROUND_HALF_UP);
}

/** A quantity on its way to the database or the wire: always 3 places. */
export function quantity(value: Amount): string {
  return value.toFixed(3, Decimal.ROUND_HALF_UP);
}

export function sum(values: Iterable<Amount>): Amount {
  let total = zero;
  for (const value of values) total = total.plus(value);
  return total;
}

/** The amounts of one line, each with 2 places. `net` is what the goods cost before tax. */
export interface LineAmounts {
  gross: Amount;
  discount: Amount;
  net: Amount;
  cgst: Amount;
  sgst: Amount;
  igst: Amount;
}

export interface LineTerms {
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
}

/**
 * What a line comes to: every amount rounded half up to 2 places at the line. Intra-state tax is CGST and SGST in equal
 * halves, inter-state tax is IGST (CGST Act 2017 s.9, IGST Act 2017 s.5).
 */
export function lineAmounts(line: LineTerms, interState: boolean): LineAmounts {
  const gross = rounded(amount(line.quantity).times(line.unitPrice));
  const discount = rounded(gross.times(line.discountPercent).dividedBy(100));
  const net = gross.minus(discount);
  const half = interState ? zero : rounded(net.times(line.taxPercent).dividedBy(200));
  const whole = interState ? rounded(net.times(line.taxPercent).dividedBy(100)) : zero;
  return { gross, discount, net, cgst: half, sgst: half, igst: whole };
}

/** Net and tax together: what the line adds to the document's total. */
export function withTax(line: Pick<LineAmounts, 'net' | 'cgst' | 'sgst' | 'igst'>): Amount {
  return line.net.plus(line.cgst).plus(line.sgst).plus(line.igst);
}

export interface DocumentTotals {
  /** Before discounts. */
  subtotal: Amount;
  discount: Amount;
  tax: Amount;
  /** subtotal − discount + tax + shipping. */
  total: Amount;
}

export function documentTotals(lines: readonly LineAmounts[], shipping: string): DocumentTotals {
  const subtotal = sum(lines.map((line) => line.gross));
  const discount = sum(lines.map((line) => line.discount));
  const tax = sum(lines.map((line) => line.cgst.plus(line.sgst).plus(line.igst)));
  return { subtotal, discount, tax, total: subtotal.minus(discount).plus(tax).plus(shipping) };
}

/**
 * Splits `total` (2 places) by weight so that the parts add up to it exactly: every part is rounded down and the paise
 * left over go to the largest remainders, the earlier line first. Without any weight the parts are equal.
 */
export function allocate(total: Amount, weights: readonly Amount[]): Amount[] {
  if (weights.length === 0) return [];
  const whole = sum(weights);
  const used = whole.isZero() ? weights.map(() => amount(1)) : weights;
  const divisor = whole.isZero() ? amount(weights.length) : whole;
  const exact = used.map((weight) => total.times(weight).dividedBy(divisor));
  const parts = exact.map((part) => part.toDecimalPlaces(2, Decimal.ROUND_DOWN));
  const paise = total.minus(sum(parts)).times(100).toNumber();
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part.minus(parts[index] ?? zero) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index);
  for (const { index } of byRemainder.slice(0, paise)) parts[index] = (parts[index] ?? zero).plus('0.01');
  return parts;
}

/**
 * The part of a line's value that belongs to `quantity` more units after `before`: the difference of two rounded
 * running totals, so that all parts together are exactly `value` when the whole line has passed.
 */
export function shareOfLine(value: Amount, ordered: Amount, before: Amount, added: Amount): Amount {
  const until = (reached: Amount) => rounded(value.times(reached).dividedBy(ordered));
  return until(before.plus(added)).minus(until(before));
}
