import type { Decimal } from 'decimal.js';
import { amount, money, rounded, sum, zero } from '../ground/decimals.contract.ts';
import type { Amount } from '../ground/decimals.contract.ts';

/**
 * The amounts of one line, each with 2 places. `net` is what the goods cost before tax, `shippingShare` the line's part of
 * the order's shipping; both together are taxed.
 */
export interface LineAmounts {
  gross: Amount;
  discount: Amount;
  net: Amount;
  shippingShare: Amount;
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

/** How an order is taxed: with IGST or with CGST and SGST, or not at all. */
export interface Taxation {
  interState: boolean;
  taxed: boolean;
}

/** Goods and shipping before tax, and the tax on both. */
export interface OrderAmounts<Line> {
  lines: (Line & LineAmounts)[];
  /** Before discounts. */
  subtotal: Amount;
  discount: Amount;
  tax: Amount;
  /** subtotal − discount + tax + shipping. */
  total: Amount;
}

/**
 * The amounts of an order. Every amount is rounded half up to 2 places at its line. Charges for freight and packing
 * belong to the value of the supply (CGST Act 2017 s.15(2)(c)): they are spread over the lines and taxed at their
 * rates. Intra-state tax is CGST and SGST in equal halves, inter-state tax is IGST (CGST Act 2017 s.9, IGST Act 2017
 * s.5).
 */
export function orderAmounts<Line extends LineTerms & { tracked: boolean }>(
  given: readonly Line[],
  shipping: string,
  taxation: Taxation,
): OrderAmounts<Line> {
  const goods = given.map((line) => ({ ...line, ...beforeTax(line) }));
  const shares = shippingShares(goods, amount(shipping));
  const lines = goods.map((line, index) => {
    const shippingShare = shares[index] ?? zero;
    return { ...line, shippingShare, ...taxOn(line.net.plus(shippingShare), line.taxPercent, taxation) };
  });
  return totalsOf(lines, amount(shipping));
}

/** The totals of lines with these amounts. */
export function totalsOf<Line extends LineAmounts>(lines: Line[], shipping: Amount) {
  const subtotal = sum(lines.map((line) => line.gross));
  const discount = sum(lines.map((line) => line.discount));
  const tax = sum(lines.map((line) => line.cgst.plus(line.sgst).plus(line.igst)));
  const total = subtotal.minus(discount).plus(tax).plus(shipping);
  return { lines, subtotal, discount, tax, shipping: money(shipping), total };
}

/** Gross, discount and net of a line, each rounded half up to 2 places. */
export function beforeTax(
  line: Pick<LineTerms, 'quantity' | 'unitPrice' | 'discountPercent'>,
): Pick<LineAmounts, 'gross' | 'discount' | 'net'> {
  const gross = rounded(amount(line.quantity).times(line.unitPrice));
  const discount = rounded(gross.times(line.discountPercent).dividedBy(100));
  return { gross, discount, net: gross.minus(discount) };
}

/** The tax on a value at a rate, rounded half up to 2 places. */
export function taxOn(value: Amount, percent: string, { interState, taxed }: Taxation) {
  const half = interState || !taxed ? zero : rounded(value.times(percent).dividedBy(200));
  const whole = interState && taxed ? rounded(value.times(percent).dividedBy(100)) : zero;
  return { cgst: half, sgst: half, igst: whole };
}

/**
 * Every line's part of the order's shipping, by net value. Goods carry the shipping; services do only when the order
 * has no goods.
 */
function shippingShares(
  lines: readonly { tracked: boolean; net: Decimal.Value }[],
  shipping: Amount,
): Amount[] {
  const carriesGoods = lines.some((line) => line.tracked);
  const carriers = lines.flatMap((line, index) => (line.tracked || !carriesGoods ? [index] : []));
  const parts = allocate(
    shipping,
    carriers.map((index) => amount(lines[index]?.net ?? 0)),
  );
  const shares = lines.map(() => zero);
  carriers.forEach((index, place) => (shares[index] = parts[place] ?? zero));
  return shares;
}

/** The stored money of a line. */
export type LineMoney = Record<'net' | 'shippingShare' | 'cgst' | 'sgst' | 'igst', Decimal.Value>;

/** Net, shipping and tax together: what the line adds to the document's total. */
export function lineWorth(line: LineMoney): Amount {
  return amount(line.net).plus(line.shippingShare).plus(line.cgst).plus(line.sgst).plus(line.igst);
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
  // In whole paise with the remainder of each: truncated quotients could make different remainders look equal.
  const exact = used.map((weight) => total.times(100).times(weight));
  const parts = exact.map((part) => part.dividedToIntegerBy(divisor).dividedBy(100));
  const paise = total.minus(sum(parts)).times(100).toNumber();
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part.modulo(divisor) }))
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
