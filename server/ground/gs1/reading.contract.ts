import { today } from '../days.contract.ts';
import {
  dayOf,
  faultOfValue,
  gtinOf,
  identifierAt,
  isKey,
  measuredIn,
  setLength,
} from './identifiers.contract.ts';
import type { ValueFault } from './identifiers.contract.ts';

/*
 * What a scanner reads of a GS1 symbol: an element string of GS1-128, DataMatrix or QR, the same in brackets as it is
 * printed below, or a GS1 Digital Link. Scanners give the separator between elements (ASCII 29) as it is, as `{GS}` or
 * `<GS>`, or as a character that no value can hold.
 */

/** One element: an application identifier and its value. */
export interface Gs1Element {
  ai: string;
  value: string;
}

export type Gs1Fault =
  ValueFault | 'identifier' | 'unfinished' | 'twice' | 'two_products' | 'no_count' | 'link';

/** A GS1 code that is wrong, and where. */
export interface Gs1Refusal {
  kind: 'refused';
  fault: Gs1Fault;
  /** The identifier it is about; empty where there is none. */
  ai: string;
  /** What stands there. */
  value: string;
}

/** What a GS1 code says. */
export interface Gs1Content {
  kind: 'elements';
  elements: readonly Gs1Element[];
  /** The product's GTIN in fourteen digits: of the thing itself (01), or of what lies in it (02). */
  gtin: string | null;
  sscc: string | null;
  lot: string | null;
  serial: string | null;
  madeOn: string | null;
  /** The last day: of expiry, else the one it is best before. */
  expiresOn: string | null;
}

/** Any other code, without what the scanner put before it to tell the kind of symbol. */
interface PlainCode {
  kind: 'plain';
  code: string;
}

export type Gs1Reading = Gs1Content | Gs1Refusal | PlainCode;

/** Symbology identifiers (ISO/IEC 15424) of symbols with GS1 data: Code 128, DataBar, DataMatrix, QR, DotCode. */
const gs1Symbols = ['C1', 'e0', 'd2', 'Q3', 'J1'];
const symbologyIdentifier = /^\](?<symbol>[A-Za-z][0-9A-Za-z])/;
// eslint-disable-next-line no-control-regex -- the separator of elements is one
const anySeparator = /\{GS\}|<GS>|[\u001d|~^]/gi;
const separator = '\u001d';

/**
 * Reads what was scanned. A text that nothing marks as GS1 counts as such when all of it can be read and it names a
 * product or a logistic unit; with a product's whole GTIN at its beginning, what can't be read is refused.
 * @param day the tenant's day: two-digit years are read from it.
 */
export function readGs1(text: string, day: string = today()): Gs1Reading {
  const symbol = symbologyIdentifier.exec(text)?.groups?.symbol;
  const body = symbol === undefined ? text : text.slice(3);
  const plain: PlainCode = { kind: 'plain', code: body };
  const year = Number(day.slice(0, 4));
  if (/^https?:\/\//i.test(body)) {
    const linked = elementsOfLink(body);
    return linked === null ? plain : contentOf(linked, year);
  }
  const isGs1 = symbol !== undefined && gs1Symbols.includes(symbol);
  if (symbol !== undefined && !isGs1) return plain;
  if (/^\(\d{2,4}\)/.test(body)) return contentOf(elementsInBrackets(body), year);
  const spelt = body.replaceAll(anySeparator, separator);
  const reading = contentOf(elementsOfString(spelt), year);
  if (isGs1 || body.includes(separator) || beginsWithProduct(spelt)) return reading;
  return reading.kind === 'elements' && (reading.gtin ?? reading.sscc) !== null ? reading : plain;
}

const beginsWithProduct = (text: string) => /^0[12]\d{14}./s.test(text) && isKey(text.slice(2, 16));

/** How many of a unit the code counts: what it says to be measured or in it, else one. */
export function quantityOfGs1({ elements }: Pick<Gs1Content, 'elements'>, unit: string): string {
  for (const { ai, value } of elements) {
    const measured = measuredIn(unit, ai, value);
    if (measured !== null) return measured;
  }
  const count = elements.find(({ ai }) => ai === '30' || ai === '37')?.value;
  return count === undefined ? '1' : String(Number(count));
}

type Elements = readonly Gs1Element[] | Gs1Refusal;

const refused = (fault: Gs1Fault, ai: string, value: string): Gs1Refusal => ({
  kind: 'refused',
  fault,
  ai,
  value,
});

function elementsOfString(text: string): Elements {
  const elements: Gs1Element[] = [];
  let rest = text;
  for (;;) {
    // Before the first element, and behind a value of a set length, a separator says nothing.
    while (rest.startsWith(separator)) rest = rest.slice(1);
    if (rest === '') return elements;
    const ai = identifierAt(rest);
    if (ai === null) return refused('identifier', '', rest.split(separator)[0] ?? '');
    const value = rest.slice(ai.length);
    const end = value.indexOf(separator);
    const length = setLength(ai) ?? (end === -1 ? value.length : end);
    const own = value.slice(0, length);
    if (own.includes(separator)) return refused('length', ai, value.slice(0, end));
    elements.push({ ai, value: own });
    rest = value.slice(length);
  }
}

/** As it is printed below a symbol: brackets stand around identifiers, and may stand in values. */
function elementsInBrackets(text: string): Elements {
  const elements: Gs1Element[] = [];
  for (const [, ai = '', value = ''] of text.matchAll(/\((\d{2,4})\)(.*?)(?=\(\d{2,4}\)|$)/gs)) {
    if (identifierAt(ai) !== ai) return refused('identifier', ai, value);
    elements.push({ ai, value: value.replaceAll(anySeparator, '').trim() });
  }
  return elements;
}

/** The keys that a Digital Link may begin with, of those that Quartermaster goes by. */
const linkKeys = ['01', '00'];

/** GS1 Digital Link: identifiers and values in turn in the path, more of them in the query. Null for any other address. */
function elementsOfLink(text: string): Elements | null {
  const link = URL.canParse(text) ? new URL(text) : null;
  if (link === null) return null;
  const parts = link.pathname.split('/').filter((part) => part !== '');
  const start = parts.findLastIndex(
    (part, at) => linkKeys.includes(part) && /^\d+$/.test(parts[at + 1] ?? ''),
  );
  if (start === -1) return null;
  const inPath = parts.slice(start);
  if (inPath.length % 2 !== 0) return refused('link', '', link.pathname);
  const elements: Gs1Element[] = [];
  for (let at = 0; at < inPath.length; at += 2) {
    const [ai = '', written = ''] = inPath.slice(at, at + 2);
    const value = decoded(written);
    if (value === null) return refused('link', ai, written);
    elements.push({ ai, value: ai === '01' ? (gtinOf(value) ?? value) : value });
  }
  for (const [ai, value] of link.searchParams) if (/^\d{2,4}$/.test(ai)) elements.push({ ai, value });
  const unknown = elements.find(({ ai }) => identifierAt(ai) !== ai);
  return unknown ? refused('identifier', unknown.ai, unknown.value) : elements;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function contentOf(elements: Elements, year: number): Gs1Content | Gs1Refusal {
  if ('kind' in elements) return elements;
  if (elements.length === 0) return refused('unfinished', '', '');
  const values = new Map<string, string>();
  for (const { ai, value } of elements) {
    const fault = faultOfValue(ai, value, year);
    if (fault !== null) return refused(fault, ai, value);
    const other = values.get(ai);
    if (other !== undefined && other !== value) return refused('twice', ai, value);
    values.set(ai, value);
  }
  const [own, within] = [values.get('01'), values.get('02')];
  if (own !== undefined && within !== undefined) return refused('two_products', '02', within);
  if (within !== undefined && !values.has('37')) return refused('no_count', '02', within);
  const dayIn = (ai: string) => {
    const digits = values.get(ai);
    return digits === undefined ? null : dayOf(digits, year);
  };
  return {
    kind: 'elements',
    elements: [...values].map(([ai, value]) => ({ ai, value })),
    gtin: own ?? within ?? null,
    sscc: values.get('00') ?? null,
    lot: values.get('10') ?? null,
    serial: values.get('21') ?? null,
    madeOn: dayIn('11'),
    expiresOn: dayIn('17') ?? dayIn('15'),
  };
}
