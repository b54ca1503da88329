import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { productSchema } from './products.contract.ts';

export const productKind = {
  name: 'product',
  readWith: 'products:read',
  createWith: 'products:create',
  updateWith: 'products:update',
  schema: productSchema,
  path: '/products',
  searched: true,
} as const satisfies MasterKind;
