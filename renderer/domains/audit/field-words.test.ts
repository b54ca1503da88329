import { expect, test } from 'vitest';
import { actionsOf, fieldsIn, trailSchemaOf } from '../../../server/documents/audit/trail.contract.ts';
import { recordKinds } from '../../../server/domains/kinds.contract.ts';
import { isNamed } from './field-words.ts';

const fieldsOf = (fields: ReturnType<typeof fieldsIn>): string[] =>
  Object.entries(fields).flatMap(([name, schema]) => [name, ...fieldsOf(fieldsIn(schema))]);

test.each(recordKinds.map((kind) => [kind.name, kind] as const))(
  'every field that the trail tells of a %s has a name, and so has every action',
  (_, kind) => {
    const fields = fieldsOf(trailSchemaOf(kind).shape);
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter((field) => !isNamed.field(field))).toEqual([]);
    expect(actionsOf(kind).filter((action) => !isNamed.action(action))).toEqual([]);
  },
);

test('every command of a document is an action of the trail', () => {
  const actions = recordKinds.flatMap((kind) => ('commands' in kind ? actionsOf(kind) : []));
  expect(actions.length).toBeGreaterThan(20);
  expect(actions).toEqual(
    expect.arrayContaining(['create', 'reverse_receipt', 'close_line', 'record_payment']),
  );
});
