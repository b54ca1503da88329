import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  productRowSchema,
  productSorts,
  type ProductRow,
} from '../../../server/domains/products/products.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { recordStateOptions } from '../../lib/party-words.ts';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { paths } from '../../lib/paths.ts';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code, Money, Quantity } from '../../ui/Figures.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';

const columns: readonly DataColumn<ProductRow>[] = [
  {
    id: 'sku',
    header: 'SKU',
    sortBy: 'sku',
    width: '130px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.product(row.id)} tabIndex={-1}>
        <Code>{row.sku}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Name`, sortBy: 'name', width: 'minmax(200px, 2.6fr)', cell: (row) => row.name },
  {
    id: 'category',
    header: t`Category`,
    sortBy: 'category',
    width: 'minmax(100px, 1fr)',
    cell: (row) => row.category,
  },
  { id: 'hsn', header: 'HSN', width: '76px', cell: (row) => <Code>{row.hsnCode}</Code> },
  { id: 'tax', header: t`Tax`, width: '80px', cell: (row) => row.taxClass, hidden: true },
  {
    id: 'onHand',
    header: t`On hand`,
    width: '100px',
    align: 'end',
    cell: (row) => (row.kind === 'service' ? null : <Quantity value={row.onHand} unit={row.unit} />),
  },
  {
    id: 'available',
    header: t`Available`,
    width: '100px',
    align: 'end',
    cell: (row) => (row.kind === 'service' ? null : <Quantity value={row.available} unit={row.unit} />),
  },
  {
    id: 'reorder',
    header: t`Reorder at`,
    width: '104px',
    align: 'end',
    cell: (row) => <Quantity value={row.reorderLevel} unit={row.unit} />,
    hidden: true,
  },
  {
    id: 'purchasePrice',
    header: t`Purchase`,
    sortBy: 'purchasePrice',
    width: '100px',
    align: 'end',
    cell: (row) => <Money value={row.purchasePrice} unitPrice />,
  },
  {
    id: 'price',
    header: t`Sale`,
    sortBy: 'salePrice',
    width: '100px',
    align: 'end',
    cell: (row) => <Money value={row.salePrice} unitPrice />,
  },
  { id: 'status', header: t`Status`, width: '104px', cell: (row) => <RecordStatus status={row.status} /> },
  {
    id: 'updated',
    header: t`Changed`,
    sortBy: 'updatedAt',
    width: '124px',
    cell: (row) => <Ago at={row.updatedAt} />,
    hidden: true,
  },
];

type Status = ProductRow['status'];

export function ProductList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const list = useListState({ by: 'sku', direction: 'asc' });
  const count = useCountWish();
  const categories = useQuery(trpc.products.categories.queryOptions());
  const kind = list.one('kind');
  const query = useInfiniteQuery(
    trpc.products.list.infiniteQueryOptions(
      {
        search: list.search,
        filter: {
          status: list.many('status')?.filter((one): one is Status => one === 'active' || one === 'inactive'),
          category: list.one('category'),
          kind: kind === 'tracked' || kind === 'service' ? kind : undefined,
        },
        sort: sortOf(list.sort, productSorts),
        limit: 100,
        total: count.total,
      },
      listPaging,
    ),
  );
  const rows = useListRows(query);
  const filters = useMemo<FilterField[]>(
    () => [
      {
        id: 'category',
        label: t`Any category`,
        kind: 'one',
        options: (categories.data ?? []).map((one) => ({ value: one.category, label: one.category })),
      },
      {
        id: 'kind',
        label: t`Goods and services`,
        kind: 'one',
        options: [
          { value: 'tracked', label: t`Goods` },
          { value: 'service', label: t`Services` },
        ],
      },
      {
        id: 'status',
        label: t`Any status`,
        kind: 'many',
        options: recordStateOptions(['active', 'inactive']),
      },
    ],
    [categories.data],
  );
  const shown = seenColumns(columns, productRowSchema, ability);

  return (
    <RecordListPage
      kind={productKind}
      words={{
        title: t`Products`,
        create: t`New product`,
        searchHint: t`SKU, name or barcode`,
        noMatch: t`No product matches`,
        none: t`No products yet`,
        first: t`Add the first product`,
        about: t`Products are what you buy, keep and sell. Orders and stock refer to them.`,
      }}
      list={list}
      columns={shown}
      rows={rows}
      onCount={count.onCount}
      filters={filters}
    />
  );
}
