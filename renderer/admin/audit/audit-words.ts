import type { AuditAction, AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

export const actionWords: Readonly<Record<AuditAction, string>> = {
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.revoked': 'Session ended',
  'user.revoked': 'Person signed out everywhere',
  'tenant.revoked': 'Everyone signed out',
  'tenant.provisioned': 'Organisation set up',
  'tenant.suspended': 'Organisation suspended',
  'tenant.reactivated': 'Organisation reactivated',
  'tenant.locked': 'Organisation locked down',
  'tenant.deprovisioned': 'Organisation removed',
  'tenant.restored': 'Organisation brought back',
  'tenant.deleted': 'Organisation deleted for good',
  'tenant.exported': 'Organisation exported',
  'tenant.imported': 'Organisation restored from an export',
  'tenant.move_requested': 'Move of an organisation begun',
  'tenant.moved': 'Organisation moved',
  'cluster.changed': 'Cluster changed',
  'secret_key.rotated': 'Secret key rotated',
  'migrations.run': 'Migrations run',
  'user.linked': 'Sign-in linked',
  'user.unlinked': 'Sign-in unlinked',
  'operator.added': 'Operator added',
  'operator.removed': 'Operator removed',
  'user.second_factor_removed': 'Second factor removed',
};

export const outcomeWords: Readonly<Record<AuditEntry['outcome'], { label: string; tone: Tone }>> = {
  done: { label: 'Done', tone: 'good' },
  refused: { label: 'Refused', tone: 'waiting' },
  failed: { label: 'Failed', tone: 'bad' },
};

/** What an entry says besides its columns, in one line: `reason: audit drill, revoked: 4`. */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
