import { expect, test } from 'vitest';
import { deedsOf, fieldsIn, trailSchemaOf } from '../../../server/documents/audit/trail.contract.ts';
import { recordKinds } from '../../../server/domains/kinds.contract.ts';
import { isNamed } from './field-words.ts';

const fieldsOf = (fields: ReturnType<typeof fieldsIn>): string[] =>
  Object.entries(fields).flatMap(([name, schema]) => [name, ...fieldsOf(fieldsIn(schema))]);

test.each(recordKinds.map((kind) => [kind.name, kind] as const))(
  'every field that the trail tells of a %s has a name, and so has every deed',
  (_, kind) => {
    const fields = fieldsOf(trailSchemaOf(kind).shape);
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter((field) => !isNamed.field(field))).toEqual([]);
    expect(deedsOf(kind).filter((deed) => !isNamed.action(deed))).toEqual([]);
  },
);

test('every command of a document is a deed of the trail', () => {
  const deeds = recordKinds.flatMap((kind) => ('commands' in kind ? deedsOf(kind) : []));
  expect(deeds.length).toBeGreaterThan(20);
  expect(deeds).toEqual(
    expect.arrayContaining(['create', 'reverse_receipt', 'close_line', 'record_payment']),
  );
});
