import type {
  ProvisioningStep,
  Tenant,
  TenantStatus,
} from '../../../server/admin/tenants/tenants.contract.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

interface Words {
  label: string;
  tone: Tone;
}

export const statusWords: Readonly<Record<TenantStatus, Words>> = {
  provisioning: { label: 'Being set up', tone: 'progress' },
  active: { label: 'Active', tone: 'good' },
  suspended: { label: 'Suspended', tone: 'waiting' },
  locked: { label: 'Locked down', tone: 'bad' },
  migrating: { label: 'Migrating', tone: 'progress' },
  quarantined: { label: 'Quarantined', tone: 'bad' },
  deprovisioning: { label: 'Being removed', tone: 'progress' },
  deprovisioned: { label: 'Removed', tone: 'neutral' },
  failed: { label: 'Set-up failed', tone: 'bad' },
};

export const healthWords: Readonly<Record<Tenant['health'], Words>> = {
  healthy: { label: 'Healthy', tone: 'good' },
  degraded: { label: 'Degraded', tone: 'waiting' },
  down: { label: 'Down', tone: 'bad' },
  unknown: { label: 'Not known', tone: 'neutral' },
};

/** What a step of provisioning does, and what else is written into a tenant's events. */
export const stepWords: Readonly<Record<ProvisioningStep | 'deprovisioned', string>> = {
  requested: 'Name and place reserved',
  role: 'Login role of its own',
  database: 'Database from the migrated template',
  grants: 'Grants and row-level security',
  owner: 'First owner in the sign-in service',
  active: 'Open for business',
  deprovisioned: 'Closed, exported, kept for the grace period',
};
