import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { z } from 'zod';
import { accepts, definitionOf, keysOf, unwrapped } from './schemas.ts';
import type { FieldPath } from './schemas.ts';

type Schema = z.core.$ZodType;

/** What a field by this name is given, before anything else is tried; undefined leaves it to the schema. */
export type Hint = (path: FieldPath) => unknown;

/** Left out of an example although the schema knows it. */
export const leftOut = Symbol('left out');

/** One of each form of text that business software asks for; the first that a schema takes is its example. */
const texts = [
  'Alpha',
  '1',
  'alpha',
  '2026-05-04',
  '2026-05-04T10:00:00.000Z',
  '27',
  '8471',
  '400001',
  'IN',
  'INR',
  '+91 98200 12345',
  'alpha@example.test',
  'AAPFU0939F',
  '27AAPFU0939F1ZV',
  'HDFC0001234',
  '234567890124',
  'https://example.test/',
  'correct horse battery',
];
const numbers = [1, 0, 5, 10, 100, 2026, 0.5];

let count = 0;

/** What must be unique in a tenant gets a new value every time; the rest of a name tells nothing. */
function usual(path: FieldPath): unknown {
  count += 1;
  const mark = `${process.pid.toString(36)}${count.toString(36)}`;
  switch (path.at(-1)) {
    case 'code':
    case 'sku':
    case 'employeeCode':
      return `X-${mark}`.toUpperCase();
    case 'email':
    case 'ownerEmail':
      return `x-${mark}@example.test`;
    case 'key':
    case 'slug':
      return `x_${mark}`;
    case 'barcodes':
      return [`B${mark}`];
    case 'taxClass':
      return 'GST18';
    case 'roles':
      return ['viewer'];
    case 'at':
    case 'occurredAt':
    case 'receivedAt':
    case 'shippedAt':
      return new Date().toISOString();
    case 'aadhaar':
      return null;
    case 'cursor':
      return leftOut;
    default:
      return undefined;
  }
}

/**
 * A valid-looking value for a schema: every field is there, also the optional ones, and satisfies the schema with its
 * refinements. `hint` decides first, by the field's path. A field that takes several forms is given the first, or the one
 * that leads `toward` a field.
 * @throws Error where no example can be found: the list of texts above wants one more then.
 */
export function exampleOf(
  schema: Schema,
  hint: Hint = () => undefined,
  path: FieldPath = [],
  toward: FieldPath = [],
): unknown {
  for (const proposal of [hint(path), usual(path)]) {
    if (proposal === leftOut) return undefined;
    if (proposal !== undefined && path.length > 0 && accepts(schema, proposal)) return proposal;
  }
  const inner = unwrapped(schema);
  const def = definitionOf(inner);
  const inside = (of: Schema, key: string | number) => exampleOf(of, hint, [...path, key], toward);
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape)
          .map(([key, field]) => [key, inside(field, key)])
          .filter(([, value]) => value !== undefined),
      );
    case 'array':
      return [inside(def.element, 0)];
    case 'tuple':
      return def.items.map((item, index) => inside(item, index));
    case 'record':
      return { [String(exampleOf(def.keyType, hint, [...path, 'key']))]: inside(def.valueType, 'key') };
    case 'union':
      return exampleOf(formToward(def.options, path, toward), hint, path, toward);
    case 'intersection':
      return {
        ...(exampleOf(def.left, hint, path, toward) as object),
        ...(exampleOf(def.right, hint, path, toward) as object),
      };
    case 'enum':
      return Object.values(def.entries)[0];
    case 'literal':
      return def.values[0];
    case 'boolean':
      return false;
    case 'number':
      return found(schema, path, numbers);
    case 'string':
      return found(schema, path, texts.concat(randomUUID(), matching(inner)));
    case 'any':
    case 'unknown':
      return 'Alpha';
    default:
      throw new Error(`${path.join('.')}: there is no example for a ${def.type}.`);
  }
}

function formToward(options: readonly Schema[], path: FieldPath, toward: FieldPath): Schema {
  const isOnTheWay = path.every((key, at) => key === toward[at]);
  const leading = options.find((option) => keysOf(option).includes(toward[path.length] ?? ''));
  return ((isOnTheWay && leading) || options[0]) as Schema;
}

function found(schema: Schema, path: FieldPath, candidates: readonly unknown[]): unknown {
  const example = candidates.find((candidate) => accepts(schema, candidate));
  if (example === undefined) throw new Error(`${path.join('.')}: none of the known examples fits.`);
  return example;
}

/** Texts made from the patterns of a schema, for forms nobody thought of. */
function matching(schema: Schema): string[] {
  const { def } = schema._zod;
  return [def, ...(def.checks ?? []).map((check) => check._zod.def)]
    .map((part) => ('pattern' in part ? part.pattern : undefined))
    .filter((pattern) => pattern instanceof RegExp)
    .flatMap(textsOf);
}

const textsOfPatterns = new Map<string, string[]>();

/** Made once for each pattern: a walk asks for the same ones thousands of times. */
function textsOf(pattern: RegExp): string[] {
  const known = textsOfPatterns.get(pattern.source);
  if (known) return known;
  let texts: string[] = [];
  try {
    texts = fc.sample(fc.stringMatching(pattern), { numRuns: 5, seed: 1 });
  } catch {
    // fast-check does not know every construct of a pattern.
  }
  textsOfPatterns.set(pattern.source, texts);
  return texts;
}
