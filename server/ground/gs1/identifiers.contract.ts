import { Amount, amount } from '../decimals.contract.ts';

/**
 * The application identifiers of GS1 element strings (GS1 General Specifications, section 3) and the forms of their
 * values. There was no well-kept library for them on npm in November 2026.
 */

/** How many digits an identifier has, by its first two; an identifier that begins otherwise doesn't exist. */
function digitsOfIdentifier(firstTwo: string): 2 | 3 | 4 | null {
  const group = Number(firstTwo);
  if (group <= 22 || group === 30 || group === 37 || group >= 90) {
    return [5, 6, 7, 8, 9, 14, 18, 19].includes(group) ? null : 2;
  }
  if ([23, 24, 25, 40, 41, 42, 71].includes(group)) return 3;
  if ((group >= 31 && group <= 36) || [39, 43, 70, 72, 80, 81, 82].includes(group)) return 4;
  return null;
}

/** The identifier at the beginning of a text; null when there is none. */
export function identifierAt(text: string): string | null {
  const firstTwo = text.slice(0, 2);
  const digits = /^\d{2}$/.test(firstTwo) ? digitsOfIdentifier(firstTwo) : null;
  const identifier = digits === null ? '' : text.slice(0, digits);
  return digits !== null && identifier.length === digits && /^\d+$/.test(identifier) ? identifier : null;
}

/**
 * The characters of a value whose length is set by its identifier's first two digits: no separator follows it (figure
 * 7.8.5-2). Null for the others, which end with a separator or the code.
 */
export function setLength(identifier: string): number | null {
  const group = Number(identifier.slice(0, 2));
  if (group === 0) return 18;
  if (group <= 3) return 14;
  if (group === 4) return 16;
  if (group >= 11 && group <= 19) return 6;
  if (group === 20) return 2;
  if (group >= 31 && group <= 36) return 6;
  return group === 41 ? 13 : null;
}

type Form = 'key' | 'day' | 'count' | 'text';

/** The forms of the identifiers that Quartermaster goes by, and the most characters of each. */
const forms: Readonly<Record<string, readonly [form: Form, longest: number]>> = {
  '00': ['key', 18],
  '01': ['key', 14],
  '02': ['key', 14],
  '10': ['text', 20],
  '11': ['day', 6],
  '12': ['day', 6],
  '13': ['day', 6],
  '15': ['day', 6],
  '16': ['day', 6],
  '17': ['day', 6],
  '21': ['text', 20],
  '22': ['text', 20],
  '30': ['count', 8],
  '37': ['count', 8],
  '240': ['text', 30],
  '241': ['text', 30],
  '250': ['text', 30],
  '400': ['text', 30],
};
/** Every other value: up to ninety characters. */
const longestOther = 90;

/** The characters of a value, "character set 82" of GS1 and those that a few newer identifiers add. */
const characters = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z#]+$/;

/** What can be wrong with a value. */
export type ValueFault = 'length' | 'characters' | 'check_digit' | 'date' | 'count';

/** What is wrong with the value of an identifier; null for a sound one. */
export function faultOfValue(identifier: string, value: string, year: number): ValueFault | null {
  const [form, longest] = forms[identifier] ?? ['text', longestOther];
  const length = setLength(identifier);
  if (value === '' || (length === null ? value.length > longest : value.length !== length)) return 'length';
  if (form === 'text' && length === null) return characters.test(value) ? null : 'characters';
  if (!/^\d+$/.test(value)) return 'characters';
  if (form === 'key') return isKey(value) ? null : 'check_digit';
  if (form === 'day') return dayOf(value, year) === null ? 'date' : null;
  if (form === 'count' || measureOf(identifier)) return /[1-9]/.test(value) ? null : 'count';
  return null;
}

/** The check digit after these digits: weights 3 and 1 in turn, from the right (section 7.9.1). */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    sum += Number(digits.charAt(digits.length - 1 - at)) * (at % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether digits end with their check digit. */
export function isKey(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.at(-1);
}

/** The fourteen digits of a GTIN of 8, 12, 13 or 14; null for anything else. */
export function gtinOf(code: string): string | null {
  return /^(\d{8}|\d{12,14})$/.test(code) && isKey(code) ? code.padStart(14, '0') : null;
}

/**
 * The day of six digits, `YYYY-MM-DD`; null when there is no such day. Day 00 is the last of the month (section 3.4.2).
 * The century is the one within 49 years before and 50 years after `year` (section 7.12).
 */
export function dayOf(digits: string, year: number): string | null {
  const [short, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12) return null;
  const ahead = short - (year % 100);
  const century = Math.floor(year / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0);
  const full = century * 100 + short;
  const last = new Date(Date.UTC(full, month, 0)).getUTCDate();
  if (day > last) return null;
  return `${String(full)}-${digits.slice(2, 4)}-${String(day === 0 ? last : day).padStart(2, '0')}`;
}

/** A day as an element writes it. */
export const digitsOfDay = (day: string) => day.replaceAll('-', '').slice(2);

/** The measures of trade items (section 3.6.2), metric ones, each with the units that hold it and their size in it. */
const measures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  310: { KGS: '1', GMS: '1000', TON: '0.001', MTS: '0.001' },
  311: { MTR: '1', CMS: '100' },
  314: { SQM: '1' },
  315: { LTR: '1', MLT: '1000' },
};

/** The units of the measure that an identifier gives; undefined for another identifier. Its last digit counts decimals. */
function measureOf(identifier: string): Readonly<Record<string, string>> | undefined {
  return /^\d{3}[0-6]$/.test(identifier) ? measures[identifier.slice(0, 3)] : undefined;
}

/** The measured quantity of an element in a unit, at most three decimals; null when it doesn't measure in that unit. */
export function measuredIn(unit: string, identifier: string, value: string): string | null {
  const size = measureOf(identifier)?.[unit];
  if (size === undefined) return null;
  const scaled = amount(value).div(new Amount(10).pow(Number(identifier.charAt(3))));
  return scaled.times(size).toDecimalPlaces(3).toFixed();
}
