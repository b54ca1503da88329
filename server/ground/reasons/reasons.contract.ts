import { access } from './english/access.contract.ts';
import { input } from './english/input.contract.ts';
import { orders } from './english/orders.contract.ts';
import { parties } from './english/parties.contract.ts';
import { platform } from './english/platform.contract.ts';
import { records } from './english/records.contract.ts';
import { requests } from './english/requests.contract.ts';
import { access as accessInHindi } from './hindi/access.contract.ts';
import { input as inputInHindi } from './hindi/input.contract.ts';
import { orders as ordersInHindi } from './hindi/orders.contract.ts';
import { parties as partiesInHindi } from './hindi/parties.contract.ts';
import { platform as platformInHindi } from './hindi/platform.contract.ts';
import { records as recordsInHindi } from './hindi/records.contract.ts';
import { requests as requestsInHindi } from './hindi/requests.contract.ts';
import { speakerOf } from '../catalogue.contract.ts';
import { gathered } from '../vocabulary/closed-lists.contract.ts';
import type { Gathered } from '../vocabulary/closed-lists.contract.ts';
import type { Language } from '../languages.contract.ts';
import type { terms } from './terms.contract.ts';
import { wordedParameter } from './terms.contract.ts';

type OfDomains = Gathered<'reasons'>;
const ofDomains = gathered('reasons');

/** The domains' refusals, in one language. */
function saidByDomains<L extends Language>(language: L): { [R in keyof OfDomains]: OfDomains[R][L] } {
  const messages = Object.entries(ofDomains).map(([reason, message]) => [reason, message[language]]);
  return Object.fromEntries(messages) as { [R in keyof OfDomains]: OfDomains[R][L] };
}

/** The closed list of everything that can be wrong, as ICU messages: placeholders, plurals and choices only. */
export const english = {
  ...saidByDomains('en'),
  ...input,
  ...requests,
  ...records,
  ...orders,
  ...parties,
  ...access,
  ...platform,
} as const;

export type Reason = keyof typeof english;

const hindi: Record<Reason, string> = {
  ...saidByDomains('hi'),
  ...inputInHindi,
  ...requestsInHindi,
  ...recordsInHindi,
  ...ordersInHindi,
  ...partiesInHindi,
  ...accessInHindi,
  ...platformInHindi,
};

/** Every reason's message in each language. */
export const messages: Readonly<Record<Language, Readonly<Record<Reason, string>>>> = {
  en: english,
  hi: hindi,
};

export type Parameter = string | number | string[];
export type Parameters = Readonly<Record<string, Parameter>>;

/** The name a placeholder begins with; texts in the branches of a plural aren't placeholders. */
type NameIn<Inside extends string> = Inside extends `${infer Name},${string}` ? Bare<Name> : Bare<Inside>;
type Bare<Name extends string> = Name extends `${string}${' ' | '#' | '{'}${string}` | '' ? never : Name;
type NamesIn<Text extends string> = Text extends `${string}{${infer Rest}`
  ? (Rest extends `${infer Inside}}${string}` ? NameIn<Inside> : never) | NamesIn<Rest>
  : never;

type ValueOf<Name extends string, Text extends string> = Text extends `${string}{${Name}, plural,${string}`
  ? number
  : Name extends 'kind'
    ? keyof (typeof terms)['kind']
    : Parameter;

/** The parameters that any message needs, by its placeholders, as arguments of a function. */
export type GivenIn<Text extends string> = [NamesIn<Text>] extends [never]
  ? []
  : [values: { readonly [Name in NamesIn<Text>]: string | number }];

/** The parameters that a reason needs, by the placeholders of its English message. */
export type ParametersOf<R extends Reason> = {
  readonly [Name in NamesIn<(typeof english)[R]>]: ValueOf<Name, (typeof english)[R]>;
};

/** The parameters of a reason as arguments of a function: none where it has none. */
export type GivenParameters<R extends Reason> = [NamesIn<(typeof english)[R]>] extends [never]
  ? []
  : [parameters: ParametersOf<R>];

/** A reason that is filled in with nothing. */
export type PlainReason = { [R in Reason]: GivenParameters<R> extends [] ? R : never }[Reason];

/** A reason with its parameters. */
export interface Said {
  reason: Reason;
  parameters: Parameters;
}

/** Puts a reason and its parameters together. */
export function said<R extends Reason>(reason: R, ...[parameters]: GivenParameters<R>): Said {
  return saidWith(reason, parameters ?? {});
}

const namesOf = new Map<Reason, ReadonlySet<string>>();

/**
 * A reason with the parameters that its message names. Types let a whole record pass for parameters; its other fields
 * must not reach the wire.
 */
export function saidWith(reason: Reason, parameters: Parameters): Said {
  let names = namesOf.get(reason);
  if (!names) {
    names = new Set([...String(english[reason]).matchAll(/\{(\w+)/g)].map(([, name = '']) => name));
    namesOf.set(reason, names);
  }
  const named = Object.entries(parameters).filter(([name]) => names.has(name));
  return { reason, parameters: Object.fromEntries(named) };
}

export function isReason(value: unknown): value is Reason {
  return typeof value === 'string' && Object.hasOwn(english, value);
}

const speak = speakerOf(messages);

/** The sentence (or, for a schema's complaint about a field, the predicate) that a person reads. */
export function wordsOf({ reason, parameters }: Said, language: Language): string {
  const values = Object.entries(parameters).map(([name, value]) => [name, worded(name, value, language)]);
  return speak(reason, language, Object.fromEntries(values) as Record<string, unknown>);
}

function worded(name: string, value: Parameter, language: Language): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return wordedParameter(name, value, language);
  return value.map((one) => wordedParameter(name, one, language)).join(', ');
}

/**
 * A reason as the message of a schema, which can be a text only: `input.most_characters {"most":20}`. Server and
 * windows word it, each in its reader's language.
 */
export function refusal<R extends Reason>(reason: R, ...[parameters]: GivenParameters<R>): string {
  return parameters === undefined ? reason : `${reason} ${JSON.stringify(parameters)}`;
}

/** Reads what `refusal` wrote; undefined for any other text. */
export function saidIn(message: string): Said | undefined {
  const end = message.indexOf(' ');
  const reason = end === -1 ? message : message.slice(0, end);
  if (!isReason(reason)) return undefined;
  return { reason, parameters: end === -1 ? {} : (JSON.parse(message.slice(end + 1)) as Parameters) };
}

/** The words of a schema's message; one that isn't a reason of the list is shown as it is. */
export function wordsOfRefusal(message: string, language: Language): string {
  const what = saidIn(message);
  return what ? wordsOf(what, language) : message;
}
