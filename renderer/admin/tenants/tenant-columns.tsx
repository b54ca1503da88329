import { t } from '@lingui/core/macro';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatCount } from '../../ui/formats.ts';
import { formatDay } from '../../ui/moments.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { SchemaVersion } from './SchemaVersion.tsx';
import { healthOf, healthWords, planWords, statusWords } from './tenant-words.ts';

/** The columns of the list of organisations; `isDown` knows which servers do not answer. */
export function tenantColumns(isDown: (cluster: string) => boolean): readonly DataColumn<Tenant>[] {
  return [
    {
      id: 'name',
      header: t`Organisation`,
      sortBy: 'name',
      fixed: true,
      width: 'minmax(180px, 2fr)',
      cell: (row) => (
        <AppLink to={adminPaths.tenant(row.id)} title={row.name}>
          {row.name}
        </AppLink>
      ),
    },
    {
      id: 'slug',
      header: t`Short name`,
      sortBy: 'slug',
      width: 'minmax(160px, 1.3fr)',
      cell: (row) => (
        <span title={row.slug}>
          <Code>{row.slug}</Code>
        </span>
      ),
    },
    {
      id: 'status',
      header: t`Status`,
      sortBy: 'status',
      width: '132px',
      cell: (row) => (
        <StatusBadge tone={statusWords[row.status].tone}>{statusWords[row.status].label}</StatusBadge>
      ),
    },
    {
      id: 'health',
      header: t`Health`,
      width: '104px',
      cell: (row) => {
        const words = healthWords[healthOf(row, isDown)];
        return <StatusBadge tone={words.tone}>{words.label}</StatusBadge>;
      },
    },
    {
      id: 'schemaVersion',
      header: t`Schema`,
      sortBy: 'schemaVersion',
      width: '112px',
      cell: (row) => <SchemaVersion version={row.schemaVersion} latest={row.latestSchemaVersion} />,
    },
    {
      id: 'cluster',
      header: t`Cluster`,
      width: 'minmax(100px, 1fr)',
      cell: (row) => <Code>{row.movingTo ? `${row.cluster} → ${row.movingTo}` : row.cluster}</Code>,
    },
    { id: 'plan', header: t`Plan`, width: '100px', hidden: true, cell: (row) => planWords(row.plan) },
    {
      id: 'database',
      header: t`Database`,
      width: 'minmax(120px, 1fr)',
      hidden: true,
      cell: (row) => <Code>{row.database}</Code>,
    },
    { id: 'users', header: t`Users`, align: 'end', width: '64px', cell: (row) => formatCount(row.users) },
    {
      id: 'activeSessions',
      header: t`Sessions`,
      align: 'end',
      width: '80px',
      cell: (row) =>
        row.activeSessions === 0 ? (
          '0'
        ) : (
          <AppLink to={adminPaths.sessionsOf(row.id)}>{formatCount(row.activeSessions)}</AppLink>
        ),
    },
    {
      id: 'createdAt',
      header: t`Since`,
      sortBy: 'createdAt',
      align: 'end',
      width: '108px',
      cell: (row) => formatDay(row.createdAt),
    },
  ];
}
