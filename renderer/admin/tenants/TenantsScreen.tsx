import { useInfiniteQuery } from '@tanstack/react-query';
import {
  listTenantsSchema,
  tenantSorts,
  tenantStatuses,
  tenantStatusSchema,
  type Tenant,
} from '../../../server/admin/tenants/tenants.contract.ts';
import { NewButton } from '../../lib/Buttons.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { formatCount, formatDay } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { Clusters } from './Clusters.tsx';
import { SchemaVersion } from './SchemaVersion.tsx';
import { healthWords, statusWords } from './tenant-words.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

const columns: readonly DataColumn<Tenant>[] = [
  {
    id: 'name',
    header: 'Organisation',
    sortBy: 'name',
    fixed: true,
    width: 'minmax(180px, 2fr)',
    cell: (row) => <AppLink to={adminPaths.tenant(row.id)}>{row.name}</AppLink>,
  },
  {
    id: 'slug',
    header: 'Short name',
    sortBy: 'slug',
    width: 'minmax(120px, 1fr)',
    cell: (row) => <Code>{row.slug}</Code>,
  },
  {
    id: 'status',
    header: 'Status',
    sortBy: 'status',
    width: '140px',
    cell: (row) => (
      <StatusBadge tone={statusWords[row.status].tone}>{statusWords[row.status].label}</StatusBadge>
    ),
  },
  {
    id: 'health',
    header: 'Health',
    width: '120px',
    cell: (row) => (
      <StatusBadge tone={healthWords[row.health].tone}>{healthWords[row.health].label}</StatusBadge>
    ),
  },
  {
    id: 'schemaVersion',
    header: 'Schema',
    sortBy: 'schemaVersion',
    width: '130px',
    cell: (row) => <SchemaVersion version={row.schemaVersion} latest={row.latestSchemaVersion} />,
  },
  { id: 'cluster', header: 'Cluster', width: 'minmax(90px, 1fr)', cell: (row) => <Code>{row.cluster}</Code> },
  { id: 'plan', header: 'Plan', width: '100px', hidden: true, cell: (row) => row.plan },
  {
    id: 'database',
    header: 'Database',
    width: 'minmax(120px, 1fr)',
    hidden: true,
    cell: (row) => <Code>{row.database}</Code>,
  },
  { id: 'users', header: 'Users', align: 'end', width: '80px', cell: (row) => formatCount(row.users) },
  {
    id: 'activeSessions',
    header: 'Signed in',
    align: 'end',
    width: '90px',
    cell: (row) => formatCount(row.activeSessions),
  },
  {
    id: 'createdAt',
    header: 'Since',
    sortBy: 'createdAt',
    align: 'end',
    width: '120px',
    cell: (row) => formatDay(row.createdAt),
  },
];

const statusOptions = tenantStatuses.map((status) => ({ value: status, label: statusWords[status].label }));

/** Every organisation of the platform, with where it stands. Looked at again every few seconds. */
export function TenantsScreen() {
  usePageTitle('Organisations');
  const trpc = useTRPC();
  const history = useAppHistory();
  const state = useListState({ by: 'name', direction: 'asc' });
  const count = useCountWish();
  const status = state.many('status')?.flatMap((one) => tenantStatusSchema.safeParse(one).data ?? []);
  const input = listTenantsSchema.parse({
    search: state.search || undefined,
    filter: status ? { status } : undefined,
    sort: sortOf(state.sort, tenantSorts),
    total: count.total,
  });
  const list = useListRows(
    useInfiniteQuery({
      ...trpc.admin.tenants.list.infiniteQueryOptions(input, listPaging),
      refetchInterval: 5000,
    }),
  );

  return (
    <Page
      fill
      header={
        <PageHeader
          title="Organisations"
          detail="One database each. What happens to one never touches another."
          actions={<NewButton to={adminPaths.newTenant}>Set up an organisation</NewButton>}
        />
      }
    >
      <Clusters />
      <FilterBar
        searchHint="Name or short name"
        {...state.bar}
        filters={[{ id: 'status', label: 'Status', kind: 'many', options: statusOptions }]}
      />
      <DataTable
        label="Organisations"
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(adminPaths.tenant(row.id));
        }}
        {...list}
        {...state.table}
        onCount={count.onCount}
        empty={
          state.narrowed ? (
            <EmptyState title="No organisation matches">Clear the search or the status.</EmptyState>
          ) : (
            <EmptyState title="No organisation yet">
              Set up the first one: its database, its login role and its owner are made in a few seconds.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
