import { z } from 'zod';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  addressSchema,
  moneyOutSchema,
  idSchema,
  moneySchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import {
  newPartyFields,
  partyFields,
  partyFilters,
  partyRowFields,
  shownPartyFields,
} from '../party.contract.ts';

const fields = {
  ...partyFields,
  billingAddress: addressSchema,
  shippingAddress: addressSchema,
  /** The most that may be owed and on order together; null means no limit. */
  creditLimit: moneySchema.nullable(),
};

export const createCustomerSchema = z.strictObject({
  id: idSchema.optional(),
  ...newPartyFields,
  billingAddress: addressSchema.prefault({}),
  shippingAddress: addressSchema.prefault({}),
  creditLimit: fields.creditLimit.default(null),
});
/** Omitted fields stay as they are. */
export const updateCustomerSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object(fields).partial().shape,
});

export const customerRowSchema = z.object({
  ...partyRowFields,
  creditLimit: moneyOutSchema.nullable(),
  outstanding: moneyOutSchema,
});
export const customerSchema = z.object({
  ...shownPartyFields,
  billingAddress: addressSchema,
  shippingAddress: addressSchema,
  creditLimit: moneyOutSchema.nullable(),
  /** Totals of confirmed sales orders not yet paid. */
  outstanding: moneyOutSchema,
});
export const customerSorts = ['code', 'name', 'outstanding', 'updatedAt'] as const;
export const listCustomersSchema = listInputSchema(partyFilters, customerSorts);
export const customerPageSchema = pageSchema(customerRowSchema);

export type Customer = z.output<typeof customerSchema>;
export type CustomerRow = z.output<typeof customerRowSchema>;
export type CreateCustomer = z.output<typeof createCustomerSchema>;
export type ListCustomers = z.output<typeof listCustomersSchema>;
