import { z } from 'zod';
import { typedText } from '../../ground/text.contract.ts';
import { gstRegistrationSchema, gstinSchema, panSchema } from '../../ground/india.contract.ts';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  addressSchema,
  attributesSchema,
  currencySchema,
  decimalOutSchema,
  emailSchema,
  idSchema,
  optionalTextSchema,
  phoneSchema,
  recordFields,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { visibleCost, visibleWith } from '../../permissions/visible-with.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';

export const vendorStatuses = ['active', 'inactive', 'suspended'] as const;
export const vendorStatusSchema = z.enum(vendorStatuses);

export const bankDetailsSchema = z.object({
  accountName: textSchema(120, 1),
  accountNumber: typedText().regex(/^\d{6,18}$/, { error: refusal('input.account_number') }),
  ifsc: typedText()
    .toUpperCase()
    .regex(/^[A-Z]{4}0[A-Z0-9]{6}$/, { error: refusal('input.ifsc') }),
  bankName: optionalTextSchema(120).default(null),
});

const fields = {
  code: textSchema(20, 1).regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, {
    error: refusal('input.code'),
  }),
  name: textSchema(200, 1),
  contactName: optionalTextSchema(120),
  email: emailSchema.nullable(),
  phone: phoneSchema.nullable(),
  address: addressSchema,
  gstRegistration: gstRegistrationSchema,
  gstin: gstinSchema.nullable(),
  pan: panSchema.nullable(),
  paymentTermsDays: z.int().min(0).max(365),
  leadTimeDays: z.int().min(0).max(365),
  currency: currencySchema,
  bankDetails: bankDetailsSchema.nullable(),
  rating: z.int().min(1).max(5).nullable(),
  status: vendorStatusSchema,
  attributes: attributesSchema,
};

export const createVendorSchema = z.strictObject({
  id: idSchema.optional(),
  ...fields,
  contactName: fields.contactName.default(null),
  email: fields.email.default(null),
  phone: fields.phone.default(null),
  address: addressSchema.prefault({}),
  /** Left out: `regular` with a GSTIN, `unregistered` without one. */
  gstRegistration: fields.gstRegistration.optional(),
  gstin: fields.gstin.default(null),
  pan: fields.pan.default(null),
  paymentTermsDays: fields.paymentTermsDays.default(30),
  leadTimeDays: fields.leadTimeDays.default(7),
  currency: fields.currency.default('INR'),
  bankDetails: fields.bankDetails.default(null),
  rating: fields.rating.default(null),
  status: fields.status.default('active'),
  attributes: fields.attributes.default({}),
});
/** Fields left out stay as they are. */
export const updateVendorSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object(fields).partial().shape,
});

export const vendorRowSchema = z.object({
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
  leadTimeDays: z.int(),
  rating: z.int().nullable(),
  totalOrders: z.int(),
  totalSpent: visibleCost(decimalOutSchema),
  status: vendorStatusSchema,
  updatedAt: z.string(),
});

export const vendorSchema = z.object({
  ...recordFields,
  code: z.string(),
  name: z.string(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: addressSchema,
  gstRegistration: gstRegistrationSchema,
  gstin: z.string().nullable(),
  pan: visibleWith('vendors:read_bank', z.string()),
  paymentTermsDays: z.int(),
  leadTimeDays: z.int(),
  currency: z.string(),
  bankDetails: visibleWith('vendors:read_bank', bankDetailsSchema),
  rating: z.int().nullable(),
  totalOrders: z.int(),
  totalSpent: visibleCost(decimalOutSchema),
  status: vendorStatusSchema,
  attributes: attributesSchema,
});

export const vendorSorts = ['code', 'name', 'rating', 'totalOrders', 'totalSpent', 'updatedAt'] as const;
export const listVendorsSchema = listInputSchema(
  {
    status: z.array(vendorStatusSchema).max(3),
    stateCode: textSchema(2),
    ids: z.array(idSchema).max(200),
  },
  vendorSorts,
);
export const vendorPageSchema = pageSchema(vendorRowSchema);

export type Vendor = z.output<typeof vendorSchema>;
export type VendorRow = z.output<typeof vendorRowSchema>;
export type CreateVendor = z.output<typeof createVendorSchema>;
export type ListVendors = z.output<typeof listVendorsSchema>;
