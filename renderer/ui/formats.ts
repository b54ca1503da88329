import { t } from '@lingui/core/macro';
import Decimal from 'decimal.js';
import { groupedDigits } from '../../server/ground/figures.contract.ts';

/** Shown where there is no value. */
export const nothing = '—';

function grouped(value: Decimal, places: number): string {
  const sign = value.isNegative() && !value.isZero() ? '−' : '';
  return `${sign}${groupedDigits(value.abs().toFixed(), places)}`;
}

function parse(text: string | null | undefined): Decimal | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  try {
    return new Decimal(text.trim());
  } catch {
    return null;
  }
}

const symbols: Readonly<Record<string, string>> = { INR: '₹', USD: '$', EUR: '€', GBP: '£' };

/** An amount with its currency sign and Indian grouping: `₹12,34,567.80`. Rounded half-up to `places`. */
export function formatMoney(
  amount: string | null | undefined,
  { currency = 'INR', places = 2, sign = true }: { currency?: string; places?: number; sign?: boolean } = {},
): string {
  const value = parse(amount);
  if (!value) return nothing;
  const text = grouped(value, places);
  if (!sign) return text;
  const symbol = symbols[currency] ?? `${currency} `;
  return text.startsWith('−') ? `−${symbol}${text.slice(1)}` : `${symbol}${text}`;
}

/** A large amount in lakh and crore, for figures and axes: `₹12.35 L`, `₹3.1 Cr`. */
export function formatMoneyShort(amount: string | null | undefined, currency = 'INR'): string {
  const value = parse(amount);
  if (!value) return nothing;
  const symbol = symbols[currency] ?? `${currency} `;
  const size = value.abs();
  if (size.gte(1e7)) return t`${symbol}${value.div(1e7).toDecimalPlaces(2).toString()} Cr`;
  if (size.gte(1e5)) return t`${symbol}${value.div(1e5).toDecimalPlaces(2).toString()} L`;
  return `${symbol}${grouped(value, 0)}`;
}

/** A price of one unit: at least 2, at most 4 decimals. */
export function formatUnitPrice(price: string | null | undefined, currency = 'INR'): string {
  const value = parse(price);
  if (!value) return nothing;
  return formatMoney(price, { currency, places: Math.min(4, Math.max(2, value.decimalPlaces())) });
}

/** A quantity without needless zeros, grouped: `1,250`, `12.5`. */
export function formatQuantity(quantity: string | null | undefined): string {
  const value = parse(quantity);
  if (!value) return nothing;
  return grouped(value, Math.min(3, value.decimalPlaces()));
}

/** A count of things. */
export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? nothing : grouped(new Decimal(Math.trunc(count)), 0);
}

/** A percentage: `18%`, `2.5%`. */
export function formatPercent(percent: string | null | undefined): string {
  const value = parse(percent);
  return value ? `${value.toString()}%` : nothing;
}

/** The sum of decimal strings, exact; what isn't a number counts as nothing. */
export function sumOf(values: readonly (string | null | undefined)[]): string {
  return values.reduce((sum, value) => sum.plus(parse(value) ?? 0), new Decimal(0)).toFixed();
}
