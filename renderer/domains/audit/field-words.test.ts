import { expect, test } from 'vitest';
import { recordKinds } from '../../../server/domains/kinds.contract.ts';
import { definitionOf, inside } from '../../../server/permissions/schema-parts.ts';
import { isNamed } from './field-words.ts';

type Schema = Parameters<typeof inside>[0];

function fieldsOf(schema: Schema): string[] {
  const core = inside(schema, 'out');
  if (core) return fieldsOf(core);
  const definition = definitionOf(schema);
  if (definition.type === 'array') return fieldsOf(definition.element);
  if (definition.type === 'object')
    return Object.entries(definition.shape).flatMap(([name, part]) => [name, ...fieldsOf(part)]);
  return [];
}

test.each(recordKinds.map((kind) => [kind.name, kind] as const))(
  'every field of a %s has a name',
  (_, kind) => {
    expect(fieldsOf(kind.schema).filter((field) => !isNamed.field(field))).toEqual([]);
  },
);

test('every command of a document has a name in the trail', () => {
  const commands = recordKinds.flatMap((kind) => ('commands' in kind ? Object.keys(kind.commands) : []));
  const deeds = commands.map((command) => command.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  expect(deeds.length).toBeGreaterThan(10);
  expect(deeds.filter((deed) => !isNamed.action(deed))).toEqual([]);
});
