import { z } from 'zod';
import type { Permission } from './permissions.contract.ts';

type Schema = z.core.$ZodType;

/** The permission that a field asks for. */
export function requirementOf(schema: Schema): Permission | undefined {
  return (z.globalRegistry.get(schema as z.ZodType) as { requires?: Permission } | undefined)?.requires;
}

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
