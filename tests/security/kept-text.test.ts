import type { z } from 'zod';
import { expect, test } from 'vitest';
import { exampleOf } from './walk/examples.ts';
import { procedures } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { accepts, definitionOf, dotted, fieldsOf, unwrapped, valueAt, withValueAt } from './walk/schemas.ts';
import type { Field } from './walk/schemas.ts';

/** Texts that are taken as they are: what a machine made, and passwords, which belong to the sign-in service. */
const opaque = /(^|\.)(cursor|jti|password|ownerPassword)$/;

const ofMachines = /^([0-9a-f]{8}-|\d{4}-\d\d-\d\d)/;

interface TextField {
  procedure: WalkedProcedure;
  field: Field;
  example: unknown;
}

/** Every field of every input that takes text. */
const fields: TextField[] = procedures.flatMap((procedure) => {
  if (!procedure.input) return [];
  const { input } = procedure;
  return fieldsOf(input)
    .filter(({ schema }) => definitionOf(unwrapped(schema)).type === 'string')
    .filter(({ path }) => !opaque.test(dotted(path)))
    .map((field) => ({ procedure, field, example: exampleOf(input, undefined, [], field.path) }));
});

const named = ({ procedure, field }: TextField) => `${procedure.name} ${dotted(field.path)}`;

function kept({ procedure, field, example }: TextField, typed: string): unknown {
  const parsed = (procedure.input as z.ZodType).safeParse(withValueAt(example, field.path, typed));
  return parsed.success ? valueAt(parsed.data, field.path) : undefined;
}

/** Those that take words, not only codes and figures. */
const ofWords = fields.filter(({ field }) => accepts(field.schema, 'Caf\u00e9'));

const sameInEverySpelling = 'Caf\u00e9 \u091c\u093c';

test('every text that is typed is kept in one spelling, without invisible characters at its ends', () => {
  expect(ofWords.map(named)).toEqual(
    expect.arrayContaining([
      'products.create name',
      'products.list search',
      'admin.tenants.create ownerName',
    ]),
  );
  const otherwise = ofWords.filter(
    (one) =>
      accepts(one.field.schema, sameInEverySpelling) &&
      kept(one, '\u200b\u3164Cafe\u0301 \u095b\u2060 ') !== sameInEverySpelling,
  );
  expect(otherwise.map(named)).toEqual([]);
});

test('no text that must not be empty is made of invisible characters', () => {
  const invisible = [
    '\u200b',
    '\u2060',
    '\u3164',
    '\u115f',
    '\uffa0',
    '\u2800',
    '\u00ad',
    '\ufe0f',
    '\u{e0041}',
    '\u00a0',
  ];
  const taken = fields.filter(
    ({ field }) =>
      !accepts(field.schema, '') &&
      [...invisible, invisible.join('')].some((text) => accepts(field.schema, text)),
  );
  expect(taken.map(named)).toEqual([]);
  const notEmptied = ofWords.filter(
    (one) =>
      accepts(one.field.schema, '') && !['', null].includes(kept(one, invisible.join('')) as string | null),
  );
  expect(notEmptied.map(named)).toEqual([]);
});

test('every code and figure may be pasted with what cannot be seen around it', () => {
  const refused = fields.filter((one) => {
    const example = valueAt(one.example, one.field.path);
    // Ids and days are made by the program that sends them.
    if (accepts(one.field.schema, 'Caf\u00e9') || typeof example !== 'string' || ofMachines.test(example)) {
      return false;
    }
    return kept(one, `\u200b${example}\u00a0`) !== kept(one, example);
  });
  expect(refused.map(named)).toEqual([]);
});
