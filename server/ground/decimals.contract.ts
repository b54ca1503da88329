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
