import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { productSchema } from './products.contract.ts';

export const productKind = {
  name: 'product',
  readWith: 'products:read',
  createWith: 'products:create',
  updateWith: 'products:update',
  schema: productSchema,
  path: '/products',
  joined: [
    'id',
    'sku',
    'name',
    'unit',
    'kind',
    'status',
    'category',
    'hsnCode',
    'taxClass',
    'tracksLots',
    'purchasePrice',
    'salePrice',
    'reorderLevel',
    'receiptTolerancePercent',
  ],
  searched: true,
} as const satisfies MasterKind;
