import { plural } from '@lingui/core/macro';
import dayjs from 'dayjs';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import type { AuditAction } from '../../../server/control-plane/audit-actions.contract.ts';
import { formatCount, formatInstant } from '../../ui/formats.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

export const actionWords: Readonly<Record<AuditAction, string>> = {
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in or call refused',
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
  'tenant.imported': 'Organisation read back in',
  'tenant.move_requested': 'Move begun',
  'tenant.moved': 'Organisation moved',
  'cluster.changed': 'Cluster changed',
  'secret_key.rotated': 'Secret key changed',
  'signing_keys.forgotten': 'Signing keys forgotten on every server',
  'migrations.run': 'Migrations run',
  'user.linked': 'Sign-in given',
  'user.unlinked': 'Sign-in taken away',
  'user.proof_asked': 'Asked to prove an account',
  'operator.added': 'Operator added',
  'operator.removed': 'Operator removed',
  'user.second_factor_removed': 'Second factor removed',
};

export const outcomeWords: Readonly<Record<AuditEntry['outcome'], { label: string; tone: Tone }>> = {
  done: { label: 'Done', tone: 'good' },
  refused: { label: 'Refused', tone: 'waiting' },
  failed: { label: 'Failed', tone: 'bad' },
};

const clusterChanges: Readonly<Record<string, string>> = {
  add: 'Added',
  remove: 'Forgotten',
  open: 'Opened for new organisations',
  close: 'Closed for new organisations',
};

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const counted = (words: (count: number) => string) => (value: unknown) =>
  typeof value === 'number' ? words(value) : text(value);
const instant = (value: unknown) => (typeof value === 'string' ? formatInstant(value) : text(value));

interface DetailWords {
  /** The name beside it, where an entry is shown in full. */
  label: string;
  say: (value: unknown) => string;
  /** In one line: the saying alone tells what it is. */
  alone?: boolean;
}

/** What the details of entries are called. One that is not here is shown by its own name. */
const known: Readonly<Record<string, DetailWords>> = {
  reason: { label: 'Reason', say: text, alone: true },
  code: { label: 'Answered with', say: text, alone: true },
  email: { label: 'Sign-in', say: text, alone: true },
  change: { label: 'Change', say: (value) => clusterChanges[text(value)] ?? text(value), alone: true },
  acceptsTenants: {
    label: 'Change',
    say: (value) => clusterChanges[value === true ? 'open' : 'close'] ?? '',
    alone: true,
  },
  from: { label: 'From', say: text },
  to: { label: 'To', say: text },
  cluster: { label: 'Cluster', say: text },
  rows: {
    label: 'Rows',
    say: counted((count) => plural(count, { one: '# row', other: '# rows' })),
    alone: true,
  },
  pausedMs: {
    label: 'Changes waited',
    say: (value) => (typeof value === 'number' ? `${formatCount(value)} ms` : text(value)),
  },
  sessions: {
    label: 'Sessions',
    say: counted((count) => plural(count, { one: '# session', other: '# sessions' })),
    alone: true,
  },
  targets: {
    label: 'Databases',
    say: counted((count) => plural(count, { one: '# database', other: '# databases' })),
    alone: true,
  },
  quarantined: {
    label: 'Quarantined',
    say: (value) => (Array.isArray(value) && value.length === 0 ? 'none' : text(value)),
  },
  exportFolder: { label: 'Export', say: text },
  folder: { label: 'Folder', say: text },
  deleteAfter: { label: 'Deleted after', say: instant },
  takenAt: { label: 'Export taken', say: instant },
  entriesLeftOut: { label: 'Entries left out', say: text },
};

/** Those that say something, in the order in which they are read; the database keeps none. */
function saying(details: AuditEntry['details']): [string, unknown][] {
  const order = [...Object.keys(known), ...Object.keys(details)];
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
}

/** The details of an entry with their names. */
export function detailFacts(details: AuditEntry['details']): { label: string; value: string }[] {
  return saying(details).map(([name, value]) => {
    const words = known[name];
    return { label: words?.label ?? name, value: words ? words.say(value) : text(value) };
  });
}

/** What an entry says besides its columns, in one line: `main → east, 1,204 rows, changes waited 45 ms`. */
export function detailWords(details: AuditEntry['details']): string {
  const { from, to, ...others } = details;
  const way = typeof from === 'string' && typeof to === 'string';
  const rest = saying(way ? others : details);
  return [
    ...(way ? [`${from} → ${to}`] : []),
    ...rest.map(([name, value]) => {
      const words = known[name];
      if (!words) return `${name}: ${text(value)}`;
      return words.alone ? words.say(value) : `${words.label.toLowerCase()} ${words.say(value)}`;
    }),
  ].join(', ');
}

/** An instant to the second: what came first is told apart. */
export function formatSecond(at: string): string {
  return dayjs(at).format('DD MMM YYYY, HH:mm:ss');
}
