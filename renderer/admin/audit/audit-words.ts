import { plural, t } from '@lingui/core/macro';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import type { AuditAction } from '../../../server/control-plane/audit-actions.contract.ts';
import { formatCount } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';
import { storedRecordText } from '../lib/stored-words.ts';

export const actionWords: Readonly<Record<AuditAction, string>> = {
  'session.opened': t`Signed in`,
  'session.refused': t`Sign-in or call refused`,
  'session.revoked': t`Session ended`,
  'user.revoked': t`Person signed out everywhere`,
  'tenant.revoked': t`Everyone signed out`,
  'tenant.provisioned': t`Organisation set up`,
  'tenant.suspended': t`Organisation suspended`,
  'tenant.reactivated': t`Organisation reactivated`,
  'tenant.locked': t`Organisation locked down`,
  'tenant.deprovisioned': t`Organisation removed`,
  'tenant.restored': t`Organisation brought back`,
  'tenant.deleted': t`Organisation deleted for good`,
  'tenant.exported': t`Organisation exported`,
  'tenant.imported': t`Organisation read back in`,
  'tenant.move_requested': t`Move begun`,
  'tenant.moved': t`Organisation moved`,
  'cluster.changed': t`Cluster changed`,
  'secret_key.rotated': t`Secret key changed`,
  'signing_keys.forgotten': t`Signing keys forgotten on every server`,
  'migrations.run': t`Migrations run`,
  'user.linked': t`Sign-in given`,
  'user.unlinked': t`Sign-in taken away`,
  'user.proof_asked': t`Asked to prove an account`,
  'user.given_password_changed': t`Changed a password given by others`,
  'user.made_own': t`Proved an account others may have known`,
  'operator.added': t`Operator added`,
  'operator.removed': t`Operator removed`,
  'user.second_factor_removed': t`Second step removed`,
};

export const outcomeWords: Readonly<Record<AuditEntry['outcome'], { label: string; tone: Tone }>> = {
  done: { label: t`Done`, tone: 'good' },
  refused: { label: t`Refused`, tone: 'waiting' },
  failed: { label: t`Failed`, tone: 'bad' },
};

const clusterChanges: Readonly<Record<string, string>> = {
  add: t`Added`,
  remove: t`Forgotten`,
  open: t`Opened for new organisations`,
  close: t`Closed for new organisations`,
};

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const counted = (words: (count: number) => string) => (value: unknown) =>
  typeof value === 'number' ? words(value) : text(value);
const instant = (value: unknown) => (typeof value === 'string' ? formatInstant(value) : text(value));

interface DetailWords {
  /** The name beside it, where an entry is shown in full. */
  label: string;
  say: (value: unknown) => string;
  /** In one line: the text alone says what it is. */
  alone?: boolean;
}

/** Labels for the details of entries. A detail without one is shown by its own name. */
const known: Readonly<Record<string, DetailWords>> = {
  reason: { label: t`Reason`, say: (value) => storedRecordText(text(value)), alone: true },
  code: { label: t`Answered with`, say: text, alone: true },
  email: { label: t`Sign-in`, say: text, alone: true },
  change: { label: t`Change`, say: (value) => clusterChanges[text(value)] ?? text(value), alone: true },
  acceptsTenants: {
    label: t`Change`,
    say: (value) => clusterChanges[value === true ? 'open' : 'close'] ?? '',
    alone: true,
  },
  from: { label: t`From`, say: text },
  to: { label: t`To`, say: text },
  cluster: { label: t`Cluster`, say: text },
  rows: {
    label: t`Rows`,
    say: counted((count) => plural(count, { one: '# row', other: '# rows' })),
    alone: true,
  },
  pausedMs: {
    label: t`Changes waited`,
    say: (value) => (typeof value === 'number' ? t`${formatCount(value)} ms` : text(value)),
  },
  sessions: {
    label: t`Sessions`,
    say: counted((count) => plural(count, { one: '# session', other: '# sessions' })),
    alone: true,
  },
  targets: {
    label: t`Databases`,
    say: counted((count) => plural(count, { one: '# database', other: '# databases' })),
    alone: true,
  },
  quarantined: {
    label: t`Quarantined`,
    say: (value) => (Array.isArray(value) && value.length === 0 ? t`none` : text(value)),
  },
  exportFolder: { label: t`Export`, say: text },
  folder: { label: t`Folder`, say: text },
  deleteAfter: { label: t`Deleted after`, say: instant },
  takenAt: { label: t`Export taken`, say: instant },
  ending: { label: t`Way`, say: (value) => storedRecordText(text(value)) },
  assurance: {
    label: t`Second step`,
    say: (value) => (value === 'aal2' ? t`shown` : t`not shown`),
  },
  factorsKept: { label: t`Second step kept`, say: (value) => (value === true ? t`yes` : t`no`) },
  for: { label: t`For`, say: text },
  held: { label: t`Closed until given again`, say: text },
  entriesLeftOut: { label: t`Entries left out`, say: text },
};

/** The details worth showing, in reading order; the database keeps no order. */
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
