import { z } from 'zod';
import { typedText } from '../../ground/text.contract.ts';
import { panSchema } from '../../ground/india.contract.ts';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  addressSchema,
  currencySchema,
  moneyOutSchema,
  idSchema,
  optionalTextSchema,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { visibleCost, visibleWith } from '../../permissions/visible-with.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';
import {
  newPartyFields,
  partyFields,
  partyFilters,
  partyRowFields,
  shownPartyFields,
} from '../party.contract.ts';

export const bankDetailsSchema = z.object({
  accountName: textSchema(120, 1),
  accountNumber: typedText().regex(/^\d{6,18}$/, { error: refusal('input.account_number') }),
  ifsc: typedText()
    .toUpperCase()
    .regex(/^[A-Z]{4}0[A-Z0-9]{6}$/, { error: refusal('input.ifsc') }),
  bankName: optionalTextSchema(120).default(null),
});

const fields = {
  ...partyFields,
  address: addressSchema,
  pan: panSchema.nullable(),
  leadTimeDays: z.int().min(0).max(365),
  currency: currencySchema,
  bankDetails: bankDetailsSchema.nullable(),
  rating: z.int().min(1).max(5).nullable(),
};

export const createVendorSchema = z.strictObject({
  id: idSchema.optional(),
  ...newPartyFields,
  address: addressSchema.prefault({}),
  pan: fields.pan.default(null),
  leadTimeDays: fields.leadTimeDays.default(7),
  currency: fields.currency.default('INR'),
  bankDetails: fields.bankDetails.default(null),
  rating: fields.rating.default(null),
});
/** Omitted fields stay as they are. */
export const updateVendorSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object(fields).partial().shape,
});

export const vendorRowSchema = z.object({
  ...partyRowFields,
  leadTimeDays: z.int(),
  rating: z.int().nullable(),
  totalOrders: z.int(),
  totalSpent: visibleCost(moneyOutSchema),
});

export const vendorSchema = z.object({
  ...shownPartyFields,
  address: addressSchema,
  pan: visibleWith('vendors:read_bank', z.string()),
  leadTimeDays: z.int(),
  currency: z.string(),
  bankDetails: visibleWith('vendors:read_bank', bankDetailsSchema),
  rating: z.int().nullable(),
  totalOrders: z.int(),
  totalSpent: visibleCost(moneyOutSchema),
});

export const vendorSorts = ['code', 'name', 'rating', 'totalOrders', 'totalSpent', 'updatedAt'] as const;
export const listVendorsSchema = listInputSchema(partyFilters, vendorSorts);
export const vendorPageSchema = pageSchema(vendorRowSchema);

export type Vendor = z.output<typeof vendorSchema>;
export type VendorRow = z.output<typeof vendorRowSchema>;
export type CreateVendor = z.output<typeof createVendorSchema>;
export type ListVendors = z.output<typeof listVendorsSchema>;
