import { z } from 'zod';
import type { Permission } from './permissions.contract.ts';

/**
 * A field that leaves the server only for those with `permission`; for everyone else it is null.
 * The projector in server/permissions/field-rules.ts reads the mark, for lists, reads, exports and live updates alike.
 */
export function visibleWith<T extends z.ZodType>(permission: Permission, schema: T) {
  return schema.nullable().meta({ requires: permission });
}

/** A field that reveals the cost of goods, or the margin on them. */
export function visibleCost<T extends z.ZodType>(schema: T) {
  return visibleWith('costs:read', schema);
}

/** A field of an input whose effect reveals costs: only people who may see costs may send it. */
export function revealingCost<T extends z.ZodType>(schema: T): T {
  return schema.meta({ requires: 'costs:read' });
}

/** The permission that a field asks for. */
export function requirementOf(schema: z.core.$ZodType): Permission | undefined {
  return (z.globalRegistry.get(schema as z.ZodType) as { requires?: Permission } | undefined)?.requires;
}

/** Whether a person with the permissions of `may` sees a field of a record. */
export function seesField<Shape extends z.core.$ZodShape>(
  { shape }: z.ZodObject<Shape>,
  field: keyof Shape & string,
  may: (permission: Permission) => boolean,
): boolean {
  const schema = shape[field];
  const permission = schema && requirementOf(schema);
  return permission === undefined || may(permission);
}
