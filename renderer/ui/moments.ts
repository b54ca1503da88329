import { i18n } from '@lingui/core';
import dayjs, { type Dayjs } from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import utc from 'dayjs/plugin/utc.js';
import { tenantZone, writtenDay, writtenMoment } from '../../server/ground/days.contract.ts';
import { nothing } from './formats.ts';
import 'dayjs/locale/en-in.js';
import 'dayjs/locale/hi.js';

/*
 * Days and moments as people read and choose them: always by the clock of the company, wherever the computer stands and
 * whatever its own clock is set to. So a movement is shown on the day by which the server dates it.
 */

dayjs.extend(utc);
dayjs.extend(relativeTime);
const language = i18n.locale === 'hi' ? 'hi' : 'en';
/** The language of the calendar's names. */
export const calendarLocale = language === 'hi' ? 'hi' : 'en-in';
dayjs.locale(calendarLocale);

const clock = new Intl.DateTimeFormat('en', { timeZone: tenantZone, timeZoneName: 'longOffset' });

/** How far the company's clock is ahead of UTC at an instant, in minutes. */
function minutesAhead(instant: Date): number {
  const name = clock.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** An instant on the company's clock; null if it isn't one. */
function companyTime(instant: string | null | undefined): Dayjs | null {
  if (!instant) return null;
  const parsed = dayjs(instant);
  return parsed.isValid() ? parsed.utcOffset(minutesAhead(parsed.toDate())) : null;
}

/**
 * The instant at which the company's clock shows a day (`YYYY-MM-DD`) and a time (`HH:mm` or longer); null if they are
 * none.
 */
export function instantOf(day: string, time: string): string | null {
  const shown = dayjs.utc(`${day}T${time}`);
  if (time === '' || !shown.isValid()) return null;
  return shown.subtract(minutesAhead(shown.toDate()), 'minute').toISOString();
}

/** The first instant of the company's day. @throws where `day` is none */
export function startOfDay(day: string): string {
  return onDay(day, '00:00');
}

/** The last instant of the company's day. @throws where `day` is none */
export function endOfDay(day: string): string {
  return onDay(day, '23:59:59.999');
}

function onDay(day: string, time: string): string {
  const instant = instantOf(day, time);
  if (instant === null) throw new RangeError(day);
  return instant;
}

/** The company's day of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: string): string {
  return companyTime(instant)?.format('YYYY-MM-DD') ?? '';
}

/** The time of an instant on the company's clock, `HH:mm`. */
export function timeOf(instant: string): string {
  return companyTime(instant)?.format('HH:mm') ?? '';
}

/** A calendar day, or the company's day of an instant: `23 Nov 2026`. */
export function formatDay(day: string | null | undefined): string {
  return (day ? writtenDay(day, language) : null) ?? nothing;
}

/** A calendar day with its weekday: `Monday, 23 November 2026`. */
export function formatLongDay(day: string): string {
  return dayjs.utc(day).format('dddd, D MMMM YYYY');
}

/** `2026-11` or a full day of it as `Nov 26`. */
export function formatMonth(month: string): string {
  return dayjs.utc(month.length === 7 ? `${month}-01` : month).format('MMM YY');
}

/** An instant: `23 Nov 2026, 14:05`. */
export function formatInstant(instant: string | null | undefined): string {
  return (instant ? writtenMoment(instant, language) : null) ?? nothing;
}

/** An instant to the second, which tells what came first. */
export function formatSecond(instant: string): string {
  return writtenMoment(instant, language, { seconds: true }) ?? nothing;
}

/** A recent instant, without its year: `23 Nov, 14:05`. */
export function formatRecent(instant: string): string {
  return writtenMoment(instant, language, { year: false }) ?? nothing;
}

/** How long ago, or how far ahead: `3 hours ago`. */
export function formatAgo(instant: string | null | undefined): string {
  return companyTime(instant)?.fromNow() ?? nothing;
}

/** `day` plus a number of days, as `YYYY-MM-DD`. */
export function daysAfter(day: string, days: number): string {
  return dayjs.utc(day).add(days, 'day').format('YYYY-MM-DD');
}
