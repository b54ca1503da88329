import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  clusterNameSchema,
  listTenantsSchema,
  tenantSorts,
} from '../../../server/tenancy/tenants.contract.ts';
import { tenantStatuses, tenantStatusSchema } from '../../../server/control-plane/tenant-status.contract.ts';
import { NewButton } from '../../lib/Buttons.tsx';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC } from '../../lib/services.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { adminPaths } from '../admin-paths.ts';
import { ClusterStrip } from '../clusters/ClusterStrip.tsx';
import { useClusters } from '../clusters/use-clusters.ts';
import { liveEvery } from '../lib/live.ts';
import { searchOf } from '../lib/search-of.ts';
import { tenantColumns } from './tenant-columns.tsx';
import { isUnderWay, statusWords } from './tenant-words.ts';

const statusFilter: FilterField = {
  id: 'status',
  label: t`Status`,
  kind: 'many',
  options: tenantStatuses.map((status) => ({ value: status, label: statusWords[status].label })),
};

/** Every organisation of the platform, with its state. Read again every few seconds, more often while one changes. */
export function TenantsScreen() {
  usePageTitle(t`Organisations`);
  const trpc = useTRPC();
  const history = useAppHistory();
  const state = useListState({ by: 'name', direction: 'asc' });
  const count = useCountWish();
  const clusters = useClusters();
  const { isDown, items: servers } = clusters;
  const status = state.many('status')?.flatMap((one) => tenantStatusSchema.safeParse(one).data ?? []);
  const cluster = clusterNameSchema.safeParse(state.one('cluster')).data;
  const input = listTenantsSchema.parse({
    search: searchOf(state),
    filter: { ...(status ? { status } : {}), ...(cluster ? { cluster } : {}) },
    sort: sortOf(state.sort, tenantSorts),
    total: count.total,
  });
  const list = useListRows(
    useInfiniteQuery({
      ...trpc.admin.tenants.list.infiniteQueryOptions(input, listPaging),
      refetchInterval: (query) => {
        const changing = query.state.data?.pages.some((page) => page.items.some(isUnderWay)) ?? false;
        return liveEvery(changing ? 1000 : 5000)(query);
      },
    }),
  );
  // The link from the clusters' screen sets it, even when there is only one to choose.
  const names = [...new Set([...servers.map(({ name }) => name), ...(cluster ? [cluster] : [])])];
  const clusterFilter: FilterField = {
    id: 'cluster',
    label: t`Cluster`,
    kind: 'one',
    options: names.map((name) => ({ value: name, label: name })),
    width: 150,
  };
  const downNames = servers
    .filter(({ health }) => health === 'down')
    .map(({ name }) => name)
    .join();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- made anew only when another server stops or starts answering
  const columns = useMemo(() => tenantColumns(isDown), [downNames]);

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Organisations`}
          detail={t`One database each. What happens to one never touches another.`}
          actions={<NewButton to={adminPaths.newTenant}>{t`Set up an organisation`}</NewButton>}
        />
      }
    >
      <ClusterStrip clusters={clusters} />
      <FilterBar
        searchHint={t`Name or short name`}
        {...state.bar}
        filters={names.length > 1 || cluster ? [statusFilter, clusterFilter] : [statusFilter]}
      />
      <DataTable
        name="organisations"
        label={t`Organisations`}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(adminPaths.tenant(row.id));
        }}
        {...list}
        {...state.table}
        onCount={count.onCount}
        empty={emptyList(
          state,
          {
            title: t`No organisation yet`,
            text: t`Set up the first one: its database, its login role and its owner are made in a few seconds.`,
          },
          { title: t`No organisation matches`, text: t`Clear the search or a filter.` },
        )}
      />
    </Page>
  );
}
