import { z } from 'zod';
import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { idOf } from '../../ground/record.contract.ts';
import { binSchema, warehouseSchema } from './warehouses.contract.ts';

export const warehouseKind = {
  name: 'warehouse',
  readWith: 'warehouses:read',
  createWith: 'warehouses:create',
  updateWith: 'warehouses:update',
  schema: warehouseSchema,
  // Its bins by their names; their warehouse is the entry's own record.
  trail: { bins: z.array(binSchema.omit({ id: true, version: true, warehouseId: true })) },
  path: '/warehouses',
  joined: ['id', 'code', 'name', 'status', 'address'],
  searched: true,
} as const satisfies MasterKind;

/** A warehouse is made of its bins: a person who may change it may change them. */
export const binKind = {
  name: 'bin',
  readWith: 'warehouses:read',
  createWith: 'warehouses:update',
  updateWith: 'warehouses:update',
  schema: binSchema,
  trail: { warehouseId: idOf('warehouse') },
  path: null,
  joined: ['id', 'code', 'warehouseId', 'status', 'isDefault', 'kind'],
} as const satisfies MasterKind;
