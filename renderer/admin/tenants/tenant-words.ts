import { plural, t } from '@lingui/core/macro';
import type { HealthFinding, Tenant } from '../../../server/tenancy/tenants.contract.ts';
import type { ProvisioningStep, TenantStatus } from '../../../server/control-plane/tenant-status.contract.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';
import { storedRecordText } from '../lib/stored-words.ts';

interface Words {
  label: string;
  tone: Tone;
}

export const statusWords: Readonly<Record<TenantStatus, Words>> = {
  provisioning: { label: t`Being set up`, tone: 'progress' },
  active: { label: t`Active`, tone: 'good' },
  suspended: { label: t({ message: 'Suspended', context: 'an organisation' }), tone: 'waiting' },
  locked: { label: t`Locked down`, tone: 'bad' },
  migrating: { label: t`Migrating`, tone: 'progress' },
  quarantined: { label: t`Quarantined`, tone: 'bad' },
  deprovisioning: { label: t`Being removed`, tone: 'progress' },
  deprovisioned: { label: t`Removed`, tone: 'neutral' },
  failed: { label: t`Set-up failed`, tone: 'bad' },
};

const passing: ReadonlySet<TenantStatus> = new Set(['provisioning', 'deprovisioning', 'migrating']);

/** Something is happening to it right now: worth another look soon. */
export function isUnderWay({ status, movingTo }: Pick<Tenant, 'status' | 'movingTo'>): boolean {
  return passing.has(status) || movingTo !== null;
}

export const healthWords: Readonly<Record<Tenant['health'], Words>> = {
  healthy: { label: t`Healthy`, tone: 'good' },
  degraded: { label: t`Degraded`, tone: 'waiting' },
  down: { label: t`Down`, tone: 'bad' },
  unknown: { label: t`Not known`, tone: 'neutral' },
};

/** The control plane's record of its health doesn't cover a server that has stopped answering since. */
export function healthOf(tenant: Tenant, isDown: (cluster: string) => boolean): Tenant['health'] {
  return tenant.health !== 'unknown' && isDown(tenant.cluster) ? 'down' : tenant.health;
}

/** Why it is not as it should be, above everything else on its page; null when there is nothing to say. */
export function standing({
  status,
  reason: kept,
}: Tenant): { title: string; detail: string; bad: boolean } | null {
  const reason = storedRecordText(kept);
  switch (status) {
    case 'suspended':
      return { title: t`Nobody in this organisation can work.`, detail: said(reason), bad: false };
    case 'locked':
      return { title: t`Everyone was signed out, and nobody gets in.`, detail: said(reason), bad: true };
    case 'quarantined':
      return { title: t`A migration failed here.`, detail: reason ?? '', bad: true };
    case 'failed':
      return {
        title: t`It could not be set up, and everything was undone.`,
        detail: reason ?? '',
        bad: true,
      };
    default:
      return reason ? { title: reason, detail: '', bad: true } : null;
  }
}

function said(reason: string | null): string {
  return reason ? t`Reason given: ${reason}` : t`No reason was given.`;
}

/** What a step of provisioning does. */
export const stepWords: Readonly<Record<ProvisioningStep, string>> = {
  requested: t`Name and place reserved`,
  role: t`Login role of its own`,
  database: t`Database from the migrated template`,
  grants: t`Grants and row-level security`,
  owner: t`First owner in the sign-in service`,
  active: t`Open for business`,
};

const planNames: Readonly<Record<string, string>> = {
  standard: t`Standard`,
  enterprise: t`Enterprise`,
};

/** The plans that a new organisation may have. */
export const plans = Object.entries(planNames).map(([value, label]) => ({ value, label }));

/** A plan in words; one that nobody named here is written as it is kept: `Gold`. */
export function planWords(plan: string): string {
  return planNames[plan] ?? plan.charAt(0).toUpperCase() + plan.slice(1);
}

const checks: Readonly<Record<string, string>> = {
  login: t`Login of its own`,
  'row-level security': t`Row-level security`,
  'login rights': t`Rights of the login`,
  schema: t`Schema`,
  database: t`Database`,
};

/** What was checked of an organisation's database, as a heading. */
export function checkWords(name: string): string {
  return checks[name] ?? name;
}

const findings: Readonly<Record<HealthFinding, string | null>> = {
  own_tenant: t`Signs in as its own organisation`,
  other_tenant: t`Does not see its own organisation`,
  guarded: t`On every table it can read`,
  unguarded: null,
  plain_rights: t`No special rights`,
  special_rights: t`Has special rights`,
  current: t`Up to date`,
  behind: t`Behind this server’s version`,
  failed: null,
};

/** What a check found; where tables or PostgreSQL's own words tell more, the server's message. */
export function findingWords(check: { finding: HealthFinding; message: string }): string {
  return findings[check.finding] ?? check.message;
}

export function sessions(count: number): string {
  return plural(count, { one: '# session', other: '# sessions' });
}

export function people(count: number): string {
  return plural(count, { one: '# person', other: '# people' });
}
