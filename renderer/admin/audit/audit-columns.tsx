import { t } from '@lingui/core/macro';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { deviceWords } from '../../lib/device-words.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { actionWords, detailWords, outcomeWords } from './audit-words.ts';
import { formatSecond } from '../../ui/moments.ts';

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** What an entry is about. Ids of sessions and people say nothing to the eye: their beginning is enough. */
function Subject({ subject }: { subject: string | null }) {
  if (!subject) return nothing;
  return (
    <span title={subject}>
      <Code>{isId.test(subject) ? `${subject.slice(0, 8)}…` : subject}</Code>
    </span>
  );
}

export const auditColumns: readonly DataColumn<AuditEntry>[] = [
  {
    id: 'at',
    header: t`When`,
    sortBy: 'at',
    fixed: true,
    width: '164px',
    cell: (row) => formatSecond(row.at),
  },
  {
    id: 'action',
    header: t`What`,
    width: 'minmax(190px, 1.2fr)',
    cell: (row) => actionWords[row.action],
  },
  {
    id: 'outcome',
    header: t`Outcome`,
    width: '100px',
    cell: (row) => (
      <StatusBadge tone={outcomeWords[row.outcome].tone}>{outcomeWords[row.outcome].label}</StatusBadge>
    ),
  },
  {
    id: 'actor',
    header: t`By`,
    width: 'minmax(210px, 1.4fr)',
    cell: (row) =>
      row.actorEmail ? (
        <span title={row.actorEmail}>{row.actorEmail}</span>
      ) : row.actorId ? (
        <Code>{row.actorId}</Code>
      ) : (
        t`The platform`
      ),
  },
  {
    id: 'tenant',
    header: t`Organisation`,
    width: 'minmax(130px, 1fr)',
    cell: (row) => {
      if (!row.tenantId) return nothing;
      const name = row.tenantName ?? t`Deleted`;
      return row.tenantName ? (
        <AppLink to={adminPaths.tenant(row.tenantId)} title={name}>
          {name}
        </AppLink>
      ) : (
        <span title={row.tenantId}>{name}</span>
      );
    },
  },
  {
    id: 'subject',
    header: t`On`,
    width: 'minmax(104px, 0.8fr)',
    cell: (row) => <Subject subject={row.subject} />,
  },
  {
    id: 'details',
    header: t`Details`,
    width: 'minmax(180px, 2fr)',
    cell: (row) => {
      const words = detailWords(row.details);
      return words === '' ? nothing : <span title={words}>{words}</span>;
    },
  },
  { id: 'ip', header: t`Address`, width: '120px', cell: (row) => (row.ip ? <Code>{row.ip}</Code> : nothing) },
  {
    id: 'device',
    header: t`Device`,
    width: 'minmax(140px, 1fr)',
    hidden: true,
    cell: (row) => (row.device ? <span title={row.device}>{deviceWords(row.device)}</span> : nothing),
  },
];
