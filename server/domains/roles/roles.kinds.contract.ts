import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { roleSchema } from './roles.contract.ts';

export const roleKind = {
  name: 'role',
  readWith: 'roles:read',
  createWith: 'roles:manage',
  updateWith: 'roles:manage',
  schema: roleSchema,
  actions: ['delete'],
  path: null,
  joined: ['key', 'name'],
} as const satisfies MasterKind;
