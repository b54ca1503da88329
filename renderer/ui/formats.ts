import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import Decimal from 'decimal.js';
import 'dayjs/locale/en-in.js';
import 'dayjs/locale/hi.js';

dayjs.extend(relativeTime);
/** The language of the calendar's names. */
export const calendarLocale = i18n.locale === 'hi' ? 'hi' : 'en-in';
dayjs.locale(calendarLocale);

/** Shown where there is no value. */
export const nothing = '—';

/** Exact text to exact text: only the digits are grouped (12,34,567.80); floats are never involved. */
function groupIndian(digits: string): string {
  if (digits.length <= 3) return digits;
  const head = digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',');
  return `${head},${digits.slice(-3)}`;
}

function grouped(value: Decimal, places: number): string {
  const [whole = '0', fraction] = value.abs().toFixed(places).split('.');
  const sign = value.isNegative() && !value.isZero() ? '−' : '';
  return `${sign}${groupIndian(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
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
  if (size.gte(1e5)) return `${symbol}${value.div(1e5).toDecimalPlaces(2).toString()} L`;
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
  return count === null || count === undefined ? nothing : groupIndian(String(Math.trunc(count)));
}

/** A percentage: `18%`, `2.5%`. */
export function formatPercent(percent: string | null | undefined): string {
  const value = parse(percent);
  return value ? `${value.toString()}%` : nothing;
}

/** A calendar day: `23 Nov 2026`. */
export function formatDay(day: string | null | undefined): string {
  if (!day) return nothing;
  const parsed = dayjs(day);
  return parsed.isValid() ? parsed.format('DD MMM YYYY') : nothing;
}

/** An instant in the reader's own time zone: `23 Nov 2026, 14:05`. */
export function formatInstant(instant: string | null | undefined): string {
  if (!instant) return nothing;
  const parsed = dayjs(instant);
  return parsed.isValid() ? parsed.format('DD MMM YYYY, HH:mm') : nothing;
}

/** How long ago: `3 hours ago`. */
export function formatAgo(instant: string | null | undefined): string {
  if (!instant) return nothing;
  const parsed = dayjs(instant);
  return parsed.isValid() ? parsed.fromNow() : nothing;
}

/** Every company trades in India; its days are Indian ones wherever its people sit. */
const companyDays = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' });

/** Today as `YYYY-MM-DD`, the company's day: the one by which the server dates, numbers and calls things late. */
export function today(now: Date = new Date()): string {
  return companyDays.format(now);
}

/** `day` plus a number of days, as `YYYY-MM-DD`. */
export function daysAfter(day: string, days: number): string {
  return dayjs(day).add(days, 'day').format('YYYY-MM-DD');
}

/** The sum of decimal strings, exact; what isn't a number counts as nothing. */
export function sumOf(values: readonly (string | null | undefined)[]): string {
  return values.reduce((sum, value) => sum.plus(parse(value) ?? 0), new Decimal(0)).toFixed();
}
