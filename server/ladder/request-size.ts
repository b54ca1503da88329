import { invalidField } from '../ground/problem.ts';

/** How large the inputs of one HTTP request may be, all its calls together. */
export interface RequestSize {
  /** Bytes of the body, or characters of the query's `input`. */
  bytes: number;
  /** Lists, objects and the entries of both. */
  elements: number;
}

/** A caller without a token of an open session has little to send. */
export const withoutSession: RequestSize = { bytes: 64 * 1024, elements: 10_000 };

/** Everybody else, unless a procedure says more. */
export const withSession: RequestSize = { bytes: 1024 * 1024, elements: 20_000 };

/** A document of 5,000 lines, or a receipt that splits each of them in two, with a note or a lot on each. */
export const withManyLines: RequestSize = { bytes: 4 * 1024 * 1024, elements: 100_000 };

/** Far deeper than any contract: up to here the schema says which field is wrong. */
const deepest = 2_500;
/** Characters; no contract has a field, and no tenant an attribute, with a longer name. */
const longestName = 200;

const quote = 34;
const comma = 44;
const colon = 58;
const openList = 91;
const backslash = 92;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/**
 * Refuses JSON by its outline, in one pass and without building anything from it: parsing and checking a body of a few
 * hundred thousand small parts costs a hundred times as much as sending it. The parser refuses anything that isn't
 * JSON.
 * @throws INVALID when it is nested too deeply, has too many elements, or a name that is too long.
 */
export function requireSmallStructure(text: string, { elements: most }: RequestSize): void {
  let depth = 0;
  let elements = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote: {
        const end = endOfString(text, at);
        if (end === -1) return;
        if (end - at - 1 > longestName && isName(text, end)) throw invalidField('', 'request.long_name');
        at = end;
        break;
      }
      case openList:
      case openObject:
        depth += 1;
        elements += 1;
        if (depth > deepest) throw invalidField('', 'request.nested');
        break;
      case closeList:
      case closeObject:
        depth -= 1;
        break;
      case comma:
        elements += 1;
        break;
    }
    if (elements > most) throw invalidField('', 'request.too_many_parts', { most: String(most) });
  }
}

/** Where the string that begins at `start` ends, or -1. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return -1;
}

/** Whether the string that ends here is the name of a field. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at += 1;
  return text.charCodeAt(at) === colon;
}
