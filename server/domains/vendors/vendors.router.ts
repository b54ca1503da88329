import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  createVendorSchema,
  listVendorsSchema,
  updateVendorSchema,
  vendorPageSchema,
  vendorSchema,
} from './vendors.contract.ts';
import * as vendors from './vendors.service.ts';

export const vendorsRouter = router({
  list: tenantQuery('vendors:read')
    .input(listVendorsSchema)
    .output(vendorPageSchema)
    .query(({ ctx, input }) => vendors.list(ctx.scope, input)),
  get: tenantQuery('vendors:read')
    .input(getInputSchema)
    .output(vendorSchema)
    .query(({ ctx, input }) => vendors.get(ctx.scope, input.id)),
  create: tenantMutation('vendors:create')
    .input(createVendorSchema)
    .output(vendorSchema)
    .mutation(({ ctx, input }) => vendors.create(ctx.scope, input)),
  update: tenantMutation('vendors:update')
    .input(updateVendorSchema)
    .output(vendorSchema)
    .mutation(({ ctx, input }) => vendors.update(ctx.scope, input)),
});
