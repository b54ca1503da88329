import { z } from 'zod';
import { gstinSchema } from '../india.contract.ts';
import {
  addressSchema,
  currencySchema,
  decimalOutSchema,
  moneySchema,
  percentSchema,
  textSchema,
  versionSchema,
} from '../record.contract.ts';

/** How the tenant does business. One row per tenant. */
export const settingsSchema = z.object({
  version: versionSchema,
  legalName: z.string(),
  gstin: z.string().nullable(),
  address: addressSchema,
  currency: z.string(),
  /** Purchase orders with a total above this need an approval. */
  approvalThreshold: decimalOutSchema,
  /** Over-receipt let through without the override, in percent, where the product says nothing. */
  receiptTolerancePercent: decimalOutSchema,
});
export const updateSettingsSchema = z.strictObject({
  version: versionSchema,
  legalName: textSchema(200, 1).optional(),
  gstin: gstinSchema.nullable().optional(),
  address: addressSchema.optional(),
  currency: currencySchema.optional(),
  approvalThreshold: moneySchema.optional(),
  receiptTolerancePercent: percentSchema.optional(),
});
export type Settings = z.output<typeof settingsSchema>;
export type UpdateSettings = z.output<typeof updateSettingsSchema>;
