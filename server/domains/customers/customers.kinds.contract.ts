import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { customerSchema } from './customers.contract.ts';

export const customerKind = {
  name: 'customer',
  readWith: 'customers:read',
  createWith: 'customers:create',
  updateWith: 'customers:update',
  schema: customerSchema,
  path: '/customers',
  searched: true,
} as const satisfies MasterKind;
