import { t } from '@lingui/core/macro';
/**
 * Days as people type them, day first as in India. Pure: today is given, and every day is a calendar day `YYYY-MM-DD`
 * without hours or zones.
 */

/**
 * On which side of today a field's days lie when a month or year is left out: an expected day ahead, a receipt behind.
 */
export type DayDirection = 'ahead' | 'behind' | 'near';

/** What is written beside a field whose text can't be read. */
export const unreadableDay = t`Not a date. Type it like 5/12, 5.12.26, 5 dec, +7, fri or today.`;

/** What people call the months and weekdays, in both languages whatever the screen speaks; any beginning will do. */
const monthNames = [
  ['january', 'जनवरी'],
  ['february', 'फ़रवरी', 'फरवरी'],
  ['march', 'मार्च'],
  ['april', 'अप्रैल'],
  ['may', 'मई'],
  ['june', 'जून'],
  ['july', 'जुलाई'],
  ['august', 'अगस्त'],
  ['september', 'सितंबर', 'सितम्बर'],
  ['october', 'अक्टूबर', 'अक्तूबर'],
  ['november', 'नवंबर', 'नवम्बर'],
  ['december', 'दिसंबर', 'दिसम्बर'],
].map(spelledAlike);
const weekdayNames = [
  ['sunday', 'रविवार', 'इतवार'],
  ['monday', 'सोमवार'],
  ['tuesday', 'मंगलवार'],
  ['wednesday', 'बुधवार'],
  ['thursday', 'गुरुवार', 'गुरूवार'],
  ['friday', 'शुक्रवार'],
  ['saturday', 'शनिवार'],
].map(spelledAlike);

/** A word of a day: three letters of English, two signs of Hindi. */
const dayWord = '[a-z]{3,}|[\\u0900-\\u0963]{2,}';
const isDayWord = new RegExp(`^(?:${dayWord})$`);
const dayFirst = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[/.\\-\\s]*(${dayWord})[.॰]?(?:[/.\\-\\s,]*(\\d{4}|\\d{2}))?$`,
);
const monthFirst = new RegExp(
  `^(${dayWord})[.॰]?[/.\\-\\s]*(\\d{1,2})(?:st|nd|rd|th)?(?:[/.\\-\\s,]+(\\d{4}|\\d{2}))?$`,
);

/** Of two digits for a year, those up to this many years ahead are future years, the others past ones. */
const yearsAhead = 20;
const earliestYear = 1900;
const latestYear = 2999;
const msPerDay = 86_400_000;

/** Days since 1 January 1970: plain numbers compare and step without any time zone. */
type DayNumber = number;

function numberOf(year: number, month: number, day: number): DayNumber | null {
  if (year < earliestYear || year > latestYear) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / msPerDay : null;
}

function textOf(number: DayNumber): string | null {
  const at = new Date(number * msPerDay);
  const year = at.getUTCFullYear();
  return year < earliestYear || year > latestYear ? null : at.toISOString().slice(0, 10);
}

function isoNumber(iso: string): DayNumber | null {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(iso) ?? [];
  return year && month && day ? numberOf(Number(year), Number(month), Number(day)) : null;
}

/** True for the way days are kept: `2026-12-05`. */
export function isDay(text: string): boolean {
  return text.length === 10 && isoNumber(text) !== null;
}

/** The sensible one of some days: the first from today on, the last up to today, or the one closest to it. */
function sensible(days: readonly DayNumber[], today: DayNumber, direction: DayDirection): DayNumber | null {
  const ahead = days.filter((day) => day >= today);
  const behind = days.filter((day) => day <= today);
  const next = ahead.length > 0 ? Math.min(...ahead) : null;
  const last = behind.length > 0 ? Math.max(...behind) : null;
  if (direction === 'ahead' || last === null) return next;
  if (direction === 'behind' || next === null) return last;
  return next - today <= today - last ? next : last;
}

/** The day of the month in the month that makes it sensible. Months without that day are passed over. */
function dayOfMonth(day: number, today: DayNumber, direction: DayDirection): DayNumber | null {
  const now = new Date(today * msPerDay);
  const days: DayNumber[] = [];
  // No two months in a row lack a 31st, and only February lacks a 29th and 30th: two months each way reach one.
  for (let month = -2; month <= 2; month += 1) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1));
    const found = numberOf(first.getUTCFullYear(), first.getUTCMonth() + 1, day);
    if (found !== null) days.push(found);
  }
  return sensible(days, today, direction);
}

/** Day and month in the year that makes it sensible; 29 February waits for a leap year (at most eight years off). */
function dayAndMonth(
  day: number,
  month: number,
  today: DayNumber,
  direction: DayDirection,
): DayNumber | null {
  const year = new Date(today * msPerDay).getUTCFullYear();
  const days: DayNumber[] = [];
  for (let offset = -8; offset <= 8; offset += 1) {
    const found = numberOf(year + offset, month, day);
    if (found !== null) days.push(found);
  }
  return sensible(days, today, direction);
}

function fullYear(digits: string, today: DayNumber): number {
  if (digits.length > 2) return Number(digits);
  const now = new Date(today * msPerDay).getUTCFullYear();
  const inCentury = Math.floor(now / 100) * 100 + Number(digits);
  if (inCentury > now + yearsAhead) return inCentury - 100;
  return inCentury + 100 <= now + yearsAhead ? inCentury + 100 : inCentury;
}

function spelledAlike(names: readonly string[]): readonly string[] {
  return names.map((name) => name.normalize('NFKC'));
}

function nameAt(names: readonly (readonly string[])[], word: string): number {
  return isDayWord.test(word) ? names.findIndex((some) => some.some((name) => name.startsWith(word))) : -1;
}

/** `dec`, `sept`, `december` or `दिस`. */
function monthOf(word: string): number | null {
  const at = nameAt(monthNames, word);
  return at < 0 ? null : at + 1;
}

/** The names of days around today, and of weekdays: today itself counts as one. */
function named(word: string, today: DayNumber, direction: DayDirection): DayNumber | null {
  if (!isDayWord.test(word)) return null;
  if ('today'.startsWith(word) || word === 'आज') return today;
  if ('tomorrow'.startsWith(word)) return today + 1;
  if ('yesterday'.startsWith(word)) return today - 1;
  // Hindi has one word for the day before and the day after: the field's direction tells which.
  if (word === 'कल') return today + (direction === 'behind' ? -1 : 1);
  if (word === 'परसों') return today + (direction === 'behind' ? -2 : 2);
  const weekday = nameAt(weekdayNames, word);
  if (weekday < 0) return null;
  const days = Array.from({ length: 13 }, (_, at) => today - 6 + at);
  return sensible(
    days.filter((day) => new Date(day * msPerDay).getUTCDay() === weekday),
    today,
    direction,
  );
}

/** The pieces of a day, the month as its number: from `5/12/26`, `5 dec`, `dec 5 2026`, `051226`. */
function piecesOf(text: string): { day: string; month?: string; year?: string } | null {
  const digits = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(text);
  if (digits) return piece(digits[1], digits[2], digits[3]);
  const numbers = /^(\d{1,2})(?:[/.\-\s]+(\d{1,2})(?:[/.\-\s]+(\d{4}|\d{2}))?)?[/.-]?$/.exec(text);
  if (numbers) return piece(numbers[1], numbers[2], numbers[3]);
  const words = dayFirst.exec(text) ?? turned(monthFirst.exec(text));
  const month = words?.[2] === undefined ? null : monthOf(words[2]);
  return words && month !== null ? piece(words[1], String(month), words[3]) : null;
}

function turned(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match && [match[0], match[2], match[1], match[3]];
}

function piece(day?: string, month?: string, year?: string) {
  return day === undefined ? null : { day, ...(month ? { month } : {}), ...(year ? { year } : {}) };
}

/** The digits of Devanagari are digits too. */
function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replaceAll(/[−–]/g, '-')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ');
}

/**
 * Reads a typed day, day first: `5`, `5/12`, `5.12.26`, `051226`, `5 dec`, `+7`, `-3`, `today`, `fri`, also the way days
 * are shown and kept. What is left out is the nearest sensible one by the direction; today counts for both sides.
 * Null when it can't be read.
 */
export function readDay(typed: string, todayText: string, direction: DayDirection): string | null {
  const text = plain(typed);
  const today = isoNumber(todayText);
  if (today === null) throw new Error(`${todayText} is no day`);
  const found = find(text, today, direction);
  return found === null ? null : textOf(found);
}

function find(text: string, today: DayNumber, direction: DayDirection): DayNumber | null {
  const kept = isoNumber(text);
  if (kept !== null) return kept;
  const [, sign, steps] = /^([+-]) ?(\d{1,4})$/.exec(text) ?? [];
  if (steps) return today + (sign === '-' ? -1 : 1) * Number(steps);
  if (isDayWord.test(text)) return named(text, today, direction);
  const pieces = piecesOf(text);
  if (!pieces) return null;
  const [day, month] = [Number(pieces.day), pieces.month === undefined ? null : Number(pieces.month)];
  if (month === null) return dayOfMonth(day, today, direction);
  if (pieces.year === undefined) return dayAndMonth(day, month, today, direction);
  return numberOf(fullYear(pieces.year, today), month, day);
}
