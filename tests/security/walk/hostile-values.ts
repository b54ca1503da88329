import { randomUUID } from 'node:crypto';
import type { InputText } from './calls.ts';
import { accepts, definitionOf, dotted, fieldsOf, unwrapped, valueAt, withValueAt } from './schemas.ts';
import type { Field, FieldPath } from './schemas.ts';
import type { WalkedProcedure } from './procedures.ts';

/** JSON that JSON.stringify would not write: stands for itself in the text of an input. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The input as JSON text. */
export function textOf(value: unknown): InputText {
  const raw: string[] = [];
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (!(inner instanceof Raw)) return inner;
    raw.push(inner.text);
    return `\u0001${raw.length - 1}\u0001`;
  });
  return (text ?? 'null').replace(
    /"\\u0001(\d+)\\u0001"/g,
    (_all, index: string) => raw[Number(index)] ?? '',
  );
}

const nested = (depth: number) => new Raw('['.repeat(depth) + ']'.repeat(depth));
const proto = () =>
  JSON.parse('{"__proto__":{"isOperator":true},"constructor":{"prototype":{"x":1}}}') as object;

/** Values that fit no field, and some that seem to. Made afresh each time, because ids must be unknown. */
const hostileValues = (): Record<string, unknown> => ({
  null: null,
  'an empty text': '',
  'a number': 7,
  'a boolean': true,
  'a list': [],
  'a list of lists': [[[]]],
  'an object': {},
  'prototype keys': proto(),
  'a deep nest': nested(2000),
  NUL: 'a\u0000b',
  'a lone surrogate': 'a\ud800b',
  'control characters': 'a\u0007\u001b[31m\u007fb',
  'a text that turns around': '\u202eabc\u200b',
  'a long text': 'x'.repeat(3000),
  negative: -1,
  'negative as text': '-1',
  'minus zero': new Raw('-0'),
  'a fraction': 0.1,
  'a huge number': new Raw('1e308'),
  'beyond all numbers': new Raw('1e400'),
  'beyond exact integers': new Raw('9007199254740993'),
  'beyond int': 2_147_483_648,
  'a huge text number': '9'.repeat(400),
  'twelve digits': '999999999999.999',
  'scientific text': '1e5',
  NaN: 'NaN',
  Infinity: 'Infinity',
  'hexadecimal text': '0x10',
  'an unknown id': randomUUID(),
  'the nil id': '00000000-0000-0000-0000-000000000000',
  'almost an id': `${randomUUID()}x`,
  'quotes and comments': `'";--/*\\`,
  'always true': "' OR '1'='1",
  wildcards: '%_%\\_',
  'a template': '${7*7}{{7*7}}%s%n',
  'a day that is none': '2026-02-30',
  'a day before days': '-4713-01-01',
  'a day far off': '9999-12-31',
  'a day in the stone age': '0000-01-01',
  'a moment far off': '9999-12-31T23:59:59.999Z',
  'a moment in the stone age': '0000-01-01T00:00:00Z',
  __proto__name: '__proto__',
  constructor: 'constructor',
});

/** In a field of free text these are ordinary words: they are tried only where a format is asked for. */
const wordsOnly = new Set([
  'negative as text',
  'twelve digits',
  'scientific text',
  'NaN',
  'Infinity',
  'hexadecimal text',
  'the nil id',
  'almost an id',
  'a day that is none',
  'a day before days',
  'a day far off',
  'a day in the stone age',
  'a moment far off',
  'a moment in the stone age',
]);
const isFreeText = (field: Field) =>
  definitionOf(unwrapped(field.schema)).type === 'string' && accepts(field.schema, 'Any words');

export interface HostileInput {
  /** `lines.0.quantity: NUL` */
  what: string;
  path: FieldPath;
  text: InputText;
  /** The schema refuses it, so that the answer must be INVALID and name the field. */
  unfit: boolean;
}

/** Every field of an example spoiled in turn, with everything hostile. `example` gives a fresh one each time. */
export function hostileInputs(
  { input }: WalkedProcedure,
  field: Field,
  example: () => unknown,
  tenantIds: readonly string[],
): HostileInput[] {
  if (!input) return [];
  const inputs: HostileInput[] = [];
  const add = (what: string, path: FieldPath, value: unknown) => {
    const text = textOf(value);
    inputs.push({ what: `${dotted(path)}: ${what}`, path, text, unfit: !accepts(input, JSON.parse(text)) });
  };
  add('missing', field.path, withValueAt(example(), field.path, undefined));
  const skipped = isFreeText(field) ? wordsOnly : new Set<string>();
  for (const [what, value] of Object.entries(hostileValues())) {
    if (!skipped.has(what)) add(what, field.path, withValueAt(example(), field.path, value));
  }
  for (const extra of extrasFor(field, example(), tenantIds)) add(...extra);
  return inputs;
}

/** What an object is given beside its own fields, and a list beside its own entries. */
function extrasFor(
  { path, schema }: Field,
  example: unknown,
  tenantIds: readonly string[],
): [string, FieldPath, unknown][] {
  const value = valueAt(example, path);
  switch (definitionOf(unwrapped(schema)).type) {
    case 'object':
      return extraKeys(path, example, tenantIds);
    case 'array': {
      const list = Array.isArray(value) ? (value as unknown[]) : [];
      return [
        ['a thousand entries', path, withValueAt(example, path, Array(1000).fill(list[0] ?? 'x'))],
        ['an entry twice', path, withValueAt(example, path, [list[0], list[0]])],
        ['an entry that is null', path, withValueAt(example, path, [null])],
        ['holes', path, withValueAt(example, path, { 0: list[0], length: 1 })],
      ];
    }
    default:
      return [];
  }
}

function extraKeys(
  path: FieldPath,
  example: unknown,
  tenantIds: readonly string[],
): [string, FieldPath, unknown][] {
  const value = valueAt(example, path);
  const beside = (extra: object) => {
    const merged = Object.defineProperties(
      {},
      {
        ...Object.getOwnPropertyDescriptors(Object.assign({}, value)),
        ...Object.getOwnPropertyDescriptors(extra),
      },
    ) as unknown;
    return path.length === 0 ? merged : withValueAt(example, path, merged);
  };
  return [
    ['an unknown key', path, beside({ unheardOf: 1 })],
    ['keys of prototypes', path, beside(proto())],
    [
      'columns of the table',
      path,
      beside({ created_by: 'x', createdBy: 'x', updatedAt: 'x', poNumber: 'X' }),
    ],
    ...tenantIds.flatMap((id): [string, FieldPath, unknown][] => [
      ['another tenant', path, beside({ tenantId: id, tenant_id: id })],
    ]),
  ];
}

/** The whole input spoiled: another type than expected, or with extra fields. */
export function hostileWholes(
  { input }: WalkedProcedure,
  example: unknown,
  tenantIds: readonly string[],
): HostileInput[] {
  const wholes: [string, unknown][] = [
    ...['a text', 7, [], [[]], true, null].map((value): [string, unknown] => [JSON.stringify(value), value]),
    ['a deep nest', nested(2000)],
    ...extraKeys([], example, tenantIds).map(([what, , value]): [string, unknown] => [what, value]),
  ];
  return wholes.map(([what, value]) => {
    const text = textOf(value);
    const unfit = input !== undefined && !accepts(input, JSON.parse(text));
    return { what: `the input: ${what}`, path: [], text, unfit };
  });
}

/** The fields of an input that can be spoiled: all of them, the input as a whole apart. */
export const spoilable = ({ input }: WalkedProcedure): Field[] => {
  const seen = new Set<string>();
  return fieldsOf(input).filter(({ path }) => {
    const name = dotted(path);
    return !seen.has(name) && seen.add(name);
  });
};
