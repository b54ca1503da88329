import { z } from 'zod';

/**
 * The state of a tenant. `provisioning` and `deprovisioning` are under way; `failed` was undone and can be tried again.
 */
export const tenantStatuses = [
  'provisioning',
  'active',
  'suspended',
  'locked',
  'migrating',
  'quarantined',
  'deprovisioning',
  'deprovisioned',
  'failed',
] as const;
export const tenantStatusSchema = z.enum(tenantStatuses);

/** The steps of provisioning in their order. */
export const provisioningSteps = ['requested', 'role', 'database', 'grants', 'owner', 'active'] as const;

export type TenantStatus = z.output<typeof tenantStatusSchema>;
export type ProvisioningStep = (typeof provisioningSteps)[number];
