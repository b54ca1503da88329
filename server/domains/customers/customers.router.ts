import { changeOf, creationOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  createCustomerSchema,
  customerPageSchema,
  customerSchema,
  listCustomersSchema,
  updateCustomerSchema,
} from './customers.contract.ts';
import { customerKind } from './customers.kinds.contract.ts';
import * as customers from './customers.service.ts';

export const customersRouter = router({
  list: queryOf(customerKind)
    .input(listCustomersSchema)
    .output(customerPageSchema)
    .query(({ ctx, input }) => customers.list(ctx.scope, input)),
  get: queryOf(customerKind)
    .input(getInputSchema)
    .output(customerSchema)
    .query(({ ctx, input }) => customers.get(ctx.scope, input.id)),
  create: creationOf(customerKind)
    .input(createCustomerSchema)
    .output(customerSchema)
    .mutation(({ ctx, input }) => customers.create(ctx.scope, input)),
  update: changeOf(customerKind)
    .input(updateCustomerSchema)
    .output(customerSchema)
    .mutation(({ ctx, input }) => customers.update(ctx.scope, input)),
});
