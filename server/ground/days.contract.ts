import type { Language } from './languages.contract.ts';

/** The zone of the tenants' days. Every tenant trades in India; Indian Standard Time has no daylight saving. */
export const tenantZone = 'Asia/Kolkata';
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: tenantZone });

/** The tenant's day at a moment, `YYYY-MM-DD`: the one source of "today", of both sides, for numbers, rates, reports and due dates. */
export function today(now: Date = new Date()): string {
  return calendar.format(now);
}

/** Months in short, of three letters in English: India's own English writes one of them with four. */
const monthsOf: Readonly<Record<Language, string>> = { en: 'en-US', hi: 'hi-IN-u-nu-latn' };
const clocks = new Map<string, Intl.DateTimeFormat>();

function partsOf(moment: Date, language: Language, timeZone: string): Partial<Record<string, string>> {
  const key = `${language} ${timeZone}`;
  let clock = clocks.get(key);
  if (!clock) {
    clock = new Intl.DateTimeFormat(monthsOf[language], {
      timeZone,
      hourCycle: 'h23',
      day: '2-digit',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(key, clock);
  }
  return Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
}

/** A calendar day, or the tenant's day of an instant, as people write it: `23 Nov 2026`. Null for anything else. */
export function writtenDay(day: string, language: Language): string | null {
  const moment = new Date(day);
  if (Number.isNaN(moment.getTime())) return null;
  const parts = partsOf(moment, language, day.includes('T') ? tenantZone : 'UTC');
  return `${parts.day ?? ''} ${parts.month ?? ''} ${parts.year ?? ''}`;
}

/**
 * An instant by the tenant's clock, as people write it: `23 Nov 2026, 14:05`, on request without its year or to the
 * second. Null for anything else.
 */
export function writtenMoment(
  instant: string,
  language: Language,
  shape: { year?: boolean; seconds?: boolean } = {},
): string | null {
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return null;
  const parts = partsOf(moment, language, tenantZone);
  const day = `${parts.day ?? ''} ${parts.month ?? ''}${(shape.year ?? true) ? ` ${parts.year ?? ''}` : ''}`;
  const time = `${parts.hour ?? ''}:${parts.minute ?? ''}${shape.seconds ? `:${parts.second ?? ''}` : ''}`;
  return `${day}, ${time}`;
}
