import { readGs1 } from '../../server/ground/gs1/reading.contract.ts';
import { today } from '../../server/ground/days.contract.ts';
import { readDay } from '../ui/typed-day.ts';

/*
 * How a wedge scanner is told from fingers, in milliseconds of the events' own clock: a busy page delays when it sees a
 * key, not when the key was pressed.
 */

/** The keys of one code come within this of each other on average, which is twice as fast as a quick typist. */
export const averageGap = 50;
/** A single key may come this late. */
export const longestGap = 160;
/** A scanner may wait so long before the Enter or Tab at the end of its code. */
export const suffixGap = 400;
/** Shorter bursts in a field are somebody's quick fingers. */
const shortestInField = 4;

export type TextField = HTMLInputElement | HTMLTextAreaElement;

export interface Key {
  text: string;
  at: number;
  /** The field that caught the key, and what stood in it before; null beside all fields. */
  field: TextField | null;
  before: string;
}

/** The field that writes a key down; null for everything that would act on it. */
export function fieldOf(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLTextAreaElement) return target.readOnly ? null : target;
  if (!(target instanceof HTMLInputElement) || target.readOnly) return null;
  return target.matches('[type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="file"]')
    ? null
    : target;
}

export const textOf = (keys: readonly Key[]) => keys.map(({ text }) => text).join('');

/** Where the scanner began in a field: the longest end of the burst that is fast enough, or null when none is. */
export function scannedInField(keys: readonly Key[], endedAt: number): readonly Key[] | null {
  for (let first = 0; first <= keys.length - shortestInField; first += 1) {
    const begin = keys[first];
    if (begin && (endedAt - begin.at) / (keys.length - first) <= averageGap) return keys.slice(first);
  }
  return null;
}

/** Whether keys beside all fields are a scan: nobody types there, so that two keys and their end are enough. */
export function isScanOutsideFields(keys: readonly Key[], endedAt: number): boolean {
  const [first] = keys;
  const last = keys.at(-1);
  if (!first || !last || endedAt - last.at > suffixGap) return false;
  return keys.length === 1
    ? endedAt - first.at <= averageGap
    : (last.at - first.at) / (keys.length - 1) <= averageGap;
}

/**
 * What a field is there for, by its `data-typed`: a record, barcodes, a number that others gave, a figure, a day; short
 * lists take an entry.
 */
const kindOf = (field: TextField) =>
  field.dataset.typed ?? (field.getAttribute('role') === 'combobox' ? 'entry' : '');

/**
 * Whether a code can be meant for the field itself. A code that no record and no entry has is reported at the field.
 */
const meantFor: Readonly<Record<string, (text: string) => boolean>> = {
  record: () => true,
  entry: () => true,
  codes: () => true,
  decimal: (text) => /^-?[\d.,]+$/.test(text),
  day: (text) => readDay(text, today(), 'near') !== null,
};

/** The barcodes of trade are eight digits and more, or GS1 codes of a product. */
const isTradeBarcode = (text: string) => /^\d{8,}$/.test(text) || readGs1(text).kind !== 'plain';

/** True when the field takes nothing but what it is there for: a code that fits is left in it, another one isn't. */
export const takesOwnCodesOnly = (field: TextField) => kindOf(field) !== '';

/**
 * A quick typist's burst can't be told from a scan by its speed: it belongs to the field when the field can read it, or
 * all that stands in the field by then (a busy page delays the first keys: the burst is only the end of what was typed).
 * What the field left out of the burst was none of its own: the digits of a lot are no quantity.
 * A barcode of trade is a scan all the same; only where the screen takes none (`isTaken`) a record's field takes it. A
 * field for numbers that others gave takes any, but for what the screen knows as a code of its own (`isKnown`).
 */
export function isMeantFor(
  field: TextField,
  text: string,
  { isTaken, isKnown }: { isTaken: boolean; isKnown: boolean },
): boolean {
  const kind = kindOf(field);
  if (kind === 'reference') return !isKnown;
  if (kind === 'codes' || isSecret(field)) return true;
  if (isTradeBarcode(text) && (isTaken || kind !== 'record')) return false;
  const isMeant = meantFor[kind];
  return isMeant !== undefined && (isMeant(text) || (field.value.endsWith(text) && isMeant(field.value)));
}

/** Passwords and codes of a second step are typed by programs as well, as fast as a scanner and with their Enter. */
const isSecret = (field: TextField) =>
  field.matches('[type="password"], [autocomplete="one-time-code"], [autocomplete$="password"]');

/** True when the field itself acts on Enter: it takes a record, an entry or a code, and sends nothing. */
export const actsOnEnter = (field: TextField) =>
  ['record', 'entry', 'codes'].includes(kindOf(field)) || isSecret(field);

/** Puts a field's text back so that its owner (React) notices. */
export function restore(field: TextField, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
