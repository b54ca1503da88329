import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  customerSorts,
  customerStatuses,
  type CustomerRow,
} from '../../../server/domains/customers/customers.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { stateName, stateOptions } from '../../lib/address.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { paymentTermsWords, recordStateOptions } from '../../lib/party-words.ts';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { paths } from '../../lib/paths.ts';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code, Money } from '../../ui/Figures.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';

const columns: readonly DataColumn<CustomerRow>[] = [
  {
    id: 'code',
    header: t`Code`,
    sortBy: 'code',
    width: '110px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.customer(row.id)} tabIndex={-1}>
        <Code>{row.code}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Name`, sortBy: 'name', width: 'minmax(200px, 2.4fr)', cell: (row) => row.name },
  { id: 'contact', header: t`Contact`, width: 'minmax(120px, 1.1fr)', cell: (row) => row.contactName },
  { id: 'email', header: t`E-mail`, width: 'minmax(160px, 1.4fr)', cell: (row) => row.email, hidden: true },
  { id: 'phone', header: t`Phone`, width: '140px', cell: (row) => row.phone, hidden: true },
  { id: 'city', header: t`City`, width: 'minmax(100px, 1fr)', cell: (row) => row.city },
  {
    id: 'state',
    header: t({ message: 'State', context: 'of India' }),
    width: 'minmax(110px, 1fr)',
    cell: (row) => stateName(row.stateCode),
  },
  {
    id: 'gstin',
    header: 'GSTIN',
    width: '168px',
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
    id: 'limit',
    header: t`Credit limit`,
    width: '136px',
    align: 'end',
    cell: (row) => (row.creditLimit === null ? t`No limit` : <Money value={row.creditLimit} />),
  },
  {
    id: 'outstanding',
    header: t`Outstanding`,
    sortBy: 'outstanding',
    width: '136px',
    align: 'end',
    cell: (row) => <Money value={row.outstanding} />,
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
  { id: 'status', label: t`Any status`, kind: 'many', options: recordStateOptions(customerStatuses) },
  { id: 'stateCode', label: t`Any state`, kind: 'one', options: stateOptions },
];

export function CustomerList() {
  const trpc = useTRPC();
  const list = useListState({ by: 'code', direction: 'asc' });
  const count = useCountWish();
  const query = useInfiniteQuery(
    trpc.customers.list.infiniteQueryOptions(
      {
        search: list.search,
        filter: { status: list.among('status', customerStatuses), stateCode: list.one('stateCode') },
        sort: sortOf(list.sort, customerSorts),
        limit: 100,
        total: count.total,
      },
      listPaging,
    ),
  );
  const rows = useListRows(query);

  return (
    <RecordListPage
      kind={customerKind}
      words={{
        title: t`Customers`,
        create: t`New customer`,
        searchHint: t`Code, name, GSTIN or city`,
        noMatch: t`No customer matches`,
        none: t`No customers yet`,
        first: t`Add the first customer`,
        about: t`Customers are the people and companies you sell to. Sales orders and shipments refer to them.`,
      }}
      list={list}
      columns={columns}
      rows={rows}
      onCount={count.onCount}
      filters={filters}
    />
  );
}
