import { plural } from '@lingui/core/macro';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import type { ProvisioningStep, TenantStatus } from '../../../server/control-plane/tenant-status.contract.ts';
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

const passing: ReadonlySet<TenantStatus> = new Set(['provisioning', 'deprovisioning', 'migrating']);

/** Something is happening to it right now: worth another look soon. */
export function isUnderWay({ status, movingTo }: Pick<Tenant, 'status' | 'movingTo'>): boolean {
  return passing.has(status) || movingTo !== null;
}

export const healthWords: Readonly<Record<Tenant['health'], Words>> = {
  healthy: { label: 'Healthy', tone: 'good' },
  degraded: { label: 'Degraded', tone: 'waiting' },
  down: { label: 'Down', tone: 'bad' },
  unknown: { label: 'Not known', tone: 'neutral' },
};

/** What the control plane knows of its health says nothing of a server that has stopped answering since. */
export function healthOf(tenant: Tenant, isDown: (cluster: string) => boolean): Tenant['health'] {
  return tenant.health !== 'unknown' && isDown(tenant.cluster) ? 'down' : tenant.health;
}

/** Why it is not as it should be, above everything else on its page; null when there is nothing to say. */
export function standing({ status, reason }: Tenant): { title: string; detail: string; bad: boolean } | null {
  switch (status) {
    case 'suspended':
      return { title: 'Nobody of this organisation can work.', detail: said(reason), bad: false };
    case 'locked':
      return { title: 'Everyone was signed out, and nobody gets in.', detail: said(reason), bad: true };
    case 'quarantined':
      return { title: 'A migration failed here.', detail: reason ?? '', bad: true };
    case 'failed':
      return { title: 'It could not be set up, and everything was undone.', detail: reason ?? '', bad: true };
    default:
      return reason ? { title: reason, detail: '', bad: true } : null;
  }
}

function said(reason: string | null): string {
  return reason ? `Reason given: ${reason}` : 'No reason was given.';
}

/** What a step of provisioning does. */
export const stepWords: Readonly<Record<ProvisioningStep, string>> = {
  requested: 'Name and place reserved',
  role: 'Login role of its own',
  database: 'Database from the migrated template',
  grants: 'Grants and row-level security',
  owner: 'First owner in the sign-in service',
  active: 'Open for business',
};

/** A plan as it is written: `Standard`. */
export function planWords(plan: string): string {
  return plan.charAt(0).toUpperCase() + plan.slice(1);
}

const checks: Readonly<Record<string, string>> = {
  login: 'Login of its own',
  'row-level security': 'Row-level security',
  'login rights': 'Rights of the login',
  schema: 'Schema',
  database: 'Database',
};

/** What was checked of an organisation's database, as a heading. */
export function checkWords(name: string): string {
  return checks[name] ?? name;
}

export function sessions(count: number): string {
  return plural(count, { one: '# session', other: '# sessions' });
}

export function people(count: number): string {
  return plural(count, { one: '# person', other: '# people' });
}
