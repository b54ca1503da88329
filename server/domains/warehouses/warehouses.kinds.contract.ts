import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { binSchema, warehouseSchema } from './warehouses.contract.ts';

export const warehouseKind = {
  name: 'warehouse',
  readWith: 'warehouses:read',
  createWith: 'warehouses:create',
  updateWith: 'warehouses:update',
  schema: warehouseSchema,
  path: '/warehouses',
  searched: true,
} as const satisfies MasterKind;

/** A warehouse is made of its bins: who may change it may change them. */
export const binKind = {
  name: 'bin',
  readWith: 'warehouses:read',
  createWith: 'warehouses:update',
  updateWith: 'warehouses:update',
  schema: binSchema,
  path: null,
} as const satisfies MasterKind;
