import { today } from './days.contract.ts';
import { invalidField, refuseFields, refusedField } from './problem.ts';
import type { RefusedField } from './problem.ts';

/** The financial year (April to March) of a day, as in document numbers: `26-27`. */
export function financialYear(day: string): string {
  const year = Number(day.slice(0, 4));
  const first = Number(day.slice(5, 7)) >= 4 ? year : year - 1;
  const short = (value: number) => String(((value % 100) + 100) % 100).padStart(2, '0');
  return `${short(first)}-${short(first + 1)}`;
}

/** The same day of another year; 29 February becomes 1 March. */
function yearsFrom(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}

/** Beyond that a two-digit financial year would stand for two centuries, and no books are kept any more. */
const mostYearsBack = 20;

/**
 * Nothing is dated more than a year ahead. Looks at the named days of a document.
 * @throws INVALID naming every day that is too far away
 */
export function requireNearDays(days: Readonly<Record<string, string | null>>): void {
  const now = today();
  const [first, last] = [yearsFrom(now, -mostYearsBack), yearsFrom(now, 1)];
  const fields = Object.entries(days).flatMap(([path, day]): RefusedField[] => {
    if (day === null) return [];
    if (day > last) return [refusedField(path, 'date.far_ahead')];
    if (day < first) return [refusedField(path, 'date.far_back', { years: mostYearsBack })];
    return [];
  });
  refuseFields(fields);
}

/** How far a device's clock may be ahead of the server's, in milliseconds. */
export const clockToleranceMs = 60_000;

/** A completed event can't lie in the future: goods or services, whatever they are. @throws INVALID naming the field */
export function requireHappened(moment: string, field: string): void {
  if (Date.parse(moment) > Date.now() + clockToleranceMs) throw invalidField(field, 'date.future');
}

/**
 * Goods neither arrive nor leave, and no money is paid, before the document's own day, unless the request asks for it
 * and the person has the permission; never before the earliest day of any books.
 * @throws INVALID naming the field
 */
export function requireNotBefore(
  document: { number: string; orderDate: string },
  day: string,
  field: string,
  backdating: { asked: boolean; allowed: boolean },
): void {
  requireNearDays({ [field]: day });
  if (day >= document.orderDate || (backdating.asked && backdating.allowed)) return;
  const reason = backdating.allowed ? 'date.before_document' : 'date.before_document_not_allowed';
  throw invalidField(field, reason, { number: document.number, day: document.orderDate });
}
