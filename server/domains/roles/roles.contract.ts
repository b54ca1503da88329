import { z } from 'zod';
import { permissionSchema } from '../../permissions/permissions.contract.ts';
import {
  optionalTextSchema,
  recordVersionSchema,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';

const key = textSchema(40, 1).regex(/^[a-z][a-z0-9_]*$/, {
  error: refusal('input.role_key'),
});

export const roleSchema = z.object({
  /** null for the built-in roles. */
  id: z.uuid().nullable(),
  version: versionSchema,
  key: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  builtIn: z.boolean(),
  permissions: z.array(permissionSchema),
  /** Employees who have it. */
  members: z.int(),
});
export const rolesSchema = z.array(roleSchema);
export const createRoleSchema = z.strictObject({
  id: z.uuid().optional(),
  key,
  name: textSchema(80, 1),
  description: optionalTextSchema(300).default(null),
  permissions: z.array(permissionSchema).max(200),
});
export const updateRoleSchema = recordVersionSchema.extend({
  name: textSchema(80, 1).optional(),
  description: optionalTextSchema(300).optional(),
  permissions: z.array(permissionSchema).max(200).optional(),
});
export const deleteRoleSchema = recordVersionSchema;

export type Role = z.output<typeof roleSchema>;
export type CreateRole = z.output<typeof createRoleSchema>;
export type UpdateRole = z.output<typeof updateRoleSchema>;
