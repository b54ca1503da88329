import * as listed from './vocabularies.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

type Listed = (typeof listed)[keyof typeof listed];
type Part = Exclude<keyof Vocabulary, 'place'>;

/** The names that the vocabularies give in one of their parts. */
type NamesOf<One, P extends Part> = One extends { readonly [Key in P]: infer Entries }
  ? keyof Entries & string
  : never;
type NameIn<P extends Part> = NamesOf<Listed, P>;
type EntryOf<One, P extends Part, Name extends string> = One extends {
  readonly [Key in P]: { readonly [Key in Name]: infer Entry };
}
  ? Entry
  : never;

/** One part of all vocabularies, under the names that each of them gives. */
export type Gathered<P extends Part> = { readonly [Name in NameIn<P>]: EntryOf<Listed, P, Name> };

const vocabularies = Object.entries<Vocabulary>(listed)
  .toSorted(([nameOfOne, one], [nameOfOther, other]) =>
    one.place === other.place ? (nameOfOne < nameOfOther ? -1 : 1) : one.place - other.place,
  )
  .map(([, vocabulary]) => vocabulary);

/**
 * One part of all vocabularies, in the order of their places.
 * @throws where two of them say something under one name: a right, a word or a refusal has one owner
 */
export function gathered<P extends Part>(part: P): Gathered<P> {
  const all = new Map<string, unknown>();
  for (const vocabulary of vocabularies) {
    for (const [name, entry] of Object.entries(vocabulary[part] ?? {})) {
      if (all.has(name)) throw new Error(`Two vocabularies name ${name} among their ${part}.`);
      all.set(name, entry);
    }
  }
  return Object.fromEntries(all) as Gathered<P>;
}
