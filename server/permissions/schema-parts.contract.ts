import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** The definition of a schema, as zod's own walkers read it. */
export const definitionOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def;

/** The schema inside of optional, default, lazy and the like, and one side of a pipe; undefined where there is none. */
export function inside(schema: Schema, side: 'in' | 'out'): Schema | undefined {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
    case 'success':
    case 'promise':
      return def.innerType;
    case 'lazy':
      return def.getter();
    case 'pipe':
      if (side === 'out') return def.out;
      return definitionOf(def.in).type === 'transform' ? def.out : def.in;
    default:
      return undefined;
  }
}
