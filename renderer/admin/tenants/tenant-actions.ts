import { plural, t } from '@lingui/core/macro';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import type { TenantStatus } from '../../../server/control-plane/tenant-status.contract.ts';
import { people } from './tenant-words.ts';

const tenantActions = [
  'signOut',
  'suspend',
  'reactivate',
  'restore',
  'lockdown',
  'deprovision',
  'forget',
] as const;
export type TenantActionName = (typeof tenantActions)[number];

interface ActionWords {
  label: string;
  /** Beside the button. */
  about: string;
  /** Before it is done. */
  consequence: (tenant: Tenant) => string;
  from: readonly TenantStatus[];
  danger: boolean;
  reason: boolean;
  done: string;
}

/** What operators can do to an organisation and what it means. */
export const actionWords: Readonly<Record<TenantActionName, ActionWords>> = {
  signOut: {
    label: t`Sign everyone out`,
    about: t`Ends every open session. People can sign in again at once.`,
    consequence: ({ activeSessions }) =>
      plural(activeSessions, {
        one: '# session ends now, on every server. People can sign in again at once; to keep them out, lock the organisation down.',
        other:
          '# sessions end now, on every server. People can sign in again at once; to keep them out, lock the organisation down.',
      }),
    from: ['active', 'quarantined'],
    danger: false,
    reason: true,
    done: t`Everyone is signed out`,
  },
  suspend: {
    label: t`Suspend`,
    about: t`Nobody can read or change anything until it is reactivated. Sessions and data stay.`,
    consequence: ({ users }) =>
      t`${people(users)} cannot read or change anything until it is reactivated; they are told that it is suspended. Its data stays.`,
    from: ['active', 'quarantined', 'locked'],
    danger: false,
    reason: true,
    done: t`Suspended`,
  },
  reactivate: {
    label: t`Reactivate`,
    about: t`People can sign in and work again.`,
    consequence: ({ users }) => t`${people(users)} can sign in and work again from now on.`,
    from: ['suspended', 'locked', 'quarantined'],
    danger: false,
    reason: false,
    done: t`Active again`,
  },
  restore: {
    label: t`Bring back`,
    about: t`Opens it again as it was. Within the grace period nothing is lost.`,
    consequence: ({ users }) => t`It is open again as it was, and ${people(users)} can sign in.`,
    from: ['deprovisioned'],
    danger: false,
    reason: false,
    done: t`Brought back`,
  },
  lockdown: {
    label: t`Lock down`,
    about: t`For emergencies: everyone is signed out at once and nobody gets in until it is reactivated.`,
    consequence: ({ activeSessions }) =>
      plural(activeSessions, {
        one: '# session ends now, on every server, and nobody can sign in until an operator reactivates it. Its data stays.',
        other:
          '# sessions end now, on every server, and nobody can sign in until an operator reactivates it. Its data stays.',
      }),
    from: ['active', 'suspended', 'quarantined'],
    danger: true,
    reason: true,
    done: t`Locked down`,
  },
  deprovision: {
    label: t`Remove`,
    about: t`Closes it at once. Its data is exported and kept for a grace period, then deleted for good.`,
    consequence: ({ users }) =>
      plural(users, {
        one: 'It closes at once: # person loses access. Everything is exported, and the database is kept for a grace period in which it can be brought back. After that it is deleted for good.',
        other:
          'It closes at once: # people lose access. Everything is exported, and the database is kept for a grace period in which it can be brought back. After that it is deleted for good.',
      }),
    from: ['active', 'suspended', 'locked', 'quarantined'],
    danger: true,
    reason: false,
    done: t`Removed`,
  },
  forget: {
    label: t`Take off the list`,
    about: t`Only this page is left of it; the audit trail keeps what happened.`,
    consequence: () =>
      t`There is no data: what had been made for it was undone. It goes off the list for good; the audit trail keeps what happened.`,
    from: ['failed'],
    danger: true,
    reason: false,
    done: t`Taken off the list`,
  },
};

/** What is possible now, in the order in which it is offered. While it is being moved, only emergency actions are. */
export function possibleActions({ status, movingTo }: Tenant): TenantActionName[] {
  return tenantActions.filter(
    (action) => actionWords[action].from.includes(status) && (movingTo === null || action !== 'deprovision'),
  );
}
