import { today } from '../../ground/days.contract.ts';
import { financialYear } from '../../ground/days.ts';
import { documentKinds, numberedParts } from '../kinds.contract.ts';

/** `PO 9`, `po9`, `SO 26-27 12`, `GRN/26-27/00003`, `00098`: a series, a financial year and a number, or fewer of them. */
const typedNumber = /^(?:([a-z]+)[\s/.#-]*)?(?:(\d\d-\d\d)[\s/.#-]+)?0*(\d{1,9})$/i;

/** Documents are dated up to a year ahead and up to twenty back. */
const yearsBack = 20;

function financialYears(): string[] {
  const [year, rest] = [Number(today().slice(0, 4)), today().slice(4)];
  return Array.from({ length: yearsBack + 2 }, (_, back) =>
    financialYear(`${String(year + 1 - back)}${rest}`),
  );
}

/**
 * The numbers of documents that a typed text may stand for, in capitals. A number without its series stands for documents
 * alone: their parts have series of their own to be asked for by.
 */
export function possibleNumbers(typed: string): string[] {
  const whole = typed.trim().toUpperCase();
  const [, series, year, digits] = typedNumber.exec(whole) ?? [];
  if (digits === undefined) return [whole];
  const known = series === undefined ? documentKinds : [...documentKinds, ...numberedParts];
  const meant = known.map((kind) => kind.series).filter((one) => series === undefined || one === series);
  const years = year === undefined ? financialYears() : [year];
  const numbers = meant.flatMap((one) => years.map((of) => `${one}/${of}/${digits.padStart(5, '0')}`));
  return [...new Set([whole, ...numbers])];
}
