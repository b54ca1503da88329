import type { z } from 'zod';
import type { Permission } from './permissions.contract.ts';

/**
 * A field that leaves the server only for those with `permission`; for everyone else it is null.
 * The projector in server/permissions/field-rules.ts reads the mark, for lists, reads, exports and live updates alike.
 */
export function visibleWith<T extends z.ZodType>(permission: Permission, schema: T) {
  return schema.nullable().meta({ requires: permission });
}
