import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  vendorRowSchema,
  vendorSorts,
  vendorStatuses,
  type VendorRow,
} from '../../../server/domains/vendors/vendors.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { stateName, stateOptions } from '../../lib/address.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { paymentTermsWords, recordStateOptions } from '../../lib/party-words.ts';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { paths } from '../../lib/paths.ts';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code, Money } from '../../ui/Figures.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';
import { formatCount } from '../../ui/formats.ts';

const columns: readonly DataColumn<VendorRow>[] = [
  {
    id: 'code',
    header: t`Code`,
    sortBy: 'code',
    width: '100px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.vendor(row.id)} tabIndex={-1}>
        <Code>{row.code}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Name`, sortBy: 'name', width: 'minmax(190px, 2.4fr)', cell: (row) => row.name },
  {
    id: 'contact',
    header: t`Contact`,
    width: 'minmax(120px, 1.1fr)',
    cell: (row) => row.contactName,
    hidden: true,
  },
  { id: 'email', header: t`E-mail`, width: 'minmax(160px, 1.4fr)', cell: (row) => row.email, hidden: true },
  { id: 'phone', header: t`Phone`, width: '140px', cell: (row) => row.phone, hidden: true },
  { id: 'city', header: t`City`, width: 'minmax(90px, 1fr)', cell: (row) => row.city },
  {
    id: 'state',
    header: t({ message: 'State', context: 'of India' }),
    width: 'minmax(100px, 1fr)',
    cell: (row) => stateName(row.stateCode),
  },
  {
    id: 'gstin',
    header: 'GSTIN',
    width: '156px',
    cell: (row) => (row.gstin ? <Code>{row.gstin}</Code> : null),
  },
  {
    id: 'terms',
    header: t`Terms`,
    width: '92px',
    cell: (row) => paymentTermsWords(row.paymentTermsDays),
    hidden: true,
  },
  {
    id: 'lead',
    header: t`Lead time`,
    width: '92px',
    align: 'end',
    cell: (row) => t`${row.leadTimeDays} days`,
    hidden: true,
  },
  {
    id: 'orders',
    header: t`Orders`,
    sortBy: 'totalOrders',
    width: '76px',
    align: 'end',
    cell: (row) => formatCount(row.totalOrders),
  },
  {
    id: 'totalSpent',
    header: t`Spent`,
    sortBy: 'totalSpent',
    width: '136px',
    align: 'end',
    cell: (row) => <Money value={row.totalSpent} />,
  },
  { id: 'status', header: t`Status`, width: '116px', cell: (row) => <RecordStatus status={row.status} /> },
  {
    id: 'updated',
    header: t`Changed`,
    sortBy: 'updatedAt',
    width: '124px',
    cell: (row) => <Ago at={row.updatedAt} />,
    hidden: true,
  },
];

const filters: readonly FilterField[] = [
  { id: 'status', label: t`Any status`, kind: 'many', options: recordStateOptions(vendorStatuses) },
  { id: 'stateCode', label: t`Any state`, kind: 'one', options: stateOptions },
];

export function VendorList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const list = useListState({ by: 'code', direction: 'asc' });
  const count = useCountWish();
  const query = useInfiniteQuery(
    trpc.vendors.list.infiniteQueryOptions(
      {
        search: list.search,
        filter: { status: list.among('status', vendorStatuses), stateCode: list.one('stateCode') },
        sort: sortOf(list.sort, vendorSorts),
        limit: 100,
        total: count.total,
      },
      listPaging,
    ),
  );
  const rows = useListRows(query);
  const shown = seenColumns(columns, vendorRowSchema, ability);

  return (
    <RecordListPage
      kind={vendorKind}
      words={{
        title: t`Vendors`,
        create: t`New vendor`,
        searchHint: t`Code, name, GSTIN or city`,
        noMatch: t`No vendor matches`,
        none: t`No vendors yet`,
        first: t`Add the first vendor`,
        about: t`Vendors are the companies you buy from. Purchase orders, price lists and receipts refer to them.`,
      }}
      list={list}
      columns={shown}
      rows={rows}
      onCount={count.onCount}
      filters={filters}
    />
  );
}
