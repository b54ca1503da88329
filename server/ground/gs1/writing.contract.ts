import { setLength } from './identifiers.contract.ts';
import type { Gs1Element } from './reading.contract.ts';

/** Values of a set length first: no separator is spent on them (GS1 General Specifications, section 7.8.6). */
function inOrder(elements: readonly Gs1Element[]): Gs1Element[] {
  const isSet = ({ ai }: Gs1Element) => setLength(ai) !== null;
  return [...elements.filter(isSet), ...elements.filter((element) => !isSet(element))];
}

/** The element string as a symbol holds it, after its FNC1: `separator` stands behind each value that needs one. */
export function elementString(elements: readonly Gs1Element[], separator = '\u001d'): string {
  const ordered = inOrder(elements);
  return ordered
    .map(({ ai, value }, at) => {
      const needsEnd = setLength(ai) === null && at < ordered.length - 1;
      return `${ai}${value}${needsEnd ? separator : ''}`;
    })
    .join('');
}

/** The elements as they are printed for people, identifiers in brackets. */
export function elementsInWords(elements: readonly Gs1Element[]): string {
  return inOrder(elements)
    .map(({ ai, value }) => `(${ai})${value}`)
    .join('');
}
