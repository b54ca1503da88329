import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  warehouseRowSchema,
  warehouseSorts,
  type WarehouseRow,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { stateName } from '../../lib/address.tsx';
import { listPaging, sortOf, useListRows, useListState } from '../../lib/list-state.ts';
import { recordStateOptions } from '../../lib/party-words.ts';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { paths } from '../../lib/paths.ts';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';
import { formatCount } from '../../ui/formats.ts';

const columns: readonly DataColumn<WarehouseRow>[] = [
  {
    id: 'code',
    header: t`Code`,
    sortBy: 'code',
    width: '110px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.warehouse(row.id)} tabIndex={-1}>
        <Code>{row.code}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Name`, sortBy: 'name', width: 'minmax(200px, 2fr)', cell: (row) => row.name },
  { id: 'city', header: t`City`, width: 'minmax(110px, 1fr)', cell: (row) => row.city },
  {
    id: 'state',
    header: t({ message: 'State', context: 'of India' }),
    width: 'minmax(120px, 1fr)',
    cell: (row) => stateName(row.stateCode),
  },
  { id: 'bins', header: t`Bins`, width: '84px', align: 'end', cell: (row) => formatCount(row.bins) },
  {
    id: 'products',
    header: t`Products`,
    width: '96px',
    align: 'end',
    cell: (row) => formatCount(row.productsStocked),
  },
  {
    id: 'stockValue',
    header: t`Stock value`,
    width: '150px',
    align: 'end',
    cell: (row) => <Money value={row.stockValue} />,
  },
  { id: 'status', header: t`Status`, width: '110px', cell: (row) => <RecordStatus status={row.status} /> },
];

const filters: readonly FilterField[] = [
  { id: 'status', label: t`Any status`, kind: 'many', options: recordStateOptions(['active', 'inactive']) },
];

type Status = WarehouseRow['status'];

export function WarehouseList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const list = useListState({ by: 'code', direction: 'asc' });
  const query = useInfiniteQuery(
    trpc.warehouses.list.infiniteQueryOptions(
      {
        search: list.search,
        filter: {
          status: list.many('status')?.filter((one): one is Status => one === 'active' || one === 'inactive'),
        },
        sort: sortOf(list.sort, warehouseSorts),
        limit: 100,
      },
      listPaging,
    ),
  );
  return (
    <RecordListPage
      kind={warehouseKind}
      words={{
        title: t`Warehouses`,
        create: t`New warehouse`,
        searchHint: t`Code, name or city`,
        noMatch: t`No warehouse matches`,
        none: t`No warehouses yet`,
        first: t`Add the first warehouse`,
        about: t`A warehouse is where goods arrive, are kept and leave. Every one starts with a default bin.`,
      }}
      list={list}
      columns={seenColumns(columns, warehouseRowSchema, ability)}
      rows={useListRows(query)}

      filters={filters}
    />
  );
}
