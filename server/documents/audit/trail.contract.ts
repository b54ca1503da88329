import { z } from 'zod';
import { measureOf } from '../../ground/record.contract.ts';
import type { Measure } from '../../ground/record.contract.ts';
import { definitionOf, inside } from '../../permissions/schema-parts.contract.ts';
import type { DocumentKind } from '../document-kind.contract.ts';
import type { RecordKind } from '../record-kind.contract.ts';

type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;

/** A description by its fields. */
type Fields = Schema & { readonly shape: Shape };

const schemas = new WeakMap<RecordKind, Fields>();

/**
 * Everything that the trail may tell of a kind: the fields of the record as it is read, and those its commands write
 * besides or in another shape. Any other field is neither kept in clear nor shown.
 */
export function trailSchemaOf(kind: RecordKind): Fields {
  const known = schemas.get(kind);
  if (known) return known;
  const definition = definitionOf(kind.schema);
  if (definition.type !== 'object') throw new Error(`The schema of ${kind.name} names no fields.`);
  const schema: Fields = z.object({ ...definition.shape, ...kind.trail });
  schemas.set(kind, schema);
  return schema;
}

/** The trail's name for a command: `reverse_receipt` for `reverseReceipt`. */
function actionOfCommand(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Every action that the trail may record for a kind. */
export function actionsOf(kind: RecordKind): string[] {
  const { commands = {}, createWith, updateWith } = kind as Partial<DocumentKind & { updateWith: unknown }>;
  return [
    ...(createWith ? ['create'] : []),
    ...(updateWith ? ['update'] : []),
    ...Object.keys(commands).map(actionOfCommand),
    ...(kind.actions ?? []),
  ];
}

/** The fields of a group or of the entries of a list; none where a value stands alone. */
export function fieldsIn(schema: Schema | undefined): Shape {
  if (!schema) return {};
  const within = inside(schema, 'out');
  if (within) return fieldsIn(within);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object':
      return definition.shape;
    case 'array':
      return fieldsIn(definition.element);
    case 'union':
      return Object.assign({}, ...definition.options.map(fieldsIn)) as Shape;
    default:
      return {};
  }
}

/** What a value measures, or the kind of record whose id it is; undefined for plain text, marks and choices. */
export function meaningOf(schema: Schema | undefined): Measure | undefined {
  if (!schema) return undefined;
  const own = measureOf(schema);
  if (own) return own;
  const within = inside(schema, 'out');
  if (within) return meaningOf(within);
  const definition = definitionOf(schema);
  return definition.type === 'array' ? meaningOf(definition.element) : undefined;
}

/** A value without the parts that its schema does not describe, at any depth. */
export function describedPart(schema: Schema | undefined, value: unknown): unknown {
  if (!schema || value === null || value === undefined) return value ?? null;
  const within = inside(schema, 'out');
  if (within) return describedPart(within, value);
  const definition = definitionOf(schema);
  if (Array.isArray(value)) {
    return definition.type === 'array'
      ? value.map((entry: unknown) => describedPart(definition.element, entry))
      : null;
  }
  if (typeof value !== 'object') return value;
  if (definition.type === 'record') return value;
  if (definition.type !== 'object' && definition.type !== 'union') return null;
  const fields = fieldsIn(schema);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => Object.hasOwn(fields, name))
      .map(([name, part]) => [name, describedPart(fields[name], part)]),
  );
}

/** The ids in a value, each with its kind of record. */
export function* referencesIn(
  schema: Schema | undefined,
  value: unknown,
): Generator<{ kind: string; id: string }> {
  if (typeof value === 'string') {
    const meaning = meaningOf(schema);
    if (typeof meaning === 'object') yield { kind: meaning.idOf, id: value };
  } else if (Array.isArray(value)) {
    for (const entry of value as unknown[]) yield* referencesIn(schema, entry);
  } else if (typeof value === 'object' && value !== null) {
    const fields = fieldsIn(schema);
    for (const [name, part] of Object.entries(value)) yield* referencesIn(fields[name], part);
  }
}
