import { changeOf, creationOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import { changeBin, createBin } from './bins.service.ts';
import {
  binSchema,
  createBinSchema,
  createWarehouseSchema,
  listWarehousesSchema,
  updateBinSchema,
  updateWarehouseSchema,
  warehousePageSchema,
  warehouseSchema,
} from './warehouses.contract.ts';
import { binKind, warehouseKind } from './warehouses.kinds.contract.ts';
import * as warehouses from './warehouses.service.ts';

export const warehousesRouter = router({
  list: queryOf(warehouseKind)
    .input(listWarehousesSchema)
    .output(warehousePageSchema)
    .query(({ ctx, input }) => warehouses.list(ctx.scope, input)),
  get: queryOf(warehouseKind)
    .input(getInputSchema)
    .output(warehouseSchema)
    .query(({ ctx, input }) => warehouses.get(ctx.scope, input.id)),
  create: creationOf(warehouseKind)
    .input(createWarehouseSchema)
    .output(warehouseSchema)
    .mutation(({ ctx, input }) => warehouses.create(ctx.scope, input)),
  update: changeOf(warehouseKind)
    .input(updateWarehouseSchema)
    .output(warehouseSchema)
    .mutation(({ ctx, input }) => warehouses.update(ctx.scope, input)),
  createBin: creationOf(binKind)
    .input(createBinSchema)
    .output(binSchema)
    .mutation(({ ctx, input }) => createBin(ctx.scope, input)),
  updateBin: changeOf(binKind)
    .input(updateBinSchema)
    .output(binSchema)
    .mutation(({ ctx, input }) => changeBin(ctx.scope, input)),
});
