import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  createCustomerSchema,
  customerPageSchema,
  customerSchema,
  listCustomersSchema,
  updateCustomerSchema,
} from './customers.contract.ts';
import * as customers from './customers.service.ts';

export const customersRouter = router({
  list: tenantQuery('customers:read')
    .input(listCustomersSchema)
    .output(customerPageSchema)
    .query(({ ctx, input }) => customers.list(ctx.scope, input)),
  get: tenantQuery('customers:read')
    .input(getInputSchema)
    .output(customerSchema)
    .query(({ ctx, input }) => customers.get(ctx.scope, input.id)),
  create: tenantMutation('customers:create')
    .input(createCustomerSchema)
    .output(customerSchema)
    .mutation(({ ctx, input }) => customers.create(ctx.scope, input)),
  update: tenantMutation('customers:update')
    .input(updateCustomerSchema)
    .output(customerSchema)
    .mutation(({ ctx, input }) => customers.update(ctx.scope, input)),
});
