import { z } from 'zod';
import { roleKeySchema } from '../employees/employees.contract.ts';
import { gstinSchema } from '../../ground/india.contract.ts';
import {
  addressSchema,
  currencySchema,
  idOf,
  moneyOutSchema,
  percentOutSchema,
  moneySchema,
  percentSchema,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';

const secondFactorSchema = z.enum(['nobody', 'roles', 'everyone']);

/**
 * From when on new versions of the desktop app are offered: an hour of a weekday (0 is Sunday) in the company's time zone.
 * Critical ones don't wait.
 */
const updateDeferralSchema = z.strictObject({
  weekday: z.number().int().min(0).max(6),
  hour: z.number().int().min(0).max(23),
});

/** How the tenant does business. One row per tenant. */
export const settingsSchema = z.object({
  version: versionSchema,
  legalName: z.string(),
  gstin: z.string().nullable(),
  address: addressSchema,
  currency: z.string(),
  /** Purchase orders with a total above this need an approval. */
  approvalThreshold: moneyOutSchema,
  /** Over-receipt allowed without the override, in percent, where the product says nothing. */
  receiptTolerancePercent: percentOutSchema,
  /** The people whom the company asks for a second factor at the sign-in, and the roles meant by `roles`. */
  secondFactor: secondFactorSchema,
  secondFactorRoles: z.array(z.string()),
  /** null: nobody waits. */
  updateDeferral: updateDeferralSchema.nullable(),
});
/** What the trail tells of the settings in another shape. */
export const settingsTrail = { secondFactorRoles: z.array(idOf('role')) };
export const updateSettingsSchema = z.strictObject({
  version: versionSchema,
  legalName: textSchema(200, 1).optional(),
  gstin: gstinSchema.nullable().optional(),
  address: addressSchema.optional(),
  currency: currencySchema.optional(),
  approvalThreshold: moneySchema.optional(),
  receiptTolerancePercent: percentSchema.optional(),
  secondFactor: secondFactorSchema.optional(),
  /** Kept for `secondFactor: 'roles'` only. */
  secondFactorRoles: z.array(roleKeySchema).max(100).optional(),
  updateDeferral: updateDeferralSchema.nullable().optional(),
});
export type Settings = z.output<typeof settingsSchema>;
export type UpdateSettings = z.output<typeof updateSettingsSchema>;
