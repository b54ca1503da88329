import { changeOf, creationOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  createVendorSchema,
  listVendorsSchema,
  updateVendorSchema,
  vendorPageSchema,
  vendorSchema,
} from './vendors.contract.ts';
import { vendorKind } from './vendors.kinds.contract.ts';
import * as vendors from './vendors.service.ts';

export const vendorsRouter = router({
  list: queryOf(vendorKind)
    .input(listVendorsSchema)
    .output(vendorPageSchema)
    .query(({ ctx, input }) => vendors.list(ctx.scope, input)),
  get: queryOf(vendorKind)
    .input(getInputSchema)
    .output(vendorSchema)
    .query(({ ctx, input }) => vendors.get(ctx.scope, input.id)),
  create: creationOf(vendorKind)
    .input(createVendorSchema)
    .output(vendorSchema)
    .mutation(({ ctx, input }) => vendors.create(ctx.scope, input)),
  update: changeOf(vendorKind)
    .input(updateVendorSchema)
    .output(vendorSchema)
    .mutation(({ ctx, input }) => vendors.update(ctx.scope, input)),
});
