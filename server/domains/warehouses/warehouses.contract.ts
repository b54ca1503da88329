import { z } from 'zod';
import { listInputSchema, pageSchema, wholeCodeSchema } from '../../ground/list.contract.ts';
import {
  codeSchema,
  addressSchema,
  moneyOutSchema,
  idSchema,
  optionalTextSchema,
  recordFields,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { visibleCost } from '../../permissions/visible-with.contract.ts';

export const warehouseStatusSchema = z.enum(['active', 'inactive']);
/** `quarantine` bins hold goods that are not for sale: what lies there is never reserved. */
const binKindSchema = z.enum(['storage', 'receiving', 'quarantine']);

const code = codeSchema(20);

export const createWarehouseSchema = z.strictObject({
  id: idSchema.optional(),
  code,
  name: textSchema(120, 1),
  address: addressSchema.prefault({}),
  status: warehouseStatusSchema.default('active'),
});
export const updateWarehouseSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z
    .object({ code, name: textSchema(120, 1), address: addressSchema, status: warehouseStatusSchema })
    .partial().shape,
});
export const warehouseRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  code: z.string(),
  name: z.string(),
  city: z.string().nullable(),
  stateCode: z.string().nullable(),
  bins: z.int(),
  productsStocked: z.int(),
  stockValue: visibleCost(moneyOutSchema),
  status: warehouseStatusSchema,
  updatedAt: z.string(),
});
export const binSchema = z.object({
  id: idSchema,
  version: versionSchema,
  warehouseId: idSchema,
  code: z.string(),
  name: z.string().nullable(),
  kind: binKindSchema,
  status: warehouseStatusSchema,
});
export const warehouseSchema = z.object({
  ...recordFields,
  code: z.string(),
  name: z.string(),
  address: addressSchema,
  status: warehouseStatusSchema,
  /** Every warehouse has one default bin, where goods go when none is named. */
  bins: z.array(binSchema),
});
export const warehouseSorts = ['code', 'name', 'updatedAt'] as const;
export const listWarehousesSchema = listInputSchema(
  {
    status: z.array(warehouseStatusSchema).max(2),
    code: wholeCodeSchema,
    ids: z.array(idSchema).max(200),
  },
  warehouseSorts,
);
export const warehousePageSchema = pageSchema(warehouseRowSchema);

export const createBinSchema = z.strictObject({
  id: idSchema.optional(),
  warehouseId: idSchema,
  code,
  name: optionalTextSchema(120).default(null),
  kind: binKindSchema.default('storage'),
});
export const updateBinSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z
    .object({ code, name: optionalTextSchema(120), kind: binKindSchema, status: warehouseStatusSchema })
    .partial().shape,
});

export type Warehouse = z.output<typeof warehouseSchema>;
export type WarehouseRow = z.output<typeof warehouseRowSchema>;
export type Bin = z.output<typeof binSchema>;
export type CreateWarehouse = z.output<typeof createWarehouseSchema>;
export type ListWarehouses = z.output<typeof listWarehousesSchema>;
export type CreateBin = z.output<typeof createBinSchema>;
