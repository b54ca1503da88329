import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
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
import * as warehouses from './warehouses.service.ts';

export const warehousesRouter = router({
  list: tenantQuery('warehouses:read')
    .input(listWarehousesSchema)
    .output(warehousePageSchema)
    .query(({ ctx, input }) => warehouses.list(ctx.scope, input)),
  get: tenantQuery('warehouses:read')
    .input(getInputSchema)
    .output(warehouseSchema)
    .query(({ ctx, input }) => warehouses.get(ctx.scope, input.id)),
  create: tenantMutation('warehouses:create')
    .input(createWarehouseSchema)
    .output(warehouseSchema)
    .mutation(({ ctx, input }) => warehouses.create(ctx.scope, input)),
  update: tenantMutation('warehouses:update')
    .input(updateWarehouseSchema)
    .output(warehouseSchema)
    .mutation(({ ctx, input }) => warehouses.update(ctx.scope, input)),
  createBin: tenantMutation('warehouses:update')
    .input(createBinSchema)
    .output(binSchema)
    .mutation(({ ctx, input }) => createBin(ctx.scope, input)),
  updateBin: tenantMutation('warehouses:update')
    .input(updateBinSchema)
    .output(binSchema)
    .mutation(({ ctx, input }) => changeBin(ctx.scope, input)),
});
