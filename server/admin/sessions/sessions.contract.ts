import { z } from 'zod';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import { textSchema } from '../../ground/record.contract.ts';

const adminSessionSchema = z.object({
  jti: z.string(),
  userId: z.string(),
  email: z.string(),
  tenantId: z.string().nullable(),
  tenantName: z.string().nullable(),
  device: z.string(),
  ip: z.string(),
  createdAt: z.string(),
  lastActivityAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
});
export const listAdminSessionsSchema = listInputSchema(
  { tenantId: z.uuid(), userId: z.uuid(), active: z.boolean() },
  ['lastActivityAt', 'createdAt', 'email'] as const,
);
export const adminSessionPageSchema = pageSchema(adminSessionSchema);

export const revokeUserSchema = z.strictObject({
  userId: z.uuid(),
  reason: textSchema(300).optional(),
});
/** Lockdown: everyone of the tenant is signed out at once. */
export const revokeTenantSchema = z.strictObject({
  tenantId: z.uuid(),
  reason: textSchema(300).optional(),
});
/** `forgottenAt`: from then on tokens are checked against a key set that was fetched later. */
export const forgottenKeysSchema = z.object({ forgottenAt: z.string() });
export const revokedSchema = z.object({ revoked: z.int() });

export type AdminSession = z.output<typeof adminSessionSchema>;
