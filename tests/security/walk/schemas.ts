import type { z } from 'zod';
import { definitionOf } from '../../../server/permissions/schema-parts.contract.ts';

export { definitionOf };

type Schema = z.core.$ZodType;
export type FieldPath = readonly (string | number)[];

export interface Field {
  path: FieldPath;
  schema: Schema;
  /** Leaving it out is allowed. */
  optional: boolean;
}

/** The schema within optional, nullable, default and the like; of a pipe the side that reads the input. */
export function unwrapped(schema: Schema): Schema {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return unwrapped(def.innerType);
    case 'lazy':
      return unwrapped(def.getter());
    case 'pipe':
      return unwrapped(definitionOf(def.in).type === 'transform' ? def.out : def.in);
    default:
      return schema;
  }
}

/**
 * The schemas directly below one, with the key each has: of an array its element at 0, of a record its value at `key`,
 * of a union all that its options hold.
 */
function below(schema: Schema): [string | number, Schema][] {
  const def = definitionOf(unwrapped(schema));
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape);
    case 'array':
      return [[0, def.element]];
    case 'record':
      return [['key', def.valueType]];
    case 'tuple':
      return def.items.map((item, index) => [index, item]);
    case 'union':
      return def.options.flatMap(below);
    case 'intersection':
      return [...below(def.left), ...below(def.right)];
    default:
      return [];
  }
}

/** The keys directly below a schema. */
export const keysOf = (schema: Schema): (string | number)[] => below(schema).map(([key]) => key);

/** Every field of a schema, containers before what they hold. Recursive schemas are followed eight levels down. */
export function fieldsOf(schema: Schema | undefined, path: FieldPath = []): Field[] {
  if (!schema || path.length > 8) return [];
  return below(schema).flatMap(([key, inner]) => {
    const here = [...path, key];
    return [
      { path: here, schema: inner, optional: inner._zod.optin === 'optional' },
      ...fieldsOf(inner, here),
    ];
  });
}

/** Whether a schema takes this value, its refinements included. */
export const accepts = (schema: Schema, value: unknown): boolean =>
  (schema as z.ZodType).safeParse(value).success;

/** A field that holds the id of a record, a user, a tenant or a session. */
export function isIdField({ path, schema }: Field): boolean {
  const inner = unwrapped(schema);
  if (definitionOf(inner).type !== 'string') return false;
  const isUuid = accepts(inner, '0190d3f2-7c1a-7c3e-8a4b-1f2e3d4c5b6a') && !accepts(inner, 'A1');
  return isUuid || /(^|[a-z])(Id|jti|JTI)$|^id$/.test(String(path.at(-1)));
}

/** `lines.0.quantity`, as problems name it. */
export const dotted = (path: FieldPath): string => path.join('.');

export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** A copy with another value at the path; `undefined` takes the field away. */
export function withValueAt(value: unknown, path: FieldPath, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (replacement === undefined && valueAt(value, path) === undefined) return value;
  const isList = typeof key === 'number';
  // A field that takes a list or an object is given the one that the path leads into.
  const base = Array.isArray(value) === isList ? value : undefined;
  const copy = Object.assign(isList ? [] : {}, base) as Record<string | number, unknown>;
  const inner = withValueAt(copy[key], rest, replacement);
  if (inner === undefined && !isList) delete copy[key];
  else copy[key] = inner;
  return copy;
}

/** All values of an answer at the path of its schema: 0 stands for every entry of a list, `key` for every name. */
export function valuesAt(value: unknown, path: FieldPath): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return key === 0 ? value.flatMap((entry) => valuesAt(entry, rest)) : [];
  const record = value as Record<string, unknown>;
  if (key === 'key' && !('key' in record)) return Object.values(record).flatMap((one) => valuesAt(one, rest));
  return valuesAt(record[key], rest);
}
