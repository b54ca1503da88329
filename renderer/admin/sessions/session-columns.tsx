import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { deviceWords } from '../../lib/device-words.ts';
import type { AdminSession } from '../../../server/admin/sessions/sessions.contract.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { sessionState } from './session-words.ts';

/** The columns of the list of sessions; `mine` is the reader's own session, which can't be ended from here. */
export function sessionColumns(
  mine: string,
  onSignOut: (session: AdminSession) => void,
): readonly DataColumn<AdminSession>[] {
  return [
    {
      id: 'email',
      header: t`Person`,
      sortBy: 'email',
      fixed: true,
      width: 'minmax(200px, 2fr)',
      cell: (row) => <span title={row.email}>{row.userId === mine ? t`${row.email} (you)` : row.email}</span>,
    },
    {
      id: 'tenant',
      header: t`Organisation`,
      width: 'minmax(150px, 1.4fr)',
      cell: (row) =>
        row.tenantId ? (
          <AppLink to={adminPaths.tenant(row.tenantId)} title={row.tenantName ?? row.tenantId}>
            {row.tenantName ?? row.tenantId}
          </AppLink>
        ) : (
          t`Platform`
        ),
    },
    {
      id: 'state',
      header: t`State`,
      width: '168px',
      cell: (row) => {
        const { label, tone } = sessionState(row);
        return <StatusBadge tone={tone}>{label}</StatusBadge>;
      },
    },
    {
      id: 'device',
      header: t`Device`,
      width: 'minmax(140px, 1.4fr)',
      cell: (row) => (row.device ? <span title={row.device}>{deviceWords(row.device)}</span> : nothing),
    },
    { id: 'ip', header: t`Address`, width: '130px', cell: (row) => <Code>{row.ip}</Code> },
    {
      id: 'lastActivityAt',
      header: t`Last seen`,
      sortBy: 'lastActivityAt',
      width: '130px',
      cell: (row) => <Ago at={row.lastActivityAt} />,
    },
    {
      id: 'createdAt',
      header: t`Signed in`,
      sortBy: 'createdAt',
      width: '160px',
      cell: (row) => formatInstant(row.createdAt),
    },
    {
      id: 'expiresAt',
      header: t`Expires`,
      width: '160px',
      hidden: true,
      cell: (row) => formatInstant(row.expiresAt),
    },
    {
      id: 'revoke',
      header: t`Action`,
      width: '90px',
      fixed: true,
      cell: (row) =>
        row.userId === mine || !sessionState(row).isOpen ? null : (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t`Sign out ${row.email} everywhere`}
            onClick={() => {
              onSignOut(row);
            }}
          >{t`Sign out`}</Button>
        ),
    },
  ];
}
