import { z } from 'zod';
import { gstRegistrationSchema, gstinSchema } from '../../ground/india.contract.ts';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  addressSchema,
  attributesSchema,
  decimalOutSchema,
  emailSchema,
  idSchema,
  moneySchema,
  optionalTextSchema,
  phoneSchema,
  recordFields,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';

export const customerStatuses = ['active', 'inactive', 'suspended'] as const;
export const customerStatusSchema = z.enum(customerStatuses);

const fields = {
  code: textSchema(20, 1).regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, {
    error: refusal('input.code'),
  }),
  name: textSchema(200, 1),
  contactName: optionalTextSchema(120),
  email: emailSchema.nullable(),
  phone: phoneSchema.nullable(),
  gstRegistration: gstRegistrationSchema,
  gstin: gstinSchema.nullable(),
  billingAddress: addressSchema,
  shippingAddress: addressSchema,
  paymentTermsDays: z.int().min(0).max(365),
  /** What may be owed and on order together; null is no limit. */
  creditLimit: moneySchema.nullable(),
  status: customerStatusSchema,
  attributes: attributesSchema,
};

export const createCustomerSchema = z.strictObject({
  id: idSchema.optional(),
  ...fields,
  contactName: fields.contactName.default(null),
  email: fields.email.default(null),
  phone: fields.phone.default(null),
  /** Left out: `regular` with a GSTIN, `unregistered` without one. */
  gstRegistration: fields.gstRegistration.optional(),
  gstin: fields.gstin.default(null),
  billingAddress: addressSchema.prefault({}),
  shippingAddress: addressSchema.prefault({}),
  paymentTermsDays: fields.paymentTermsDays.default(30),
  creditLimit: fields.creditLimit.default(null),
  status: fields.status.default('active'),
  attributes: fields.attributes.default({}),
});
export const updateCustomerSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object(fields).partial().shape,
});

export const customerRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  code: z.string(),
  name: z.string(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  stateCode: z.string().nullable(),
  gstin: z.string().nullable(),
  paymentTermsDays: z.int(),
  creditLimit: decimalOutSchema.nullable(),
  outstanding: decimalOutSchema,
  status: customerStatusSchema,
  updatedAt: z.string(),
});
export const customerSchema = z.object({
  ...recordFields,
  code: z.string(),
  name: z.string(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  gstRegistration: gstRegistrationSchema,
  gstin: z.string().nullable(),
  billingAddress: addressSchema,
  shippingAddress: addressSchema,
  paymentTermsDays: z.int(),
  creditLimit: decimalOutSchema.nullable(),
  /** Totals of confirmed sales orders not yet paid. */
  outstanding: decimalOutSchema,
  status: customerStatusSchema,
  attributes: attributesSchema,
});
export const customerSorts = ['code', 'name', 'outstanding', 'updatedAt'] as const;
export const listCustomersSchema = listInputSchema(
  {
    status: z.array(customerStatusSchema).max(3),
    stateCode: textSchema(2),
    ids: z.array(idSchema).max(200),
  },
  customerSorts,
);
export const customerPageSchema = pageSchema(customerRowSchema);

export type Customer = z.output<typeof customerSchema>;
export type CustomerRow = z.output<typeof customerRowSchema>;
export type CreateCustomer = z.output<typeof createCustomerSchema>;
export type ListCustomers = z.output<typeof listCustomersSchema>;
