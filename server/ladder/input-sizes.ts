import { z } from 'zod';
import { Problem, refusedField } from '../ground/problem.ts';
import { definitionOf, inside } from '../permissions/schema-parts.contract.ts';

/**
 * Lists and records are counted before their entries are looked at: a schema checks each of a hundred thousand entries,
 * and keeps a complaint of each, before it notices that there are too many. Derived from the contracts.
 */
type Count = (value: unknown, path: readonly string[]) => void;

/** Entries of a list or record whose contract names no limit. */
const unnamed = 1_000;

const compiled = new WeakMap<z.core.$ZodType, Count>();

/**
 * Counts the lists and records of an input against its schema.
 * @throws INVALID on the field.
 */
export function requireModestSizes(schema: z.core.$ZodType, input: unknown): void {
  countOf(schema)(input, []);
}

/** The most entries that the contract of a list or record names: its own `max`, or the `largest` of its meta. */
export function namedLimit(schema: z.core.$ZodType): number | undefined {
  const meta = z.globalRegistry.get(schema as z.ZodType) as { largest?: number } | undefined;
  if (meta?.largest !== undefined) return meta.largest;
  const maxima = (schema._zod.def.checks ?? []).map((check) => check._zod.def).filter(isMaximum);
  return maxima.length === 0 ? undefined : Math.min(...maxima.map(({ maximum }) => maximum));
}

function isMaximum(check: z.core.$ZodCheckDef): check is z.core.$ZodCheckMaxLengthDef {
  return check.check === 'max_length';
}

function countOf(schema: z.core.$ZodType): Count {
  const known = compiled.get(schema);
  if (known) return known;
  // A schema that holds itself finds this while it is being compiled.
  let count: Count = () => {};
  compiled.set(schema, (value, path) => count(value, path));
  count = compile(schema);
  compiled.set(schema, count);
  return count;
}

function compile(schema: z.core.$ZodType): Count {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'object': {
      const fields = Object.entries(def.shape).map(([name, field]) => [name, countOf(field)] as const);
      return (value, path) => {
        if (typeof value !== 'object' || value === null) return;
        for (const [name, count] of fields) count((value as Record<string, unknown>)[name], [...path, name]);
      };
    }
    case 'array': {
      const largest = namedLimit(schema) ?? unnamed;
      const element = countOf(def.element);
      return (value, path) => {
        if (!Array.isArray(value)) return;
        requireAtMost(value.length, largest, path);
        value.forEach((item, index) => element(item, [...path, String(index)]));
      };
    }
    case 'record': {
      const largest = namedLimit(schema) ?? unnamed;
      return (value, path) => {
        if (typeof value !== 'object' || value === null) return;
        requireAtMost(Object.keys(value).length, largest, path);
      };
    }
    case 'union':
      return inTurn(def.options);
    case 'intersection':
      return inTurn([def.left, def.right]);
    case 'lazy': {
      let inner: Count | undefined;
      return (value, path) => (inner ??= countOf(def.getter()))(value, path);
    }
    default: {
      const within = inside(schema, 'in');
      return within ? countOf(within) : () => {};
    }
  }
}

function inTurn(schemas: readonly z.core.$ZodType[]): Count {
  const counts = schemas.map(countOf);
  return (value, path) => {
    for (const count of counts) count(value, path);
  };
}

function requireAtMost(count: number, largest: number, path: readonly string[]): void {
  if (count <= largest) return;
  const at = path.join('.');
  const parameters = { most: largest };
  throw new Problem('INVALID', 'input.most_entries', parameters, {
    at,
    fields: [refusedField(at, 'input.most_entries', parameters)],
  });
}
